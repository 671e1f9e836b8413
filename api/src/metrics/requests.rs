//! How long requests take, by route: never by what callers make up.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use metrics::histogram;

const ROUTED_LATER: [&str; 3] = ["/admin", "/strategy", "/auth"];

pub(crate) async fn time_request(request: Request, next: Next) -> Response {
    let route = route(&request);
    let method = request.method().clone();
    let asked = Instant::now();
    let response = next.run(request).await;
    histogram!(
        "http_server_request_duration_seconds",
        "route" => route,
        "method" => method.as_str().to_owned(),
        "status" => response.status().as_str().to_owned(),
    )
    .record(asked.elapsed());
    response
}

fn route(request: &Request) -> String {
    if let Some(path) = request.extensions().get::<MatchedPath>() {
        return path.as_str().to_owned();
    }
    let path = request.uri().path();
    let legacy = ROUTED_LATER.iter().any(|start| path.starts_with(start));
    if legacy { "legacy" } else { "page" }.to_owned()
}
