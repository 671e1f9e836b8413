//! Row before + event → row after.

use domain::ids::ExecutorType;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::recorded_events::{at, recorded};

fn content(amount: i64) -> DefinitionContent {
    DefinitionContent {
        name: format!("amount {amount}"),
        description: None,
        executor_type: ExecutorType::new("volume"),
        config_schema: json!({"type": "object"}),
        default_config: json!({"amount": amount}).as_object().unwrap().clone(),
        visibility: "system".to_owned(),
    }
}

fn created() -> DefinitionEvent {
    DefinitionEvent::DefinitionCreated {
        definition_id: DefinitionId(Uuid::from_u128(1)),
        key: DefinitionKey::new("key"),
        content: content(1),
        version: DefinitionVersion::first(),
        created_by: Some("bob".to_owned()),
        created_at: at(1),
    }
}

/// Folds the events at positions 10, 20, …
fn folded(events: &[DefinitionEvent]) -> Option<DefinitionRow> {
    let mut row = None;
    for (version, event) in (1..).zip(events) {
        row = fold(row, event, &recorded("strategy_definition", "key", version)).unwrap();
    }
    row
}

#[test]
fn a_created_definition_is_enabled_and_published() {
    let row = folded(&[created()]).unwrap();
    assert!(row.enabled && !row.edited_since_publish);
    assert_eq!(
        (row.name.as_str(), row.published_content),
        ("amount 1", content(1))
    );
    assert_eq!((row.created_at, row.updated_at), (at(1), at(1)));
    assert_eq!(
        (row.created_by.as_deref(), row.last_changed_by.as_str()),
        (Some("bob"), "alice")
    );
    assert_eq!(
        (row.revision, row.created_position.0, row.last_position.0),
        (1, 10, 10)
    );
}

#[test]
fn an_update_shows_and_is_known_as_an_edit_until_it_is_published() {
    let edited = DefinitionEvent::DefinitionUpdated {
        content: content(2),
        updated_at: at(2),
    };
    let row = folded(&[created(), edited.clone()]).unwrap();
    assert!(row.edited_since_publish);
    assert_eq!(
        (row.name.as_str(), row.current_version.as_str()),
        ("amount 2", "1.0.0")
    );
    assert_eq!((row.created_at, row.updated_at), (at(1), at(2)));
    assert_eq!(
        (row.revision, row.created_position.0, row.last_position.0),
        (2, 10, 20)
    );

    let published = DefinitionEvent::DefinitionPublished {
        version: DefinitionVersion::imported("1.0.1"),
        content: content(2),
        published_at: at(3),
    };
    let row = folded(&[created(), edited, published]).unwrap();
    assert!(!row.edited_since_publish);
    assert_eq!(
        (row.current_version.as_str(), row.updated_at),
        ("1.0.1", at(3))
    );
}

#[test]
fn taking_an_edit_back_is_no_edit() {
    let update = |amount| DefinitionEvent::DefinitionUpdated {
        content: content(amount),
        updated_at: at(2),
    };
    assert!(
        !folded(&[created(), update(2), update(1)])
            .unwrap()
            .edited_since_publish
    );
}

#[test]
fn disabling_and_enabling_show() {
    let disabled = DefinitionEvent::DefinitionDisabled { disabled_at: at(2) };
    let enabled = DefinitionEvent::DefinitionEnabled { enabled_at: at(3) };
    let row = folded(&[created(), disabled.clone()]).unwrap();
    assert_eq!((row.enabled, row.updated_at), (false, at(2)));
    let row = folded(&[created(), disabled, enabled]).unwrap();
    assert_eq!((row.enabled, row.updated_at), (true, at(3)));
}

#[test]
fn a_removed_definition_has_no_row_and_may_come_again() {
    let removed = DefinitionEvent::DefinitionRemoved { removed_at: at(2) };
    assert_eq!(folded(&[created(), removed.clone()]), None);
    let again = folded(&[created(), removed, created()]).unwrap();
    assert_eq!((again.revision, again.created_position.0), (3, 30));
}

#[test]
fn an_imported_definition_is_an_edit_when_it_differs_from_its_version() {
    let imported = |snapshot: i64| DefinitionEvent::DefinitionImported {
        definition_id: DefinitionId(Uuid::from_u128(1)),
        key: DefinitionKey::new("key"),
        content: content(1),
        enabled: false,
        current_version: DefinitionVersion::imported("1.0.3"),
        versions: vec![domain::definition::ImportedVersion {
            version: DefinitionVersion::imported("1.0.3"),
            content: content(snapshot),
            created_at: at(0),
        }],
        created_by: None,
        created_at: at(1),
        updated_at: at(2),
    };
    let same = folded(&[imported(1)]).unwrap();
    assert!(!same.edited_since_publish && !same.enabled);
    assert_eq!((same.created_at, same.updated_at), (at(1), at(2)));
    assert!(folded(&[imported(2)]).unwrap().edited_since_publish);
}

#[test]
fn a_change_without_a_beginning_is_refused() {
    let enabled = DefinitionEvent::DefinitionEnabled { enabled_at: at(3) };
    let refused = fold(None, &enabled, &recorded("strategy_definition", "key", 4));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "strategy_definition/key has no beginning"
    );
}
