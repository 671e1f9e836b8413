//! Cross-origin requests, answered as the original's middleware did, for configured origins only.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::answer;

/// Which origins' pages may read our answers. Empty: none.
#[derive(Debug, Clone, Default)]
pub struct Cors {
    pub allowed_origins: Vec<String>,
}

/// Answers preflights itself and marks every other answer.
pub(crate) async fn share_across_origins(
    State(cors): State<Arc<Cors>>,
    request: Request,
    next: Next,
) -> Response {
    let origin = cors.allowed(request.headers());
    if request.method() == Method::OPTIONS {
        let mut response = answer::empty(StatusCode::NO_CONTENT);
        mark(response.headers_mut(), origin);
        allow(response.headers_mut(), request.headers());
        return response;
    }
    let mut response = next.run(request).await;
    mark(response.headers_mut(), origin);
    response
}

impl Cors {
    fn allowed(&self, asked: &HeaderMap) -> Option<HeaderValue> {
        let origin = asked.get(header::ORIGIN)?;
        let known = self
            .allowed_origins
            .iter()
            .any(|one| one.as_bytes() == origin.as_bytes());
        known.then(|| origin.clone())
    }
}

fn mark(headers: &mut HeaderMap, origin: Option<HeaderValue>) {
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let yes = HeaderValue::from_static("true");
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
    }
}

fn allow(headers: &mut HeaderMap, asked: &HeaderMap) {
    let methods = HeaderValue::from_static("GET,HEAD,PUT,PATCH,POST,DELETE");
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
    let vary = HeaderValue::from_static("Access-Control-Request-Headers");
    headers.append(header::VARY, vary);
    if let Some(wanted) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
}
