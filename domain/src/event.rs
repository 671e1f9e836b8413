//! Every event of every aggregate, and how a stored payload becomes one again.

use serde::de::DeserializeOwned;

use crate::definition::DefinitionEvent;
use crate::execution::ExecutionEvent;
use crate::guard::GuardEvent;
use crate::installation::InstallationEvent;
use crate::instance::InstanceEvent;
use crate::legacy_record::LegacyRecordEvent;
use crate::legacy_usage::LegacyUsageEvent;
use crate::projection::ProjectionEvent;

/// Names an event's type and the version of its shape, for storage.
///
/// A changed shape gets a new version here, an upcaster in `event-store`, and a golden file.
macro_rules! domain_event {
    ($event:ident { $($variant:ident => $version:literal),+ $(,)? }) => {
        impl $event {
            /// Every type of event this can be, with its version, as they are stored.
            pub const STORED_TYPES: &'static [(&'static str, &'static str)] =
                &[$((stringify!($variant), $version)),+];
        }

        impl cqrs_es::DomainEvent for $event {
            fn event_type(&self) -> String {
                match self { $(Self::$variant { .. } => stringify!($variant)),+ }.to_owned()
            }

            fn event_version(&self) -> String {
                match self { $(Self::$variant { .. } => $version),+ }.to_owned()
            }
        }
    };
}
pub(crate) use domain_event;

/// One fact from the log, typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    Definition(DefinitionEvent),
    Instance(InstanceEvent),
    Execution(ExecutionEvent),
    Installation(InstallationEvent),
    LegacyRecord(LegacyRecordEvent),
    LegacyUsage(LegacyUsageEvent),
    Projection(ProjectionEvent),
    RiskGuards(GuardEvent),
}

/// Why a stored payload is not an event this release knows.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("no aggregate is called {0}")]
    UnknownAggregate(String),
    #[error("the payload does not fit any event of {aggregate_type}")]
    Payload {
        aggregate_type: String,
        source: serde_json::Error,
    },
}

impl Event {
    /// Reads a payload as stored: the aggregate's event enum, externally tagged.
    pub fn decode(aggregate_type: &str, payload: &str) -> Result<Self, DecodeError> {
        match aggregate_type {
            aggregate_type::DEFINITION => decode_as(aggregate_type, payload).map(Self::Definition),
            aggregate_type::INSTANCE => decode_as(aggregate_type, payload).map(Self::Instance),
            aggregate_type::EXECUTION => decode_as(aggregate_type, payload).map(Self::Execution),
            aggregate_type::INSTALLATION => {
                decode_as(aggregate_type, payload).map(Self::Installation)
            }
            aggregate_type::LEGACY_RECORD => {
                decode_as(aggregate_type, payload).map(Self::LegacyRecord)
            }
            aggregate_type::LEGACY_USAGE => {
                decode_as(aggregate_type, payload).map(Self::LegacyUsage)
            }
            aggregate_type::PROJECTION => decode_as(aggregate_type, payload).map(Self::Projection),
            aggregate_type::RISK_GUARDS => decode_as(aggregate_type, payload).map(Self::RiskGuards),
            other => Err(DecodeError::UnknownAggregate(other.to_owned())),
        }
    }
}

/// Reads a payload of which the caller knows the aggregate.
pub fn decode_as<E: DeserializeOwned>(
    aggregate_type: &str,
    payload: &str,
) -> Result<E, DecodeError> {
    serde_json::from_str(payload).map_err(|source| DecodeError::Payload {
        aggregate_type: aggregate_type.to_owned(),
        source,
    })
}

/// Stream categories. Stored with every event: never change one. No dashes, because some event
/// databases cut a stream name at the first.
pub mod aggregate_type {
    pub const DEFINITION: &str = "strategy_definition";
    pub const INSTANCE: &str = "strategy_instance";
    pub const EXECUTION: &str = "execution";
    pub const INSTALLATION: &str = "installation";
    pub const LEGACY_RECORD: &str = "legacy_record";
    pub const LEGACY_USAGE: &str = "legacy_usage";
    pub const PROJECTION: &str = "projection";
    pub const RISK_GUARDS: &str = "risk_guards";
}
