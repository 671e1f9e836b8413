//! `GET /api/v1/backtests/{id}/report.html`: a report to keep.

use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use super::kept::State;
use crate::auth::Identity;
use crate::state::AppState;

/// It is saved, not shown: it is no page of ours, and may do nothing wherever it is opened.
const HEADERS: [(header::HeaderName, &str); 4] = [
    (header::CONTENT_TYPE, "text/html; charset=utf-8"),
    (
        header::CONTENT_DISPOSITION,
        "attachment; filename=\"backtest.html\"",
    ),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

pub(crate) fn path_of(id: Uuid) -> String {
    format!("/api/v1/backtests/{id}/report.html")
}

/// For whoever is logged in, as long as the report is kept.
pub(crate) async fn download(
    Shared(app): Shared<AppState>,
    _: Identity,
    Path(id): Path<Uuid>,
) -> Response {
    let asked = app.backtests.find(id, app.clock.now());
    match asked.map(|asked| asked.state) {
        Some(State::Done(found)) if found.page.is_some() => {
            (HEADERS, found.page.clone().unwrap_or_default()).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
