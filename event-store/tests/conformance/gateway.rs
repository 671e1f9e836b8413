//! Commands through the gateway: each event applied once, memory never trusted too far.

use std::sync::Arc;

use event_store::{
    Actor, CommandError, CommandGateway, CommandOptions, EventLog, Expected, Idempotency, Metadata,
    Position, Role, Snapshot, Source,
};
use futures::future::join_all;
use uuid::Uuid;

use crate::counter::{Counter, CounterCommand, CounterEvent, IsClosed};
use crate::database::Database;
use crate::events::{append, counts, metadata, stream};

type Gateway = CommandGateway<Counter>;

fn gateway(log: &Arc<dyn EventLog>) -> Gateway {
    Gateway::new(log.clone(), ())
}

fn count(numbers: &[u64]) -> CounterCommand {
    CounterCommand::Count(numbers.to_vec())
}

fn keyed(key: &str) -> CommandOptions {
    CommandOptions {
        idempotency: Some(Idempotency {
            key: key.to_owned(),
            fingerprint: "f".to_owned(),
        }),
        ..metadata().into()
    }
}

async fn total(log: &Arc<dyn EventLog>, id: &str) -> (u64, u64) {
    let loaded = gateway(log).load(id).await.unwrap();
    (loaded.aggregate.total, loaded.version)
}

pub(crate) async fn a_command_on_an_outdated_look_is_decided_anew(db: Database) {
    let log = db.open().await;
    let (gateway, other) = (gateway(&log), gateway(&log));
    let seen = gateway.load("c").await.unwrap();
    let counted = other.execute("c", count(&[5]), metadata());
    counted.await.unwrap();

    let receipt = gateway.execute_on(seen, "c", count(&[2]), metadata());
    assert_eq!(receipt.await.unwrap().version, 2);
    assert_eq!(total(&log, "c").await, (7, 2));
}

/// cqrs-es' own snapshot and aggregate stores answer 8 and 14 here: they apply events twice.
pub(crate) async fn each_event_is_applied_once_whatever_is_remembered(db: Database) {
    let log = db.open().await;
    let gateway = gateway(&log);
    for numbers in [&[1, 1, 1][..], &[1, 1, 1], &[1]] {
        gateway
            .execute("c", count(numbers), metadata())
            .await
            .unwrap();
    }

    let remembered = gateway.load("c").await.unwrap();
    gateway.forget("c");
    let rebuilt = gateway.load("c").await.unwrap();

    assert_eq!((remembered.aggregate.total, remembered.version), (7, 7));
    assert_eq!(rebuilt, remembered);
    assert_eq!(total(&log, "c").await, (7, 7));
}

pub(crate) async fn a_receipt_tells_what_was_stored_and_where(db: Database) {
    let log = db.open().await;
    let gateway = gateway(&log);
    gateway
        .execute("other", count(&[1]), metadata())
        .await
        .unwrap();

    let receipt = gateway
        .execute("c", count(&[5, 6]), metadata())
        .await
        .unwrap();
    let nothing = gateway.execute("c", count(&[]), metadata()).await.unwrap();

    let events = [5, 6].map(|by| CounterEvent::Counted { by });
    assert_eq!(receipt.events, events);
    assert_eq!(
        (receipt.position, receipt.version, receipt.repeated),
        (Position(3), 2, false)
    );
    assert!(nothing.events.is_empty());
    assert_eq!((nothing.position, nothing.version), (Position(3), 2));
}

pub(crate) async fn many_commands_at_once_on_one_aggregate_all_succeed(db: Database) {
    let log = db.open().await;
    let gateway = gateway(&log);

    let answers = join_all((0..40).map(|_| gateway.execute("c", count(&[1]), metadata()))).await;

    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(total(&log, "c").await, (40, 40));
}

pub(crate) async fn memory_that_another_process_left_behind_is_noticed(db: Database) {
    let (here, elsewhere) = (db.open().await, db.open().await);
    let (here, there) = (gateway(&here), gateway(&elsewhere));
    here.execute("c", count(&[1]), metadata()).await.unwrap();

    there.execute("c", count(&[10]), metadata()).await.unwrap();
    let receipt = here.execute("c", count(&[100]), metadata()).await.unwrap();
    assert_eq!(receipt.version, 3);
    assert_eq!(here.load("c").await.unwrap().aggregate.total, 111);

    // Nothing to change on a remembered state: the answer still tells the latest version
    there
        .execute("c", count(&[1000]), metadata())
        .await
        .unwrap();
    let nothing = here.execute("c", count(&[]), metadata()).await.unwrap();
    assert_eq!((nothing.version, nothing.position), (4, Position(4)));

    there
        .execute("c", CounterCommand::Close, metadata())
        .await
        .unwrap();
    let refused = here
        .execute("c", count(&[1]), metadata())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, CommandError::Refused(IsClosed)),
        "{refused:?}"
    );
}

