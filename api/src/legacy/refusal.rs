//! Refusals of the domain and failures of the stores, as legacy callers get them.

use axum::http::StatusCode;
use domain::ErrorChain;
use domain::config::Violation;
use domain::definition::DefinitionError;
use domain::instance::InstanceError;
use event_store::{AppendError, CommandError, StoreError};
use projections::{PastError, TablesError};

use crate::express::HttpError;
use crate::operations::OperationError;
use crate::start_prices::StartPriceError;

impl HttpError {
    /// The cause goes to the log, once, here; the caller gets the request id to quote.
    pub(crate) fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %ErrorChain(error), "the request failed");
        Self::Internal
    }

    fn exchange_not_configured(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::warn!(error = %ErrorChain(error), "an exchange is not configured");
        let message = "Exchange configuration error.";
        Self::told(StatusCode::INTERNAL_SERVER_ERROR, message)
    }

    pub(crate) fn key_reused() -> Self {
        Self::bad_request("The Idempotency-Key was used for another request")
    }

    /// The text of a missing member, with the wording of the original's own checks.
    pub(crate) fn missing(name: &str) -> Self {
        Self::bad_request(format!("{name} is required"))
    }
}

impl From<DefinitionError> for HttpError {
    /// Also an unknown id: the original answered 400, never 404.
    fn from(refusal: DefinitionError) -> Self {
        Self::bad_request(refusal.to_string())
    }
}

impl From<InstanceError> for HttpError {
    fn from(refusal: InstanceError) -> Self {
        match &refusal {
            // The original noticed only when it asked the exchange for a price
            InstanceError::InvalidConfig { violations, .. } if only_venues(violations) => {
                Self::exchange_not_configured(&refusal)
            }
            _ => Self::bad_request(refusal.to_string()),
        }
    }
}

/// Nothing is wrong but that the installation has no exchange of such a name.
fn only_venues(violations: &[Violation]) -> bool {
    let mut keywords = violations.iter().map(|violation| &violation.keyword);
    !violations.is_empty() && keywords.all(|keyword| keyword == "venue")
}

impl From<CommandError<DefinitionError>> for HttpError {
    fn from(error: CommandError<DefinitionError>) -> Self {
        of_command(error)
    }
}

impl From<CommandError<InstanceError>> for HttpError {
    fn from(error: CommandError<InstanceError>) -> Self {
        of_command(error)
    }
}

fn of_command<E>(error: CommandError<E>) -> HttpError
where
    E: std::error::Error + Into<HttpError> + 'static,
{
    match error {
        CommandError::Refused(refusal) => refusal.into(),
        CommandError::Conflict { .. } | CommandError::Moved { .. } => {
            let message = "It was changed by somebody else meanwhile. Please try again";
            HttpError::told(StatusCode::CONFLICT, message)
        }
        CommandError::ReasonMissing => HttpError::bad_request("A reason is required"),
        CommandError::KeyReused => HttpError::key_reused(),
        CommandError::Store(error) => error.into(),
    }
}

impl From<AppendError> for HttpError {
    fn from(error: AppendError) -> Self {
        CommandError::<DefinitionError>::from(error).into()
    }
}

impl From<StoreError> for HttpError {
    fn from(error: StoreError) -> Self {
        Self::internal(&error)
    }
}

impl From<TablesError> for HttpError {
    fn from(error: TablesError) -> Self {
        Self::internal(&error)
    }
}

impl From<PastError> for HttpError {
    fn from(error: PastError) -> Self {
        Self::internal(&error)
    }
}

impl From<StartPriceError> for HttpError {
    fn from(error: StartPriceError) -> Self {
        match &error {
            StartPriceError::Config(violations) => {
                let first = violations.first().map(|violation| &violation.message);
                Self::bad_request(first.cloned().unwrap_or_else(|| error.to_string()))
            }
            StartPriceError::UnknownExchange(_) => Self::exchange_not_configured(&error),
            StartPriceError::Unavailable(_) => Self::internal(&error),
        }
    }
}

impl From<OperationError> for HttpError {
    fn from(error: OperationError) -> Self {
        match error {
            OperationError::Definition(refusal) => refusal.into(),
            // Only callers of GraphQL name a revision
            OperationError::DefinitionChanged { .. } => Self::internal(&error),
            OperationError::DynamicFlowOff => Self::bad_request(error.to_string()),
            OperationError::Command(error) => error.into(),
            OperationError::StartPrice(error) => error.into(),
            OperationError::Store(error) => error.into(),
            OperationError::Tables(error) => error.into(),
        }
    }
}
