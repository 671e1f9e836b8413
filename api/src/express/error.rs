//! Refusals and failures in the original's shapes; the order of the keys is part of them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::answer;

/// An answer other than success, as legacy callers know it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum HttpError {
    /// `{"message", "error", "statusCode"}`, the error being the status's name.
    #[error("{message}")]
    Told { status: StatusCode, message: String },
    /// As [`Self::Told`] with status 400 and one message per broken rule.
    #[error("{}", .0.join(", "))]
    Invalid(Vec<String>),
    /// No valid bearer token: has no `error` member.
    #[error("Unauthorized")]
    Unauthorized,
    #[error("request entity too large")]
    TooLarge,
    #[error("ThrottlerException: Too Many Requests")]
    TooManyRequests,
    /// What went wrong is for the log, never for the caller.
    #[error("Internal server error")]
    Internal,
}

impl HttpError {
    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::told(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn told(status: StatusCode, message: impl Into<String>) -> Self {
        Self::Told {
            status,
            message: message.into(),
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Told { status, .. } => *status,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn body(&self) -> Value {
        let status = self.status().as_u16();
        match self {
            Self::Told {
                status: code,
                message,
            } => json!({
                "message": message, "error": reason(*code), "statusCode": status,
            }),
            Self::Invalid(messages) => json!({
                "message": messages, "error": "Bad Request", "statusCode": status,
            }),
            Self::Unauthorized => json!({ "message": self.to_string(), "statusCode": status }),
            Self::TooLarge | Self::TooManyRequests | Self::Internal => {
                json!({ "statusCode": status, "message": self.to_string() })
            }
        }
    }
}

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        answer::json(self.status(), &self.body())
    }
}
