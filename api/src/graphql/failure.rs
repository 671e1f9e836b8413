//! What goes into `errors`: what the caller cannot fix, or asked wrongly.

use async_graphql::{Error, ErrorExtensions};
use domain::ErrorChain;
use projections::{PastError, StillBehind};

/// The cause goes to the log, once, here.
pub(crate) fn internal(error: impl std::error::Error + 'static) -> Error {
    tracing::error!(error = %ErrorChain(&error), "the request failed");
    coded("INTERNAL", "The request failed; the server's log says why")
}

/// The request makes no sense as it is.
pub(crate) fn bad_input(message: impl Into<String>) -> Error {
    coded("BAD_USER_INPUT", message)
}

pub(crate) fn past(error: PastError) -> Error {
    match error {
        PastError::TooLong => coded("TOO_MUCH", error.to_string()),
        PastError::Store(_)
        | PastError::Tables(_)
        | PastError::Fold(_)
        | PastError::Decode(_)
        | PastError::Config(_)
        | PastError::Gap { .. }
        | PastError::NotInTheLog(_) => internal(error),
    }
}

/// The past is not read that far: later it is, or once somebody resumes what stands still.
pub(crate) fn behind(error: &StillBehind) -> Error {
    coded("BEHIND", error.to_string())
}

fn coded(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(message.into()).extend_with(|_, extensions| extensions.set("code", code))
}
