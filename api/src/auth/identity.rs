//! Who is behind a request, for everything but the legacy paths. The one place that decides it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use event_store::Role;
use serde_json::json;

use crate::state::{App, AppState};

/// Everything there is to be allowed, as `noun:verb`.
const PERMISSIONS: [&str; 24] = [
    "backfill:run",
    "definitions:create",
    "definitions:disable",
    "definitions:enable",
    "definitions:publish",
    "definitions:read",
    "definitions:remove",
    "definitions:restore",
    "definitions:update",
    "events:export",
    "events:read",
    "executions:read",
    "executors:read",
    "history:read",
    "instances:read",
    "instances:restart",
    "instances:start",
    "instances:stop",
    "instances:validate",
    "projections:read",
    "projections:rebuild",
    "settings:read",
    "settings:switch",
    "usage:read",
];

/// Somebody who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub name: String,
    pub role: Role,
}

impl Identity {
    /// Every login is the administrator's so far, who may do everything.
    pub fn permissions(&self) -> &'static [&'static str] {
        match self.role {
            Role::Admin => &PERMISSIONS,
            Role::Viewer
            | Role::Auditor
            | Role::Operator
            | Role::Editor
            | Role::Publisher
            | Role::System => &[],
        }
    }
}

/// The bearer of a token or, failing that, whose session it is. `None`: nobody, or somebody whose
/// login is no longer good.
pub(crate) async fn identify(app: &App, method: &Method, headers: &HeaderMap) -> Option<Identity> {
    let name = if let Some(principal) = app.auth.principal(headers) {
        principal.username
    } else {
        let behind_proxy = app.settings.behind_proxy;
        let session = app.auth.session_for(method, headers, behind_proxy)?;
        session.name
    };
    Some(Identity {
        name,
        role: Role::Admin,
    })
}

/// What nobody gets.
pub(crate) fn unauthenticated() -> Response {
    let error = json!({
        "message": "Log in first", "extensions": { "code": "UNAUTHENTICATED" },
    });
    let body = json!({ "errors": [error] }).to_string();
    let mut response = (StatusCode::UNAUTHORIZED, body).into_response();
    let headers = response.headers_mut();
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, json);
    headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

impl FromRequestParts<AppState> for Identity {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, Response> {
        identify(app, &parts.method, &parts.headers)
            .await
            .ok_or_else(unauthenticated)
    }
}
