//! Why a body could not be read, for whoever has to mend it: each kind of path says it in its own shape.

use std::error::Error;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::StatusCode;
use http_body_util::LengthLimitError;

use crate::body_deadline::TooSlow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnreadBody {
    /// It did not arrive in time.
    TooSlow,
    TooLarge,
    /// It broke off, or was not framed as HTTP frames bodies.
    Broken,
}

/// The whole body, which may have so many bytes.
pub(crate) async fn read_body(body: Body, limit: usize) -> Result<Bytes, UnreadBody> {
    let read = to_bytes(body, limit).await;
    read.map_err(|error| UnreadBody::of(&error))
}

impl UnreadBody {
    pub(crate) fn of(error: &(dyn Error + 'static)) -> Self {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if error.is::<TooSlow>() {
                return Self::TooSlow;
            }
            if error.is::<LengthLimitError>() {
                return Self::TooLarge;
            }
            cause = error.source();
        }
        Self::Broken
    }

    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken => StatusCode::BAD_REQUEST,
        }
    }

    /// `too_large` names the limit.
    pub(crate) fn message(self, too_large: &'static str) -> &'static str {
        match self {
            Self::TooSlow => "The body did not arrive in time",
            Self::TooLarge => too_large,
            Self::Broken => "The body did not arrive whole",
        }
    }
}
