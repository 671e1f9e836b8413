//! `304 Not Modified` for readers that already have the answer.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Answers 304 without a body when the caller's `If-None-Match` names the answer's entity tag.
pub(crate) async fn answer_conditionally(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let asked = reads.then(|| request.headers().clone());
    let response = next.run(request).await;
    match asked {
        Some(asked) if response.status().is_success() && is_fresh(&asked, response.headers()) => {
            not_modified(response)
        }
        _ => response,
    }
}

fn not_modified(response: Response) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.status = StatusCode::NOT_MODIFIED;
    // An empty body of known length would get a content-length, which the original never sent
    let nothing = futures::stream::empty::<Result<Bytes, Infallible>>();
    (parts, Body::from_stream(nothing)).into_response()
}

fn is_fresh(asked: &HeaderMap, answered: &HeaderMap) -> bool {
    let text = |headers: &HeaderMap, name| {
        let value = headers.get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let (Some(wanted), Some(tag)) = (
        text(asked, header::IF_NONE_MATCH),
        text(answered, header::ETAG),
    ) else {
        return false;
    };
    let wants_no_cache = text(asked, header::CACHE_CONTROL)
        .is_some_and(|value| value.split(',').any(|part| part.trim() == "no-cache"));
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    !wants_no_cache
        && (wanted.trim() == "*" || wanted.split(',').any(|one| opaque(one) == opaque(&tag)))
}
