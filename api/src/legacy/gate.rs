//! What stands before every legacy handler: who may pass, and whether the path still exists.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::installation::MigrationMode;

use super::endpoint::{Access, Era};
use crate::caller::{Caller, ClientAddress};
use crate::express::HttpError;
use crate::state::{AppState, LegacyAuth};

/// One route's gate.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) app: AppState,
    pub(super) access: Access,
    pub(super) era: Era,
    /// `POST /admin/strategy/start`, as usage counts name it.
    pub(super) name: String,
}

/// Lets the request pass, or answers 401 or 410.
pub(super) async fn guard(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let principal = gate.app.auth.principal(&parts.headers);
    if principal.is_none() && gate.needs_token() {
        return HttpError::Unauthorized.into_response();
    }
    let ClientAddress(address) = ClientAddress::of(&parts, gate.app.settings.behind_proxy);
    let caller = Caller::new(principal, address, &parts);
    let deprecation = match gate.era {
        Era::Current => None,
        Era::Yielding { successor } => Some(successor),
        Era::Retiring { successor } => Some(Some(successor)),
    };
    if deprecation.is_some() {
        gate.app
            .legacy_calls
            .count(&caller.name_and_address(), &gate.name);
    }
    parts.extensions.insert(caller);
    let mode = gate.app.switches.current().mode;
    let retired =
        mode == MigrationMode::DefinitionsOnly && matches!(gate.era, Era::Retiring { .. });
    let mut response = if retired {
        gate.gone().into_response()
    } else {
        next.run(Request::from_parts(parts, body)).await
    };
    if let Some(successor) = deprecation.filter(|_| mode != MigrationMode::Dual) {
        gate.announce(&mut response, successor);
    }
    response
}

impl Gate {
    fn needs_token(&self) -> bool {
        match self.access {
            Access::Anybody => false,
            Access::Admin => true,
            Access::Strategy => self.app.settings.legacy_auth == LegacyAuth::Required,
        }
    }

    fn gone(&self) -> HttpError {
        let message = format!("{} was replaced by strategy definitions", self.name);
        HttpError::told(StatusCode::GONE, message)
    }

    /// Deprecation (RFC 9745), Sunset (RFC 8594) and where to go instead.
    fn announce(&self, response: &mut Response, successor: Option<&str>) {
        let settings = &self.app.settings;
        let deprecated = Some(format!("@{}", settings.legacy_deprecated_at));
        let link = successor.map(|path| format!("<{path}>; rel=\"successor-version\""));
        let headers = [
            (header::HeaderName::from_static("deprecation"), deprecated),
            (
                header::HeaderName::from_static("sunset"),
                settings.legacy_sunset.clone(),
            ),
            (header::LINK, link),
        ];
        for (name, value) in headers {
            if let Some(value) = value.and_then(|text| HeaderValue::from_str(&text).ok()) {
                response.headers_mut().insert(name, value);
            }
        }
    }
}
