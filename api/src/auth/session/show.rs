//! `GET /api/v1/session`: who is logged in, and until when.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use event_store::Role;
use serde_json::json;

use crate::problem::Problem;
use crate::state::AppState;

pub(super) async fn show(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let Some(session) = app.auth.session(&headers, app.settings.behind_proxy) else {
        let detail = "Nobody is logged in";
        return Problem::new(StatusCode::UNAUTHORIZED, detail).into_response();
    };
    // Asking is using it
    let session = session.renewed(app.clock.now()).unwrap_or(session);
    let shown = json!({
        "name": session.name, "role": Role::Admin, "expiresAt": session.expires(),
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(shown)).into_response()
}
