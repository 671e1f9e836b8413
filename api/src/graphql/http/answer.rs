//! Answers in either form.

use async_graphql::{Response as GraphqlResponse, ServerError};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::media_type::MediaType;
use crate::graphql::too_much::too_much;

/// The answer to a request that was carried out, or that made no sense.
pub(super) fn answer(media_type: MediaType, response: &GraphqlResponse) -> Response {
    let body = serde_json::to_vec(response);
    // Errors of execution say where; those of the request itself have nowhere to point to
    let made_no_sense = !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
        && response.data == async_graphql::Value::Null;
    if !made_no_sense {
        return written(StatusCode::OK, media_type, body);
    }
    let status = match media_type {
        MediaType::Json => StatusCode::OK,
        MediaType::GraphqlResponse => StatusCode::BAD_REQUEST,
    };
    written(status, media_type, errors_only(&response.errors))
}

/// For requests that are not even GraphQL.
pub(super) fn refused(status: StatusCode, media_type: MediaType, message: &str) -> Response {
    let mut error = ServerError::new(message, None);
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        error = too_much(error);
    }
    let errors = [error];
    let mut response = written(status, media_type, errors_only(&errors));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let allowed = HeaderValue::from_static("GET, POST");
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}

fn errors_only(errors: &[ServerError]) -> serde_json::Result<Vec<u8>> {
    #[derive(serde::Serialize)]
    struct ErrorsOnly<'a> {
        errors: &'a [ServerError],
    }
    serde_json::to_vec(&ErrorsOnly { errors })
}

fn written(
    status: StatusCode,
    media_type: MediaType,
    body: serde_json::Result<Vec<u8>>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media_type.header());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
