//! Rows before + event → rows after.

use domain::definition::ImportedVersion;
use domain::ids::ExecutorType;
use serde_json::json;

use super::*;
use crate::recorded_events::{at, recorded};

fn content(name: &str) -> DefinitionContent {
    DefinitionContent {
        name: name.to_owned(),
        description: None,
        executor_type: ExecutorType::new("volume"),
        config_schema: json!({"type": "object"}),
        default_config: serde_json::Map::new(),
        visibility: "system".to_owned(),
    }
}

fn created() -> DefinitionEvent {
    DefinitionEvent::DefinitionCreated {
        definition_id: DefinitionId(Uuid::from_u128(1)),
        key: DefinitionKey::new("key"),
        content: content("first"),
        version: DefinitionVersion::first(),
        created_by: None,
        created_at: at(1),
    }
}

fn published(version: &str) -> DefinitionEvent {
    DefinitionEvent::DefinitionPublished {
        version: DefinitionVersion::imported(version),
        content: content(version),
        published_at: at(2),
    }
}

fn folded(events: &[DefinitionEvent]) -> Vec<VersionRow> {
    let mut rows = vec![];
    for (version, event) in (1..).zip(events) {
        rows = fold(
            rows,
            event,
            &recorded("strategy_definition", "key", version),
        )
        .unwrap();
    }
    rows
}

fn names(rows: &[VersionRow]) -> Vec<(&str, &str)> {
    let names = rows
        .iter()
        .map(|row| (row.version.as_str(), row.name.as_str()));
    names.collect()
}

#[test]
fn every_publication_is_a_row_with_who_and_why() {
    let rows = folded(&[created(), published("1.0.1")]);
    assert_eq!(names(&rows), [("1.0.0", "first"), ("1.0.1", "1.0.1")]);
    let latest = &rows[1];
    assert_eq!(
        (latest.published_by.as_str(), latest.reason.as_deref()),
        ("alice", Some("to test"))
    );
    assert_eq!((latest.created_at, latest.last_position.0), (at(2), 20));
    assert_eq!(latest.definition_id, DefinitionId(Uuid::from_u128(1)));
}

#[test]
fn a_version_has_the_same_id_every_time() {
    let (once, again) = (folded(&[created()]), folded(&[created()]));
    assert_eq!(once[0].id, again[0].id);
    assert_ne!(once[0].id, folded(&[created(), published("1.0.1")])[1].id);
}

#[test]
fn versions_leave_with_their_definition() {
    let removed = DefinitionEvent::DefinitionRemoved { removed_at: at(3) };
    assert_eq!(
        folded(&[created(), published("1.0.1"), removed.clone()]),
        []
    );
    let again = folded(&[created(), published("1.0.1"), removed, created()]);
    assert_eq!(names(&again), [("1.0.0", "first")]);
}

#[test]
fn an_imported_version_that_is_there_twice_is_one_row() {
    let snapshot = |version: &str, name: &str| ImportedVersion {
        version: DefinitionVersion::imported(version),
        content: content(name),
        created_at: at(0),
    };
    let imported = |versions| DefinitionEvent::DefinitionImported {
        definition_id: DefinitionId(Uuid::from_u128(1)),
        key: DefinitionKey::new("key"),
        content: content("live"),
        enabled: true,
        current_version: DefinitionVersion::imported("1.0.1"),
        versions,
        created_by: None,
        created_at: at(1),
        updated_at: at(1),
    };
    let both = vec![
        snapshot("1.0.0", "a"),
        snapshot("1.0.1", "b"),
        snapshot("1.0.0", "c"),
    ];
    assert_eq!(
        names(&folded(&[imported(both)])),
        [("1.0.1", "b"), ("1.0.0", "c")]
    );
    // The original's table may lack the current version: then the live content stands for it
    assert_eq!(names(&folded(&[imported(vec![])])), [("1.0.1", "live")]);
}

#[test]
fn edits_and_switches_make_no_version() {
    let updated = DefinitionEvent::DefinitionUpdated {
        content: content("edited"),
        updated_at: at(2),
    };
    let disabled = DefinitionEvent::DefinitionDisabled { disabled_at: at(3) };
    let enabled = DefinitionEvent::DefinitionEnabled { enabled_at: at(4) };
    assert_eq!(
        folded(&[created(), updated, disabled, enabled]),
        folded(&[created()])
    );
}

#[test]
fn a_publication_without_a_beginning_is_refused() {
    let refused = fold(
        vec![],
        &published("1.0.1"),
        &recorded("strategy_definition", "key", 4),
    );
    assert!(matches!(refused, Err(FoldError::NoBeginning(_))));
}
