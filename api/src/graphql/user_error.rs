//! Refusals as data: what callers can fix, with the place where.

use async_graphql::{Enum, SimpleObject};
use domain::config::Violation;
use domain::definition::DefinitionError;
use domain::instance::InstanceError;
use domain::phrase;
use serde_json::Value;

use super::phrase::Phrase;
use super::scalars::Json;
use crate::operations::OperationError;
use crate::start_prices::StartPriceError;

/// Why nothing was changed, or something could not be used. What callers can fix is here; `errors`
/// is for authentication, limits and failures.
#[derive(Debug, Clone, PartialEq, SimpleObject)]
pub(crate) struct UserError {
    pub(crate) code: UserErrorCode,
    pub(crate) message: String,
    /// What the message says; null where `code` is all that is told of it.
    pub(crate) phrase: Option<Phrase>,
    /// JSON Pointer into the input: `/config/bidSpread`, `/reason`.
    pub(crate) pointer: Option<String>,
    /// The schema keyword or rule: `minimum`, `required`, `executor`.
    pub(crate) keyword: Option<String>,
    /// For a conflict: `expected`, `actual`, and the latest event's `type`, `actor`, `at` and
    /// `position`.
    pub(crate) params: Option<Json>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum UserErrorCode {
    NotFound,
    Conflict,
    /// The permission that is missing is named.
    Forbidden,
    ReasonRequired,
    IdempotencyKeyReused,
    InvalidInput,
    InvalidConfig,
    InvalidSchema,
    InvalidVersion,
    KeyTaken,
    VersionTaken,
    UnsupportedExecutor,
    UnsupportedMarket,
    DefinitionDisabled,
    DefinitionEnabled,
    DefinitionInUse,
    DynamicFlowOff,
    GuardTripped,
    NoStartPrice,
    NotRunning,
    SchemaUnknown,
    TablesBehind,
    /// Others were first: try again later.
    Busy,
}

impl UserError {
    pub(crate) fn new(code: UserErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            phrase: None,
            pointer: None,
            keyword: None,
            params: None,
        }
    }

    pub(crate) fn saying(code: UserErrorCode, phrase: &phrase::Phrase) -> Self {
        Self {
            phrase: Some(Phrase::from(phrase)),
            ..Self::new(code, phrase.to_string())
        }
    }

    pub(crate) fn at(self, pointer: impl Into<String>) -> Self {
        Self {
            pointer: Some(pointer.into()),
            ..self
        }
    }

    pub(crate) fn with(self, params: Value) -> Self {
        Self {
            params: Some(Json(params)),
            ..self
        }
    }

    fn rule(self, keyword: impl Into<String>) -> Self {
        Self {
            keyword: Some(keyword.into()),
            ..self
        }
    }

    /// `root` is where the input holds what the violation's pointer points into.
    pub(crate) fn of_violation(code: UserErrorCode, root: &str, violation: Violation) -> Self {
        let told = Self::new(code, violation.message)
            .at(format!("{root}{}", violation.pointer))
            .rule(violation.keyword);
        Self {
            phrase: violation.phrase.as_deref().map(Phrase::from),
            ..told
        }
    }
}

pub(crate) fn of_definition(refusal: DefinitionError) -> Vec<UserError> {
    use UserErrorCode as Code;
    let message = refusal.to_string();
    let one = |code, pointer: &str| vec![UserError::new(code, message.clone()).at(pointer)];
    match refusal {
        DefinitionError::NotFound(_) => one(Code::NotFound, "/key"),
        DefinitionError::KeyTaken(_) => one(Code::KeyTaken, "/key"),
        DefinitionError::Missing(name) => vec![missing(name, message)],
        DefinitionError::KeyTooLong { .. } => one(Code::InvalidInput, "/key"),
        DefinitionError::NotAnObject(name) => one(Code::InvalidInput, &format!("/{name}")),
        DefinitionError::UnsupportedExecutor { .. } => {
            one(Code::UnsupportedExecutor, "/executorType")
        }
        DefinitionError::InvalidVersion(_) => one(Code::InvalidVersion, "/version"),
        DefinitionError::VersionTaken { .. } => one(Code::VersionTaken, "/version"),
        DefinitionError::InvalidSchema(violations) => violations
            .into_iter()
            .map(|violation| UserError::of_violation(Code::InvalidSchema, "", violation))
            .collect(),
        DefinitionError::Hostile(violation) => {
            vec![UserError::of_violation(Code::InvalidInput, "", violation)]
        }
        DefinitionError::StillEnabled(_) => one(Code::DefinitionEnabled, "/key"),
        DefinitionError::StillLinked(_) => one(Code::DefinitionInUse, "/key"),
    }
}

