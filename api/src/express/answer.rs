//! Answers with the headers the original's framework set.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha1::{Digest, Sha1};

use super::print::to_js_json;

/// A JSON answer with its content type and weak entity tag.
pub(crate) fn json(status: StatusCode, value: &Value) -> Response {
    let bytes = to_js_json(value);
    let tag = weak_etag(&bytes);
    let content_type = HeaderValue::from_static("application/json; charset=utf-8");
    let mut response = (status, bytes).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, content_type);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// What a handler that returned nothing answered: no content type, no entity tag.
pub(crate) fn empty(status: StatusCode) -> Response {
    (
        status,
        [(header::CONTENT_LENGTH, HeaderValue::from_static("0"))],
    )
        .into_response()
}

/// `W/"<length in hex>-<first 27 characters of the base64 SHA-1>"`.
fn weak_etag(bytes: &[u8]) -> String {
    let hash = STANDARD.encode(Sha1::digest(bytes));
    let short = hash.get(..27).unwrap_or(&hash);
    format!("W/\"{:x}-{short}\"", bytes.len())
}

#[cfg(test)]
mod tests {
    use super::weak_etag;

    #[test]
    fn entity_tags_are_those_of_the_original() {
        // Known answers of the `etag` package, which the original's framework used
        assert_eq!(weak_etag(b""), "W/\"0-2jmj7l5rSw0yVb/vlWAYkK/YBwk\"");
        assert_eq!(
            weak_etag(b"Hello World"),
            "W/\"b-Ck1VqNd45QIvq3AZd8XYQLvEhtA\""
        );
    }
}
