//! Why an operation did not happen.

use domain::definition::DefinitionError;
use domain::instance::InstanceError;
use event_store::{AppendError, CommandError, StoreError};
use projections::TablesError;

use crate::start_prices::StartPriceError;

#[derive(Debug, thiserror::Error)]
pub(crate) enum OperationError {
    #[error("the definition cannot be used")]
    Definition(#[source] DefinitionError),
    #[error("Starting from strategy definitions is switched off")]
    DynamicFlowOff,
    #[error("the definition is at revision {actual}, not {expected}")]
    DefinitionChanged { expected: u64, actual: u64 },
    #[error("the instance command did not succeed")]
    Command(#[from] CommandError<InstanceError>),
    #[error("the start price could not be read")]
    StartPrice(#[from] StartPriceError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Tables(#[from] TablesError),
}

impl From<InstanceError> for OperationError {
    fn from(refusal: InstanceError) -> Self {
        Self::Command(CommandError::Refused(refusal))
    }
}

impl From<AppendError> for OperationError {
    fn from(error: AppendError) -> Self {
        Self::Command(error.into())
    }
}

impl OperationError {
    /// Decided on what this process remembers of the definition: the log may say otherwise.
    pub(super) fn may_be_outdated(&self) -> bool {
        let refused = matches!(self, Self::Command(CommandError::Refused(_)));
        let of_definition = matches!(self, Self::Definition(_) | Self::DefinitionChanged { .. });
        refused || self.is_conflict() || of_definition
    }

    /// Somebody changed what the decision relied on: looking again may help.
    pub(super) fn is_conflict(&self) -> bool {
        matches!(self, Self::Command(error) if error.is_conflict())
    }
}
