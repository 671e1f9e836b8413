//! The OpenAPI 3.1 document of the legacy REST surface: it tells what is sent, not what should be.

mod bodies;
mod document;

pub use bodies::{
    ActedOn, Definition, DefinitionVersion, ErrorBody, Instance, InvalidBody, PlainErrorBody,
    Strategy, UnauthorizedBody,
};
pub use document::legacy_json;

use axum::http::header;
use axum::response::IntoResponse;

/// `GET /openapi/legacy.json`.
pub(crate) async fn legacy_document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], legacy_json())
}
