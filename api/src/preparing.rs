//! Until this node is prepared it answers for its health and asks everybody else to come back: from
//! tables that are far behind, a caller would decide on what is no longer true.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio_util::sync::CancellationToken;

use crate::express::HttpError;

const COME_BACK_IN_SECONDS: u64 = 5;

/// Whether it is ready is said by the refusal.
const ANSWERED_AT_ONCE: [&str; 4] = [
    "/health/live",
    "/health/startup",
    "/health/ping",
    "/health/version",
];

/// Passes requests on once `prepared` is cancelled.
pub(crate) async fn refuse_until_prepared(
    State(prepared): State<CancellationToken>,
    request: Request,
    next: Next,
) -> Response {
    if prepared.is_cancelled() || ANSWERED_AT_ONCE.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let message = "The server is starting: its tables do not show everything yet";
    let refusal = HttpError::told(StatusCode::SERVICE_UNAVAILABLE, message);
    let mut response = refusal.into_response();
    let later = HeaderValue::from(COME_BACK_IN_SECONDS);
    response.headers_mut().insert(header::RETRY_AFTER, later);
    response
}
