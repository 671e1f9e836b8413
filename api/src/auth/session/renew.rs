//! Keeps a session alive while it is used.

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use domain::ErrorChain;

use super::cookie::set_cookie;
use crate::state::{App, AppState};

/// Puts a new cookie on the answer once the one that was sent is old enough.
pub(crate) async fn renew_session(
    State(app): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let asked = request.headers();
    let session = app
        .auth
        .session_for(request.method(), asked, app.settings.behind_proxy);
    let renewed = session.and_then(|session| session.renewed(app.clock.now()));
    let cookie = renewed.and_then(|session| {
        let token = signed(&app, &session)?;
        set_cookie(&token, asked, app.settings.behind_proxy)
    });
    let mut response = next.run(request).await;
    // A logout has put its own there
    if let Some(cookie) = cookie.filter(|_| !response.headers().contains_key(header::SET_COOKIE)) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn signed(app: &App, session: &super::Session) -> Option<String> {
    let signed = app.auth.credentials().issue_session(session);
    signed
        .inspect_err(|error| {
            tracing::error!(error = %ErrorChain(error), "a session could not be signed");
        })
        .ok()
}
