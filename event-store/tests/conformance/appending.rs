//! Appending: order, conflicts, preconditions, what is stored.

use chrono::TimeDelta;
use domain::ErrorChain;
use event_store::{AppendError, Appended, Expected, FeedFilter, NewEvent, Position, StoreError};
use futures::future::join_all;
use uuid::Uuid;

use crate::database::{Database, noon};
use crate::events::{append, counted, counts, event, metadata, one, stream};

pub(crate) async fn versions_and_positions_count_up_from_one(db: Database) {
    let log = db.open().await;

    let first = log.append(one("a", 0)).await.unwrap();
    let pair = append(stream("b"), Expected::Version(0), counts(2));
    let second = log.append(pair).await.unwrap();
    let third = log.append(one("a", 1)).await.unwrap();

    let answer = |position, version| Appended {
        position: Position(position),
        version,
        repeated: false,
    };
    assert_eq!(first, answer(1, 1));
    assert_eq!(second, answer(3, 2));
    assert_eq!(third, answer(4, 2));
    assert_eq!(log.head().await.unwrap(), Position(4));
}

pub(crate) async fn a_wrong_expected_version_is_a_conflict_that_tells_the_actual_one(db: Database) {
    let log = db.open().await;
    log.append(one("a", 0)).await.unwrap();

    for expected in [0, 2, u64::MAX] {
        let refused = log.append(one("a", expected)).await.unwrap_err();

        let AppendError::Conflict {
            stream: of,
            expected: told,
            actual,
        } = refused
        else {
            panic!("{refused:?}");
        };
        assert_eq!((of, told, actual), (stream("a"), expected, 1));
    }
    assert_eq!(log.head().await.unwrap(), Position(1));
}

pub(crate) async fn any_version_appends_after_whatever_is_there(db: Database) {
    let log = db.open().await;

    for version in 1..=3 {
        let any = append(stream("a"), Expected::Any, counts(1));
        assert_eq!(log.append(any).await.unwrap().version, version);
    }
}

pub(crate) async fn an_append_is_stored_whole_or_not_at_all(db: Database) {
    let log = db.open().await;
    let twice = counted(1);
    let mut events = counts(3);
    events.extend([twice.clone(), twice]);

    let refused = log.append(append(stream("a"), Expected::Any, events)).await;

    assert!(
        matches!(refused, Err(AppendError::Store(StoreError::Failed(_)))),
        "{refused:?}"
    );
    assert_eq!(log.head().await.unwrap(), Position(0));
    assert_eq!(log.append(one("a", 0)).await.unwrap().position, Position(1));
}

pub(crate) async fn a_stream_that_had_to_stay_unchanged_and_moved_stops_the_append(db: Database) {
    let log = db.open().await;
    log.append(one("definition", 0)).await.unwrap();
    let relying_on = |id: &str, version| {
        let mut relying = append(stream("instance"), Expected::Any, counts(1));
        relying.unchanged = vec![(stream("definition"), 1), (stream(id), version)];
        relying
    };

    log.append(relying_on("definition", 1)).await.unwrap();
    log.append(relying_on("nothing there", 0)).await.unwrap();
    log.append(one("definition", 1)).await.unwrap();
    let moved = log
        .append(relying_on("nothing there", 0))
        .await
        .unwrap_err();
    let appeared = log
        .append(relying_on("nothing there", 1))
        .await
        .unwrap_err();

    assert!(
        matches!(&moved, AppendError::Moved { stream: of } if *of == stream("definition")),
        "{moved:?}"
    );
    assert!(
        matches!(appeared, AppendError::Moved { .. }),
        "{appeared:?}"
    );
    assert_eq!(log.head().await.unwrap(), Position(4));
}

/// All at once, so that good and bad ones share transactions.
pub(crate) async fn refused_appends_leave_their_neighbours_alone(db: Database) {
    let log = db.open().await;
    log.append(one("taken", 0)).await.unwrap();
    let known = counted(1);
    let known_append = append(stream("known"), Expected::Any, vec![known.clone()]);
    log.append(known_append).await.unwrap();
    let appends = (0..200).map(|n| {
        let id = format!("s{n}");
        match n % 5 {
            0 => one("taken", 0),
            1 => append(stream(&id), Expected::Any, vec![known.clone()]),
            2 => append(stream(&id), Expected::Any, vec![event("{ not JSON")]),
            3 => append(stream(&format!("{id}\0")), Expected::Any, counts(1)),
            _ => one(&id, 0),
        }
    });

    let answers = join_all(appends.map(|append| log.append(append))).await;

    for (n, answer) in answers.iter().enumerate() {
        assert_eq!(answer.is_ok(), n % 5 == 4, "append {n}: {answer:?}");
    }
    assert_eq!(log.head().await.unwrap(), Position(2 + 40));
    let lines = log.health().await.unwrap();
    assert!(lines.iter().all(|line| line.healthy), "{lines:?}");
}

