//! Every event of every aggregate, and how a stored payload becomes one again.

use serde::de::DeserializeOwned;

use crate::definition::DefinitionEvent;
use crate::execution::ExecutionEvent;
use crate::guard::GuardEvent;
use crate::installation::InstallationEvent;
use crate::instance::InstanceEvent;
use crate::legacy_record::LegacyRecordEvent;
use crate::legacy_usage::LegacyUsageEvent;
use crate::login::LoginEvent;
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
    Login(LoginEvent),
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
    /// What the envelope says of it is not what it is.
    #[error("it is labelled {label}, but its payload is {payload}")]
    Mislabelled { label: String, payload: String },
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
            aggregate_type::LOGIN => decode_as(aggregate_type, payload).map(Self::Login),
            aggregate_type::PROJECTION => decode_as(aggregate_type, payload).map(Self::Projection),
            aggregate_type::RISK_GUARDS => decode_as(aggregate_type, payload).map(Self::RiskGuards),
            other => Err(DecodeError::UnknownAggregate(other.to_owned())),
        }
    }

    /// Whether this release knows a type of event by that name, of whatever aggregate.
    pub fn is_known_type(name: &str) -> bool {
        let mut all = STORED_TYPES.iter().flat_map(|(_, types)| types.iter());
        all.any(|(known, _)| *known == name)
    }
}

/// Of every aggregate: the types of its events, with their versions.
pub const STORED_TYPES: [(&str, &[(&str, &str)]); 9] = [
    (aggregate_type::DEFINITION, DefinitionEvent::STORED_TYPES),
    (aggregate_type::INSTANCE, InstanceEvent::STORED_TYPES),
    (aggregate_type::EXECUTION, ExecutionEvent::STORED_TYPES),
    (
        aggregate_type::INSTALLATION,
        InstallationEvent::STORED_TYPES,
    ),
    (
        aggregate_type::LEGACY_RECORD,
        LegacyRecordEvent::STORED_TYPES,
    ),
    (aggregate_type::LEGACY_USAGE, LegacyUsageEvent::STORED_TYPES),
    (aggregate_type::LOGIN, LoginEvent::STORED_TYPES),
    (aggregate_type::PROJECTION, ProjectionEvent::STORED_TYPES),
    (aggregate_type::RISK_GUARDS, GuardEvent::STORED_TYPES),
];

/// Whether a payload is of the type and version that it was stored under. Cheaper than decoding it.
pub fn require_label(
    aggregate_type: &str,
    payload: &str,
    (event_type, event_version): (&str, &str),
) -> Result<(), DecodeError> {
    let tag = tag_of(payload).unwrap_or_default();
    let mut of_aggregate = STORED_TYPES
        .iter()
        .filter(|(name, _)| *name == aggregate_type);
    let types = of_aggregate.next().map_or(&[][..], |(_, types)| types);
    let known = types.iter().find(|(name, _)| *name == tag);
    if tag == event_type && known.is_none_or(|(_, version)| *version == event_version) {
        return Ok(());
    }
    Err(DecodeError::Mislabelled {
        label: format!("{event_type} {event_version}"),
        payload: known.map_or_else(
            || tag.to_owned(),
            |(name, version)| format!("{name} {version}"),
        ),
    })
}

/// The name of the enum's variant, as an externally tagged payload begins with it.
fn tag_of(payload: &str) -> Option<&str> {
    let text = payload.trim_start();
    let text = text.strip_prefix('{').map_or(text, str::trim_start);
    let (tag, _) = text.strip_prefix('"')?.split_once('"')?;
    Some(tag)
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
    pub const LOGIN: &str = "login";
    pub const PROJECTION: &str = "projection";
    pub const RISK_GUARDS: &str = "risk_guards";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_is_what_its_label_says() {
        let payload = " {\n \"DynamicFlowSwitched\": {} }";
        let check = |of: &str, label| require_label(of, payload, label);
        let installation = aggregate_type::INSTALLATION;
        assert!(check(installation, ("DynamicFlowSwitched", "1.0")).is_ok());
        assert!(check("of a test", ("DynamicFlowSwitched", "7.0")).is_ok());
        let version = check(installation, ("DynamicFlowSwitched", "9.0")).unwrap_err();
        let told =
            "it is labelled DynamicFlowSwitched 9.0, but its payload is DynamicFlowSwitched 1.0";
        assert_eq!(version.to_string(), told);
        assert!(check(installation, ("Nope", "1.0")).is_err());
        assert!(Event::is_known_type("DynamicFlowSwitched") && !Event::is_known_type("Nope"));
    }
}
