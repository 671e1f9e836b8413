//! The OpenAPI 3.1 document of the legacy REST surface and the event feed: it tells what is sent, not what should be.

mod bodies;
mod document;

pub use crate::auth::{LoginRequest, LoginResponse};
pub use crate::legacy::by_type::{
    ArbitrageParams, PureMarketMakingParams, StartByType, StopByType, StopVolume, VolumeParams,
};
pub use crate::legacy::definitions::{ChangesRequest, CreateRequest, PublishRequest, Removed};
pub use crate::legacy::instances::{BackfillAnswer, LaunchBody, StopBody, Validated};
pub use crate::legacy::strategy::{Controllers, RerunBody};
pub use bodies::{
    ActedOn, Definition, DefinitionVersion, ErrorBody, Instance, InvalidBody, PlainErrorBody,
    ProblemBody, Strategy, UnauthorizedBody,
};
pub use document::legacy_json;

use axum::http::header;
use axum::response::IntoResponse;

/// `GET /openapi/legacy.json`.
pub(crate) async fn legacy_document() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
        legacy_json(),
    )
}