pub(crate) fn of_instance(refusal: InstanceError) -> Vec<UserError> {
    use UserErrorCode as Code;
    let message = refusal.to_string();
    let one = |code| UserError::new(code, message.clone());
    match refusal {
        InstanceError::NotFound(_) => vec![one(Code::NotFound).at("/key")],
        InstanceError::NotRunning(_) => vec![one(Code::NotRunning).at("/key")],
        InstanceError::SchemaUnknown(_) => vec![one(Code::SchemaUnknown).at("/key")],
        InstanceError::Missing(name) => vec![missing(name, message)],
        InstanceError::KeyTooLong { .. } => vec![one(Code::InvalidInput).at("/userId")],
        InstanceError::DefinitionDisabled(_) => {
            vec![one(Code::DefinitionDisabled).at("/definitionKey")]
        }
        InstanceError::UnsupportedExecutor { .. } => vec![one(Code::UnsupportedExecutor)],
        InstanceError::UnsupportedMarket { field, .. } => {
            vec![one(Code::UnsupportedMarket).at(format!("/config/{field}"))]
        }
        InstanceError::InvalidConfig { violations, .. } => of_config(violations),
        InstanceError::KeyBelongsToAnother(_) => vec![one(Code::KeyTaken).at("/userId")],
        InstanceError::StartPriceMissing => vec![one(Code::NoStartPrice)],
        InstanceError::AlreadyImported(_) => vec![one(Code::KeyTaken)],
    }
}

fn of_config(violations: Vec<Violation>) -> Vec<UserError> {
    let told = violations.into_iter().map(|violation| {
        UserError::of_violation(UserErrorCode::InvalidConfig, "/config", violation)
    });
    told.collect()
}

/// What an operation refused; `None` is left to others: conflicts need a look at the log, and
/// failures are nobody's to see.
pub(crate) fn of_operation(error: &OperationError) -> Option<Vec<UserError>> {
    match error {
        OperationError::Definition(refusal) => {
            let told = of_definition(refusal.clone());
            let at_key = |error: UserError| error.at("/definitionKey");
            Some(told.into_iter().map(at_key).collect())
        }
        OperationError::DynamicFlowOff => Some(vec![UserError::new(
            UserErrorCode::DynamicFlowOff,
            error.to_string(),
        )]),
        OperationError::StartPrice(StartPriceError::Config(violations)) => {
            Some(of_config(violations.clone()))
        }
        OperationError::StartPrice(StartPriceError::UnknownExchange(name)) => {
            let message = format!("Exchange {name} is not configured");
            Some(vec![
                UserError::new(UserErrorCode::NoStartPrice, message).at("/config"),
            ])
        }
        OperationError::StartPrice(StartPriceError::Unavailable(_)) => Some(vec![UserError::new(
            UserErrorCode::NoStartPrice,
            "The venue gives no price to start from just now",
        )]),
        OperationError::DefinitionChanged { .. }
        | OperationError::Command(_)
        | OperationError::Store(_)
        | OperationError::Tables(_) => None,
    }
}

fn missing(name: &str, message: String) -> UserError {
    // The contract's word for it
    let name = if name == "controllerType" {
        "executorType"
    } else {
        name
    };
    UserError::new(UserErrorCode::InvalidInput, message)
        .at(format!("/{name}"))
        .rule("required")
}
