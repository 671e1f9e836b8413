//! One file per event and version ever stored. A file is never changed: what it holds is in
//! somebody's log.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cqrs_es::DomainEvent;
use domain::event::{Event, STORED_TYPES, aggregate_type};
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// `order_filled.v1.json` for `OrderFilled` in version `1.0`.
fn file_name(event_type: &str, version: &str) -> String {
    let mut name = String::new();
    for letter in event_type.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    let major = version.split('.').next().unwrap_or(version);
    format!("{name}.v{major}.json")
}

fn stored_again(event: &Event) -> (String, String, Value) {
    fn parts<E: DomainEvent>(event: &E) -> (String, String, Value) {
        let payload = serde_json::to_value(event).unwrap();
        (event.event_type(), event.event_version(), payload)
    }
    match event {
        Event::Definition(event) => parts(event),
        Event::Instance(event) => parts(event),
        Event::Execution(event) => parts(event),
        Event::Installation(event) => parts(event),
        Event::LegacyRecord(event) => parts(event),
        Event::LegacyUsage(event) => parts(event),
        Event::Login(event) => parts(event),
        Event::Projection(event) => parts(event),
        Event::RiskGuards(event) => parts(event),
    }
}

#[test]
fn every_event_decodes_and_is_stored_the_same_again() {
    for (aggregate_type, event_types) in STORED_TYPES {
        for (event_type, version) in event_types {
            let name = file_name(event_type, version);
            let text = fs::read_to_string(folder().join(&name))
                .unwrap_or_else(|error| panic!("{event_type} needs a golden file {name}: {error}"));
            let event = Event::decode(aggregate_type, &text).unwrap();
            let stored: Value = serde_json::from_str(&text).unwrap();
            let (type_again, version_again, stored_again) = stored_again(&event);
            assert_eq!(
                (type_again.as_str(), version_again.as_str()),
                (*event_type, *version)
            );
            // As text: the order of members and every digit matter
            assert_eq!(stored_again.to_string(), stored.to_string(), "{name}");
        }
    }
}

/// Fields that were added to an event of which there were some without them.
#[test]
fn optional_fields_are_stored_the_same_again() {
    for (aggregate_type, name) in [
        (
            aggregate_type::EXECUTION,
            "execution_opened_with_real_money",
        ),
        (
            aggregate_type::EXECUTION,
            "order_intended_with_what_was_seen",
        ),
        (
            aggregate_type::EXECUTION,
            "order_intended_in_place_of_another",
        ),
        (aggregate_type::INSTANCE, "instance_faulted_at_a_stage"),
        (
            aggregate_type::INSTANCE,
            "instance_stopped_to_close_what_it_holds",
        ),
        (
            aggregate_type::INSTANCE,
            "instance_stopped_to_leave_its_orders",
        ),
    ] {
        let path = folder().join(format!("optional/{name}.v1.json"));
        let text = fs::read_to_string(path).unwrap();
        let event = Event::decode(aggregate_type, &text).unwrap();
        let stored: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(stored_again(&event).2.to_string(), stored.to_string());
    }
}

#[test]
fn every_file_belongs_to_an_event() {
    let events = STORED_TYPES
        .iter()
        .flat_map(|(_, event_types)| event_types.iter());
    let known: BTreeSet<String> = events
        .map(|(name, version)| file_name(name, version))
        .collect();
    let files = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let json = files.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    let json: BTreeSet<String> = json
        .filter_map(|path| path.file_name()?.to_str().map(str::to_owned))
        .collect();
    assert_eq!(json, known);
}

#[test]
fn what_is_no_event_is_refused_by_name() {
    let unknown = Event::decode("strategy_dream", "{}").unwrap_err();
    assert_eq!(unknown.to_string(), "no aggregate is called strategy_dream");
    for payload in [
        r#"{"DefinitionDreamt":{}}"#,
        r#"{"DefinitionEnabled":{}}"#,
        "not JSON",
    ] {
        let refused = Event::decode(aggregate_type::DEFINITION, payload).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the payload does not fit any event of strategy_definition"
        );
    }
}
