//! Which addresses are the UI's.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::file::file;

const PAGE: &str = "index.html";
/// First segments that are never a page: there, what is not found is said to be so.
const NOT_PAGES: [&str; 9] = [
    "admin", "api", "assets", "auth", "graphql", "health", "metrics", "openapi", "strategy",
];

/// `GET /`, for whoever asks.
pub(crate) async fn first_page(headers: HeaderMap) -> Response {
    page(&headers)
}

/// The original's address of the strategies page.
pub(crate) async fn strategies_page() -> Redirect {
    Redirect::to("/definitions")
}

/// Files by their names, and the page for every address that a browser opens; everything else goes
/// on as if there were no UI.
pub(crate) async fn pages(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads {
        return next.run(request).await;
    }
    let path = request.uri().path();
    if let Some(file) = file(path.trim_start_matches('/'), request.headers()) {
        return file;
    }
    if may_be_page(path) && wants_page(request.headers()) {
        return page(request.headers());
    }
    next.run(request).await
}

fn page(headers: &HeaderMap) -> Response {
    file(PAGE, headers).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn may_be_page(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next();
    // Legacy paths are matched whatever their case
    let first = first.unwrap_or_default().to_ascii_lowercase();
    !NOT_PAGES.contains(&first.as_str())
}

/// Browsers that open an address name this type; programs and scripts do not.
fn wants_page(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT);
    let mut accepted = accepted.iter().filter_map(|value| value.to_str().ok());
    accepted.any(|value| {
        let mut kinds = value.split(',').map(|range| range.split(';').next());
        kinds.any(|kind| kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/html")))
    })
}