pub(crate) async fn an_expected_version_is_held_against_the_latest_state(db: Database) {
    let (here, elsewhere) = (db.open().await, db.open().await);
    let (here, there) = (gateway(&here), gateway(&elsewhere));
    let looking_at = |version| CommandOptions {
        expected_version: Some(version),
        ..metadata().into()
    };
    here.execute("c", count(&[1]), looking_at(0)).await.unwrap();
    there
        .execute("c", count(&[1]), looking_at(1))
        .await
        .unwrap();

    let stale = here
        .execute("c", count(&[1]), looking_at(1))
        .await
        .unwrap_err();
    let latest = here.execute("c", count(&[1]), looking_at(2)).await;

    assert!(
        matches!(
            stale,
            CommandError::Conflict {
                expected: 1,
                actual: 2
            }
        ),
        "{stale:?}"
    );
    assert_eq!(latest.unwrap().version, 3);
}

pub(crate) async fn a_stream_the_decision_relied_on_must_not_move(db: Database) {
    let log = db.open().await;
    let gateway = gateway(&log);
    gateway
        .execute("definition", count(&[1]), metadata())
        .await
        .unwrap();
    let relying = || CommandOptions {
        unchanged: vec![(stream("definition"), 1)],
        ..metadata().into()
    };
    gateway
        .execute("instance", count(&[1]), relying())
        .await
        .unwrap();
    gateway
        .execute("definition", count(&[1]), metadata())
        .await
        .unwrap();

    let refused = gateway
        .execute("instance", count(&[1]), relying())
        .await
        .unwrap_err();

    assert!(
        matches!(&refused, CommandError::Moved { stream } if stream.aggregate_id == "definition"),
        "{refused:?}"
    );
    assert_eq!(total(&log, "instance").await, (1, 1));
}

pub(crate) async fn a_repeated_request_gets_its_answer_though_the_aggregate_would_refuse(
    db: Database,
) {
    let log = db.open().await;
    let gateway = gateway(&log);
    let close = |key: &'static str| gateway.execute("c", CounterCommand::Close, keyed(key));
    gateway.execute("c", count(&[1]), metadata()).await.unwrap();
    let first = close("k").await.unwrap();

    let again = close("k").await.unwrap();
    let another = close("l").await.unwrap_err();

    assert!(!first.repeated && again.repeated && again.events.is_empty());
    assert_eq!(
        (again.position, again.version),
        (first.position, first.version)
    );
    assert!(
        matches!(another, CommandError::Refused(IsClosed)),
        "{another:?}"
    );
}

pub(crate) async fn one_request_sent_to_two_processes_at_once_is_done_once(db: Database) {
    let logs = [db.open().await, db.open().await];
    let gateways = [gateway(&logs[0]), gateway(&logs[1])];

    for round in 0..10 {
        let id = format!("c{round}");
        let sent = (0..8).map(|n| {
            let options = keyed(&format!("close-{round}"));
            gateways[n % 2].execute(&id, CounterCommand::Close, options)
        });
        let receipts: Vec<_> = join_all(sent)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();

        let first = receipts.iter().filter(|receipt| !receipt.repeated).count();
        assert_eq!(first, 1);
        assert!(receipts.iter().all(|receipt| receipt.version == 1));
    }
    assert_eq!(logs[0].head().await.unwrap(), Position(10));
}

pub(crate) async fn dropping_memory_and_snapshots_changes_nothing(db: Database) {
    let log = db.open().await;
    let gateway = gateway(&log);
    let mut expected = 0;
    // Well past the length at which snapshots are saved, in commands that cross it unevenly
    for n in 1..=450_u64 {
        let numbers = [n, 1, 2, 3, 4, 5, 6];
        expected += numbers.iter().sum::<u64>();
        gateway
            .execute("c", count(&numbers), metadata())
            .await
            .unwrap();
        match n % 100 {
            50 => gateway.forget("c"),
            0 => spoil_snapshot(&log, n).await,
            _ => {}
        }
    }

    let with_snapshot = total(&log, "c").await;
    for n in 0..4 {
        spoil_snapshot(&log, n * 100).await;
        assert_eq!(total(&log, "c").await, (expected, 450 * 7));
    }
    assert_eq!(with_snapshot, (expected, 450 * 7));
}

