//! `X-Request-Id`: taken from the caller or minted, returned, and recorded with every event.

use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names one request; the correlation id of everything it causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RequestId(pub(crate) Uuid);

/// Runs the request in a span of its own. Neither bodies nor headers are logged: they hold
/// passwords and tokens.
pub(crate) async fn identify_request(mut request: Request, next: Next) -> Response {
    let sent = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok());
    let id = sent
        .and_then(|text| Uuid::parse_str(text).ok())
        .unwrap_or_else(Uuid::new_v4);
    request.extensions_mut().insert(RequestId(id));
    let span = tracing::info_span!(
        "http.request",
        request.id = %id,
        request.method = %request.method(),
        request.path = request.uri().path(),
        response.status = tracing::field::Empty,
    );
    let mut response = next.run(request).instrument(span.clone()).await;
    span.record("response.status", response.status().as_u16());
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// The id of the request that these parts belong to.
pub(crate) fn request_id(parts: &Parts) -> Uuid {
    parts
        .extensions
        .get::<RequestId>()
        .map_or_else(Uuid::new_v4, |id| id.0)
}
