//! Why an instance command was refused. The texts are the legacy contract's; callers match them.

use crate::config::Violation;
use crate::ids::{DefinitionKey, StrategyKey};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InstanceError {
    #[error("Strategy instance {0} does not exist")]
    NotFound(StrategyKey),
    #[error("Strategy instance {0} is not running")]
    NotRunning(StrategyKey),
    #[error(
        "The schema that {0} was started on is not known any more, so nobody can say which fields may \
         change: start it again instead"
    )]
    SchemaUnknown(StrategyKey),
    #[error("{0} is required")]
    Missing(&'static str),
    #[error("userId and clientId together must not be longer than {limit} bytes")]
    KeyTooLong { limit: usize },
    #[error("Strategy definition {0} is disabled")]
    DefinitionDisabled(DefinitionKey),
    #[error("Unsupported controllerType {executor_type}. Allowed: {allowed}")]
    UnsupportedExecutor {
        executor_type: String,
        allowed: String,
    },
    #[error("Unsupported {field} {given}. Allowed: {allowed}")]
    UnsupportedMarket {
        field: &'static str,
        given: String,
        allowed: &'static str,
    },
    /// `legacy` is the one sentence legacy callers get; `violations` is everything that is wrong.
    #[error("{legacy}")]
    InvalidConfig {
        legacy: String,
        violations: Vec<Violation>,
    },
    #[error("Strategy key {0} already belongs to another user or client")]
    KeyBelongsToAnother(StrategyKey),
    /// A new instance needs a start price, and the caller brought none.
    #[error("a new instance needs a start price")]
    StartPriceMissing,
    #[error("Strategy instance {0} already exists and did not come from this row")]
    AlreadyImported(StrategyKey),
}