pub(crate) async fn an_append_without_events_is_refused(db: Database) {
    let log = db.open().await;

    let refused = log
        .append(append(stream("a"), Expected::Any, vec![]))
        .await
        .unwrap_err();

    assert_eq!(
        ErrorChain(&refused).to_string(),
        "the event store failed: an append needs at least one event"
    );
}

pub(crate) async fn payloads_come_back_byte_for_byte(db: Database) {
    let log = db.open().await;
    let payloads = [
        r#"{"Counted":{"by":1.50}}"#,
        "{ \"Counted\" :\t{\"by\":1e400,\n \"z\":1, \"a\":2, \"a\":3} }",
        r#"{"Counted":{"by":123456789012345678901234567890.000000000000000001}}"#,
        r#"{"Counted":{"text":"ünïcode 🦀 \u0000 \ud83d\ude00 \" \\ /"}}"#,
        r#"["not", "an", "object", null, true]"#,
        r#""{\"a\":\"{}\"}""#,
    ];
    let events: Vec<NewEvent> = payloads.iter().map(|payload| event(payload)).collect();
    let sent = events.clone();

    let appended = log
        .append(append(stream("ü/#%' \" {}"), Expected::Version(0), events))
        .await;

    assert_eq!(appended.unwrap().version, payloads.len() as u64);
    let stored = log.load(&stream("ü/#%' \" {}"), 0, 100).await.unwrap();
    let fed = log
        .feed(Position(0), 100, &FeedFilter::default())
        .await
        .unwrap();
    assert_eq!(fed.events, stored);
    for (recorded, sent) in stored.iter().zip(&sent) {
        assert_eq!(recorded.payload, sent.payload);
        assert_eq!(recorded.event_id, sent.event_id);
        assert_eq!(recorded.event_type, sent.event_type);
        assert_eq!(recorded.event_version, sent.event_version);
        assert_eq!(recorded.recorded_at, noon());
    }
}

pub(crate) async fn metadata_comes_back_as_it_was(db: Database) {
    let log = db.open().await;
    let mut with_all = append(stream("a"), Expected::Any, counts(2));
    with_all.metadata = metadata().caused_by(Uuid::from_u128(9));
    let sent = with_all.metadata.clone();

    log.append(with_all).await.unwrap();

    for recorded in log.load(&stream("a"), 0, 10).await.unwrap() {
        assert_eq!(recorded.metadata().unwrap(), sent);
    }
}

pub(crate) async fn a_clock_set_back_never_makes_a_later_event_look_earlier(db: Database) {
    let log = db.open_at(noon()).await;
    log.append(one("a", 0)).await.unwrap();
    let behind = db.open_at(noon() - TimeDelta::hours(1)).await;
    behind.append(one("a", 1)).await.unwrap();
    let ahead = db.open_at(noon() + TimeDelta::hours(1)).await;
    ahead.append(one("a", 2)).await.unwrap();

    let stored = log.load(&stream("a"), 0, 10).await.unwrap();

    let times: Vec<_> = stored.iter().map(|recorded| recorded.recorded_at).collect();
    assert_eq!(times, [noon(), noon(), noon() + TimeDelta::hours(1)]);
}

pub(crate) async fn a_closed_log_turns_appends_away(db: Database) {
    let log = db.open().await;
    log.append(one("a", 0)).await.unwrap();

    log.close().await;
    log.close().await;

    let refused = log.append(one("a", 1)).await.unwrap_err();
    assert!(
        matches!(refused, AppendError::Store(StoreError::Unavailable(_))),
        "{refused:?}"
    );
}

pub(crate) async fn everything_survives_closing_and_opening(db: Database) {
    let log = db.open().await;
    let appends: Vec<_> = (0..50).map(|n| one(&format!("s{n}"), 0)).collect();
    join_all(appends.into_iter().map(|append| log.append(append))).await;
    let before = log
        .feed(Position(0), 100, &FeedFilter::default())
        .await
        .unwrap();
    log.close().await;

    let again = db.open().await;

    let after = again
        .feed(Position(0), 100, &FeedFilter::default())
        .await
        .unwrap();
    assert_eq!(after, before);
    assert_eq!(after.events.len(), 50);
    assert_eq!(
        again.append(one("s0", 1)).await.unwrap().position,
        Position(51)
    );
}