/// Replaces whatever is saved by something of no use.
async fn spoil_snapshot(log: &Arc<dyn EventLog>, n: u64) {
    let shape = shape();
    let lie = r#"{"total":999999,"closed":true}"#;
    let unknown_event = "00000000-0000-0000-0000-000000000001";
    let wrong = |shape: &str, version, state: String| Snapshot {
        shape: shape.to_owned(),
        version,
        state,
    };
    let state = format!(r#"{{"last_event":"{unknown_event}","aggregate":{lie}}}"#);
    let spoilt = match n / 100 % 4 {
        0 => wrong(&shape, 700, "not JSON".to_owned()),
        1 => wrong("of an earlier release", 700, state),
        // An event that is not in this history, and one that is beyond its end
        2 => wrong(&shape, 700, state),
        _ => wrong(&shape, 1_000_000, state),
    };
    log.save_snapshot(&stream("c"), spoilt).await.unwrap();
}

fn shape() -> String {
    let empty = serde_json::to_string(&Counter::default()).unwrap();
    format!("{} sealed {empty}", env!("STRATEGOS_RULES"))
}

pub(crate) async fn a_long_stream_is_rebuilt_from_its_snapshot(db: Database) {
    let log = db.open().await;
    let gateway = gateway(&log);
    for _ in 0..3 {
        gateway
            .execute("c", count(&[1; 700]), metadata())
            .await
            .unwrap();
    }

    let saved = log.snapshot(&stream("c"), &shape()).await.unwrap().unwrap();
    assert_eq!(saved.version, 2100);
    // What it stands for cannot be read any more, and need not be
    let spoil = "UPDATE events SET payload = '{}' WHERE sequence BETWEEN 501 AND 2000";
    db.tamper(&[spoil]).await;
    log.append(append(stream("c"), Expected::Version(2100), counts(3)))
        .await
        .unwrap();
    assert_eq!(total(&log, "c").await, (2100 + 1 + 2 + 3, 2103));
}

pub(crate) async fn a_snapshot_that_was_edited_is_not_believed(db: Database) {
    let log = db.open().await;
    let gateway = gateway(&log);
    for _ in 0..2 {
        let counted = gateway.execute("c", count(&[1; 700]), metadata());
        counted.await.unwrap();
    }
    let saved = log.snapshot(&stream("c"), &shape()).await.unwrap().unwrap();
    assert_eq!(saved.version, 1400);

    let edits = [
        "state = replace(state, '\"total\":1400', '\"total\":5001400')",
        "state = replace(state, '\"closed\":false', '\"closed\":true')",
        "version = 1399",
        "aggregate_id = 'd'",
    ];
    for edit in edits {
        log.save_snapshot(&stream("c"), saved.clone())
            .await
            .unwrap();
        db.tamper(&[&format!("UPDATE log_snapshots SET {edit}")])
            .await;
        assert_eq!(total(&log, "c").await, (1400, 1400), "{edit}");
        db.tamper(&["DELETE FROM log_snapshots"]).await;
    }
}

pub(crate) async fn a_long_stream_that_has_no_snapshot_gets_one_when_it_is_loaded(db: Database) {
    let log = db.open().await;
    for version in (0..2_500).step_by(500) {
        let part = append(stream("c"), Expected::Version(version), counts(500));
        log.append(part).await.unwrap();
    }
    assert_eq!(log.snapshot(&stream("c"), &shape()).await.unwrap(), None);

    let first = total(&log, "c").await;

    let saved = log.snapshot(&stream("c"), &shape()).await.unwrap().unwrap();
    assert!(saved.version >= 1_000, "{saved:?}");
    assert_eq!(total(&log, "c").await, first);
}

pub(crate) async fn a_command_that_needs_a_reason_gets_one_from_whoever_can_give_it(db: Database) {
    let log = db.open().await;
    let gateway = gateway(&log);
    let from = |source, reason: Option<&str>| {
        let actor = Actor::new("ana", Role::Admin);
        let metadata = Metadata::new(actor, source, Uuid::from_u128(8));
        Metadata {
            reason: reason.map(str::to_owned),
            ..metadata
        }
    };
    let close = CounterCommand::Close;
    for reason in [None, Some(""), Some(" \n")] {
        for source in [Source::Graphql, Source::Rest, Source::CommandLine] {
            let refused = gateway
                .execute("c", close.clone(), from(source, reason))
                .await;
            assert!(
                matches!(refused, Err(CommandError::ReasonMissing)),
                "{refused:?}"
            );
        }
    }
    // Nothing that asks for no reason is held up, nor a caller who has no room for one
    let counted = gateway.execute("c", count(&[1]), from(Source::Graphql, None));
    counted.await.unwrap();
    let silent = gateway.execute("c", close.clone(), from(Source::LegacyRest, None));
    silent.await.unwrap();
    let said = gateway.execute("d", close, from(Source::Graphql, Some("enough")));
    said.await.unwrap();
}
