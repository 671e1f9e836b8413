//! Request bodies as the original's parser read them: before routing, before authentication.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::error::HttpError;
use super::json_syntax;
use crate::body_reading::{UnreadBody, read_body};

/// Larger bodies answer 413.
const LIMIT: usize = 100 * 1024;

/// The parsed body; empty when there was none or its type is not one the original read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body(pub Map<String, Value>);

/// Reads the body into a [`Body`] extension, or answers why it can't be read.
pub(crate) async fn parse_body(mut request: Request, next: Next) -> Response {
    let Some(format) = Format::of(request.headers()) else {
        request.extensions_mut().insert(Body::default());
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    let bytes = match read_body(body, LIMIT).await {
        Ok(bytes) => bytes,
        Err(unread) => return refusal(unread).into_response(),
    };
    match format.parse(&bytes) {
        Err(error) => error.into_response(),
        Ok(body) => {
            parts.extensions.insert(body);
            next.run(Request::from_parts(parts, bytes.into())).await
        }
    }
}

fn refusal(unread: UnreadBody) -> HttpError {
    match unread {
        UnreadBody::TooLarge => HttpError::TooLarge,
        UnreadBody::TooSlow | UnreadBody::Broken => {
            HttpError::told(unread.status(), unread.message(""))
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Json,
    Form,
}

impl Format {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let content_type = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if media_type.eq_ignore_ascii_case("application/json") {
            Some(Self::Json)
        } else if media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            Some(Self::Form)
        } else {
            None
        }
    }

    fn parse(self, bytes: &Bytes) -> Result<Body, HttpError> {
        match self {
            Self::Json => parse_json(bytes),
            Self::Form => parse_form(bytes),
        }
    }
}

/// The original's parser made objects and lists of some names. Rather than leave members out, as nobody
/// would notice, such a form is refused.
fn parse_form(bytes: &[u8]) -> Result<Body, HttpError> {
    let mut members = Map::new();
    for (name, value) in form_urlencoded::parse(bytes) {
        let plain = !name.contains('[');
        if !plain || members.insert(name.into_owned(), (*value).into()).is_some() {
            let message = "A form holds each member once and none inside another: send JSON";
            return Err(HttpError::bad_request(message));
        }
    }
    Ok(Body(members))
}

fn parse_json(bytes: &[u8]) -> Result<Body, HttpError> {
    if bytes.is_empty() {
        return Ok(Body::default());
    }
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if let Some(message) = json_syntax::refused_as_primitive(text) {
        return Err(HttpError::bad_request(message));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Ok(Body(map)),
        // The original looked for named members in arrays, too, and found none
        Ok(_) => Ok(Body::default()),
        Err(refusal) => Err(HttpError::bad_request(json_syntax::message_for(
            text, &refusal,
        ))),
    }
}

impl<S: Sync> FromRequestParts<S> for Body {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.remove::<Self>().unwrap_or_default())
    }
}
