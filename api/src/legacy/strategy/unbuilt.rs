//! Parts of the original outside this installation's executors: told plainly, never a silent 200.

use axum::http::StatusCode;

use crate::express::HttpError;

pub(super) fn not_implemented(what: &str) -> HttpError {
    HttpError::told(
        StatusCode::NOT_IMPLEMENTED,
        format!("{what} is not available here"),
    )
}
