//! `DELETE /api/v1/session`: the logout.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::cookie::clear_cookie;
use crate::auth::same_origin::is_same_origin;
use crate::problem::Problem;
use crate::state::AppState;

/// Whoever is logged out already is told the same: it is what was asked for.
pub(super) async fn end(State(app): State<AppState>, headers: HeaderMap) -> Response {
    let behind_proxy = app.settings.behind_proxy;
    if let Some(session) = app.auth.session(&headers, behind_proxy) {
        if !is_same_origin(&headers) {
            let detail = "Only a page of this origin may log out";
            return Problem::new(StatusCode::FORBIDDEN, detail).into_response();
        }
        app.auth.sessions_ended.add(&session, app.clock.now());
    }
    let cookie = clear_cookie(&headers, behind_proxy);
    let cookie = cookie.map(|cookie| [(header::SET_COOKIE, cookie)]);
    (StatusCode::NO_CONTENT, cookie, ()).into_response()
}
