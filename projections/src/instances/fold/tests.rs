//! Row before + event → row after.

use domain::definition::DefinitionVersion;
use domain::ids::{ClientId, DefinitionId, DefinitionKey, ExecutorType, UserId};
use domain::instance::{DefinitionPin, StopMode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::recorded_events::{at, recorded};

fn object(json: &Value) -> ObjectText {
    ObjectText::from(json.as_object().unwrap())
}

fn pin() -> DefinitionPin {
    DefinitionPin {
        definition_id: DefinitionId(Uuid::from_u128(1)),
        key: DefinitionKey::new("volume"),
        name: "Volume".to_owned(),
        version: DefinitionVersion::first(),
        schema_digest: String::new(),
        edited_since_publish: false,
    }
}

fn run(number: u32, definition: Option<DefinitionPin>) -> Run<ObjectText> {
    Run {
        number,
        user_id: UserId::new("user"),
        client_id: ClientId::new("client"),
        strategy_type: "volume".to_owned(),
        executor_type: ExecutorType::new("volume"),
        definition,
        config: object(&json!({"number": number})),
        market_making_order_id: None,
        start_price: "3021.57".parse().unwrap(),
        started_at: at(i64::from(number)),
    }
}

fn stopped() -> InstanceEvent<ObjectText> {
    InstanceEvent::InstanceStopped {
        run: 1,
        reason: Some("enough".to_owned()),
        mode: StopMode::Cancel,
        stopped_at: at(9),
    }
}

fn imported() -> InstanceEvent<ObjectText> {
    InstanceEvent::LegacyInstanceImported(LegacyInstanceRow {
        legacy_id: 41,
        user_id: UserId::new("user"),
        client_id: ClientId::new("client"),
        strategy_type: "timeIndicator".to_owned(),
        executor_type: None,
        start_price: "0.00001234".parse().unwrap(),
        parameters: json!({"baseTradeAmount": 1}).as_object().unwrap().clone(),
        config: json!({"tradeAmount": 1}).as_object().unwrap().clone(),
        executed_trades: 3,
        status: InstanceStatus::Stopped,
        note: Some("no executor runs it".to_owned()),
        definition: Some((DefinitionId(Uuid::from_u128(2)), DefinitionVersion::first())),
        market_making_order_id: Some("order".to_owned()),
        created_at: at(-9),
        updated_at: at(-5),
    })
}

fn linked() -> InstanceEvent<ObjectText> {
    InstanceEvent::LegacyLinkBackfilled {
        definition_id: DefinitionId(Uuid::from_u128(1)),
        definition_key: DefinitionKey::new("volume"),
        definition_version: DefinitionVersion::imported("1.0.4"),
        executor_type: ExecutorType::new("volume"),
        backfilled_at: at(7),
    }
}

fn folded(events: &[InstanceEvent<ObjectText>]) -> StoredRow {
    let mut ids = TakenIds::default();
    let mut row = None;
    for (version, event) in (1..).zip(events) {
        let recorded = recorded("strategy_instance", "user-client-volume", version);
        row = Some(fold(row, event.clone(), &recorded, &mut ids).unwrap());
    }
    row.unwrap()
}

#[test]
fn a_started_instance_runs_what_was_pinned() {
    let row = folded(&[InstanceEvent::InstanceStarted(run(1, Some(pin())))]);
    assert_eq!(
        (row.id, row.strategy_key.as_str()),
        (1, "user-client-volume")
    );
    assert_eq!(
        (row.status, row.observed),
        (InstanceStatus::Running, Observed::None)
    );
    assert_eq!(row.definition_name.as_deref(), Some("Volume"));
    assert_eq!(row.start_price.to_string(), "3021.57");
    assert_eq!(
        (row.parameters, row.config.as_str()),
        (None, r#"{"number":1}"#)
    );
    assert_eq!((row.created_at, row.updated_at), (at(1), at(1)));
    assert_eq!(row.started_at, Some(at(1)));
}

#[test]
fn a_restart_resets_the_run_and_keeps_the_instance() {
    let first = InstanceEvent::InstanceStarted(run(1, Some(pin())));
    let mut before = folded(&[first]);
    before.executed_trades = 5;
    before.observed = Observed::Stopped;
    before.fault_reason = Some("gone".to_owned());
    let again = InstanceEvent::InstanceRestarted(run(2, None));
    let recorded = recorded("strategy_instance", "user-client-volume", 2);
    let row = fold(Some(before), again, &recorded, &mut TakenIds::default()).unwrap();
    assert_eq!((row.id, row.run, row.executed_trades), (1, 2, 0));
    assert_eq!((row.observed, row.fault_reason), (Observed::None, None));
    assert_eq!((row.created_at, row.updated_at), (at(1), at(2)));
    assert_eq!(row.started_at, Some(at(2)));
    assert_eq!(row.config.as_str(), r#"{"number":2}"#);
    // A direct start of a linked instance keeps the link
    assert_eq!(row.definition_id, Some(DefinitionId(Uuid::from_u128(1))));
    assert_eq!(row.definition_name.as_deref(), Some("Volume"));
}

#[test]
fn stopping_waits_for_an_executor_that_took_the_run_up() {
    let started = InstanceEvent::InstanceStarted(run(1, None));
    let never_taken_up = folded(&[started.clone(), stopped()]);
    assert_eq!(never_taken_up.status, InstanceStatus::Stopped);
    assert_eq!(never_taken_up.observed, Observed::None);
    assert_eq!(never_taken_up.note.as_deref(), Some("enough"));
    assert_eq!(never_taken_up.updated_at, at(9));
    assert_eq!(never_taken_up.started_at, Some(at(1)));

    let mut running = folded(&[started]);
    running.observed = Observed::Running;
    let recorded = recorded("strategy_instance", "user-client-volume", 2);
    let row = fold(
        Some(running),
        stopped(),
        &recorded,
        &mut TakenIds::default(),
    )
    .unwrap();
    assert_eq!(row.observed, Observed::Stopping);
}

#[test]
fn a_fault_says_why() {
    let faulted = InstanceEvent::InstanceFaulted {
        run: 1,
        stage: None,
        reason: "the venue is gone".to_owned(),
        faulted_at: at(4),
    };
    let row = folded(&[InstanceEvent::InstanceStarted(run(1, None)), faulted]);
    assert_eq!(row.status, InstanceStatus::Faulted);
    assert_eq!(row.fault_reason.as_deref(), Some("the venue is gone"));
    assert_eq!(row.updated_at, at(4));
}

#[test]
fn an_imported_row_stays_as_it_stood() {
    let row = folded(&[imported()]);
    assert_eq!((row.id, row.run, row.executed_trades), (41, 1, 3));
    assert_eq!(
        (row.executor_type, row.status),
        (None, InstanceStatus::Stopped)
    );
    assert_eq!(row.definition_id, Some(DefinitionId(Uuid::from_u128(2))));
    assert_eq!((row.definition_key, row.definition_name), (None, None));
    assert_eq!(row.start_price.to_string(), "0.00001234");
    assert_eq!(row.parameters.unwrap().as_str(), r#"{"baseTradeAmount":1}"#);
    assert_eq!(row.config.as_str(), r#"{"tradeAmount":1}"#);
    assert_eq!((row.created_at, row.updated_at), (at(-9), at(-5)));
    assert_eq!(row.started_at, None);
    assert_eq!(row.note.as_deref(), Some("no executor runs it"));
}

#[test]
fn imported_parameters_that_are_the_configuration_are_kept_once() {
    let InstanceEvent::LegacyInstanceImported(mut legacy) = imported() else {
        panic!("an import");
    };
    legacy.parameters = json!({"a": 1, "b": 2}).as_object().unwrap().clone();
    legacy.config = json!({"b": 2, "a": 1}).as_object().unwrap().clone();
    let row = folded(&[InstanceEvent::LegacyInstanceImported(legacy)]);
    assert_eq!(
        (row.parameters, row.config.as_str()),
        (None, r#"{"b":2,"a":1}"#)
    );
}

#[test]
fn a_link_names_the_definition() {
    let row = folded(&[imported(), linked()]);
    assert_eq!(row.definition_key.unwrap().as_str(), "volume");
    assert_eq!(row.definition_version.unwrap().as_str(), "1.0.4");
    assert_eq!((row.note, row.updated_at), (None, at(7)));
    assert_eq!((row.revision, row.last_position.0), (2, 20));
}

#[test]
fn a_skipped_link_is_a_remark() {
    let skipped = InstanceEvent::LegacyLinkSkipped {
        reason: "no definition".to_owned(),
        skipped_at: at(7),
    };
    let row = folded(&[imported(), skipped]);
    assert_eq!(row.note.as_deref(), Some("no definition"));
    // Callers see the row as it was
    assert_eq!(row.updated_at, at(-5));
}

#[test]
fn a_change_without_a_beginning_is_refused() {
    let recorded = recorded("strategy_instance", "key", 1);
    let refused = fold(None, stopped(), &recorded, &mut TakenIds::default());
    assert!(matches!(refused, Err(FoldError::NoBeginning(_))));
}
