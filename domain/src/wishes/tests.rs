//! What a lifecycle event changes about what is to be done.

use crate::definition::DefinitionVersion;
use crate::guard::{GuardAction, GuardRule, GuardScope, LossLimit, Trip};
use crate::ids::{ClientId, DefinitionId, DefinitionKey, ExecutorType, GuardName, UserId};
use crate::money::Decimal;
use chrono::DateTime;
use serde_json::{Value, json};

use super::remnant::Forgotten;
use super::*;

fn run(number: u32) -> Run {
    Run {
        number,
        user_id: UserId::new("u"),
        client_id: ClientId::new("c"),
        strategy_type: "volume".to_owned(),
        executor_type: ExecutorType::new("volume"),
        definition: None,
        config: [("tradeAmount".to_owned(), json!(0.10))]
            .into_iter()
            .collect(),
        market_making_order_id: None,
        start_price: Decimal::one(),
        started_at: DateTime::UNIX_EPOCH,
    }
}

fn stopped(run: u32) -> InstanceEvent {
    InstanceEvent::InstanceStopped {
        run,
        reason: None,
        mode: StopMode::Cancel,
        stopped_at: DateTime::UNIX_EPOCH,
    }
}

fn key() -> StrategyKey {
    StrategyKey::new("u-c-volume")
}

#[test]
fn a_replaced_run_ends_and_a_stop_of_an_older_run_is_late() {
    let mut wishes = Wishes::default();
    let mut apply = |event| wishes.apply(&key(), event, Uuid::nil());
    assert!(apply(InstanceEvent::InstanceStarted(run(1))));
    assert!(apply(InstanceEvent::InstanceRestarted(run(2))));
    assert!(!apply(stopped(1)));
    let wish = wishes.get(&key()).unwrap();
    assert_eq!(wish.wanted.as_ref().unwrap().run.number, 2);
    assert_eq!(wish.ending[&1].how.reason, "replaced by run 2");
}

#[test]
fn another_configuration_is_for_the_run_it_names() {
    let mut wishes = Wishes::default();
    let config = |spread: u32| [("spread".to_owned(), json!(spread))].into_iter().collect();
    let change = |run, spread| InstanceEvent::InstanceReconfigured {
        run,
        config: config(spread),
        changed: vec!["spread".to_owned()],
        reconfigured_at: DateTime::UNIX_EPOCH,
    };
    let cause = Uuid::from_u128(7);
    wishes.apply(&key(), InstanceEvent::InstanceStarted(run(1)), Uuid::nil());
    assert!(wishes.apply(&key(), change(1, 2), cause));
    assert!(
        !wishes.apply(&key(), change(2, 3), Uuid::nil()),
        "of another run"
    );
    let wanted = wishes.get(&key()).unwrap().wanted.as_ref().unwrap();
    assert_eq!((&wanted.run.config, wanted.cause), (&config(2), cause));
}

#[test]
fn what_is_done_is_forgotten() {
    let mut wishes = Wishes::default();
    wishes.apply(&key(), InstanceEvent::InstanceStarted(run(1)), Uuid::nil());
    wishes.apply(&key(), stopped(1), Uuid::nil());
    wishes.ended(&key(), 1);
    assert_eq!(wishes, Wishes::default());
}

#[test]
fn a_saved_state_reads_back_the_same() {
    let mut wishes = Wishes::default();
    for number in 1..=3 {
        let event = InstanceEvent::InstanceRestarted(run(number));
        wishes.apply(&key(), event, Uuid::nil());
    }
    let saved = serde_json::to_string(&wishes).unwrap();
    assert_eq!(serde_json::from_str::<Wishes>(&saved).unwrap(), wishes);
    let json: Value = serde_json::from_str(&saved).unwrap();
    let ending = &json["instances"]["u-c-volume"]["ending"];
    assert_eq!(ending["2"]["how"]["reason"], "replaced by run 3");
}

#[test]
fn a_guard_of_a_definition_holds_what_was_linked_to_it_and_nothing_else() {
    let mut wishes = Wishes::default();
    let other = StrategyKey::new("u-d-volume");
    for key in [key(), other.clone()] {
        wishes.apply(&key, InstanceEvent::InstanceStarted(run(1)), Uuid::nil());
    }
    let linked = InstanceEvent::LegacyLinkBackfilled {
        definition_id: DefinitionId(Uuid::nil()),
        definition_key: DefinitionKey::new("volume"),
        definition_version: DefinitionVersion::first(),
        executor_type: ExecutorType::new("volume"),
        backfilled_at: DateTime::UNIX_EPOCH,
    };
    wishes.apply(&key(), linked, Uuid::nil());
    let name = GuardName::new("desk");
    let rule = GuardRule {
        scope: GuardScope::Definition(DefinitionKey::new("volume")),
        currency: "USDT".to_owned(),
        loss: Some(1.into()),
        drawdown: None,
        action: GuardAction::Pause,
    };
    let set = GuardEvent::GuardSet {
        name: name.clone(),
        rule,
        set_at: DateTime::UNIX_EPOCH,
    };
    assert!(wishes.apply_to_guards(set).is_empty(), "it only watches");
    let trip = Trip {
        limit: LossLimit::Loss,
        amount: 1.into(),
        profit: (-1).into(),
        highest: 0.into(),
        position: 7,
        tripped_at: DateTime::UNIX_EPOCH,
    };
    let tripped = GuardEvent::GuardTripped { name, trip };
    assert_eq!(wishes.apply_to_guards(tripped), [key()]);
    assert!(!wishes.restraints(&key()).is_free());
    assert!(wishes.restraints(&other).is_free());
    // What it leaves behind when it is stopped is held as well
    wishes.apply(&key(), stopped(1), Uuid::nil());
    assert!(!wishes.restraints(&key()).is_free());
}

#[test]
fn a_remnant_is_what_carrying_out_leaves() {
    let mut folded = Wishes::default();
    for number in 1..=3 {
        let event = InstanceEvent::InstanceRestarted(run(number));
        folded.apply(&key(), event, Uuid::nil());
    }
    assert_eq!(folded.remnant_of(&folded), Ok(vec![]));
    let mut left = folded.clone();
    left.ended(&key(), 1);
    let forgotten = Forgotten { key: key(), run: 1 };
    assert_eq!(left.remnant_of(&folded), Ok(vec![forgotten]));

    let mut other_run = folded.clone();
    other_run.want(
        &key(),
        Run {
            config: Map::new(),
            ..run(3)
        },
        0,
        false,
        Uuid::nil(),
    );
    assert_eq!(
        other_run.remnant_of(&folded).unwrap_err(),
        "what is to run as u-c-volume is not what the log says"
    );
    let mut unwanted = folded.clone();
    unwanted.ignore(&key(), 3);
    assert_eq!(
        unwanted.remnant_of(&folded).unwrap_err(),
        "u-c-volume is to run, and that is missing"
    );
    assert_eq!(
        folded.remnant_of(&left).unwrap_err(),
        "how runs of u-c-volume end is not what the log says"
    );
    let mut halted = folded.clone();
    halted.halted = Some("enough".to_owned());
    assert_eq!(
        halted.remnant_of(&folded).unwrap_err(),
        "whether trading is halted is not what the log says"
    );
}
