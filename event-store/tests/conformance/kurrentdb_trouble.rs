//! What is KurrentDB's own: answers that get lost, mirrors that are not what they should be, and what
//! its failures look like to the one who has to fix them.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use domain::ErrorChain;
use domain::clock::FixedClock;
use event_store::{
    Append, AppendError, EventLog, Expected, FeedFilter, Idempotency, Position, Recorded,
};
use eventstore::{AppendToStreamOptions, Client, EventData, ReadStreamOptions};
use kurrentdb_stand_in::StandIn;
use serde_json::{Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use crate::database::{Database, noon};
use crate::events::{append, counted, counts, event, metadata, one, stream};

const PATIENCE: Duration = Duration::from_mins(1);

async fn everything(log: &Arc<dyn EventLog>) -> Vec<Recorded> {
    let all = FeedFilter::default();
    log.feed(Position(0), 1000, &all).await.unwrap().events
}

async fn refusal(url: &str) -> String {
    let opened = event_store::open(url, Arc::new(FixedClock(noon()))).await;
    ErrorChain(&opened.unwrap_err()).to_string()
}

fn with_key(append: Append) -> Append {
    let idempotency = Some(Idempotency {
        key: "start:1".to_owned(),
        fingerprint: "same".to_owned(),
    });
    Append {
        idempotency,
        ..append
    }
}

/// The name of the stream that a test's log is in.
fn stream_of(db: &Database) -> &str {
    db.url.rsplit_once("stream=").unwrap().1
}

#[tokio::test(flavor = "multi_thread")]
async fn an_append_whose_answer_got_lost_is_stored_once_and_acknowledged() {
    let server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open().await;
    log.append(one("a", 0)).await.unwrap();

    server.lose_the_next_answer();
    let appended = log.append(one("a", 1)).await.unwrap();

    assert_eq!((appended.version, appended.repeated), (2, false));
    assert_eq!(server.length(stream_of(&db)), 2);
    assert_eq!(everything(&log).await, everything(&db.open().await).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_append_waits_while_the_server_starts_again() {
    let mut server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open().await;
    log.append(one("a", 0)).await.unwrap();

    server.stop();
    let waiting = tokio::spawn({
        let log = log.clone();
        async move { log.append(one("a", 1)).await }
    });
    // Both find nobody there
    let health = log.health().await.unwrap();
    assert!(health.iter().any(|line| !line.healthy), "{health:?}");
    assert!(!waiting.is_finished());
    server.go_on();
    let appended = timeout(PATIENCE, waiting).await.unwrap().unwrap().unwrap();

    assert_eq!(appended.position, Position(2));
    assert_eq!(everything(&log).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stays_away_is_named() {
    let mut server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open().await;
    server.stop();

    let error = log.append(one("a", 0)).await.unwrap_err();
    let read = log.load(&stream("a"), 0, 10).await.unwrap_err();
    let health = log.health().await.unwrap();

    assert!(matches!(error, AppendError::OutcomeUnknown(_)), "{error:?}");
    assert!(log.append_trouble().is_some());
    for told in [&error as &dyn std::error::Error, &read] {
        let told = ErrorChain(told).to_string();
        assert!(told.contains("KurrentDB cannot be reached"), "{told}");
    }
    let unwell: Vec<_> = health.iter().filter(|line| !line.healthy).collect();
    assert_eq!(unwell.len(), 1, "{health:?}");
    assert_eq!(unwell[0].check, "KurrentDB answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_that_is_gone_is_filled_again_with_answers_and_all() {
    let server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open().await;
    let first = log.append(with_key(one("a", 0))).await.unwrap();
    log.append(append(stream("b"), Expected::Any, counts(5)))
        .await
        .unwrap();

    // Each handle has a mirror of its own, so this one begins with none
    let other = db.open().await;

    assert_eq!(everything(&other).await, everything(&log).await);
    let again = other.append(with_key(one("a", 0))).await.unwrap();
    assert!(again.repeated);
    assert_eq!(again.position, first.position);
    let mut another = with_key(one("a", 1));
    another.idempotency.as_mut().unwrap().fingerprint = "other".to_owned();
    let refused = other.append(another).await.unwrap_err();
    assert!(matches!(refused, AppendError::KeyReused));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mirror_of_another_log_is_refused() {
    let server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open_shared().await;
    log.append(one("a", 0)).await.unwrap();
    log.close().await;
    let elsewhere = db.shared().replace(stream_of(&db), "another");

    let told = refusal(&elsewhere).await;

    assert!(told.contains("is one of another log"), "{told}");
    assert_eq!(server.length("another"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_was_truncated_is_told() {
    let server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open_shared().await;
    log.append(append(stream("a"), Expected::Any, counts(3)))
        .await
        .unwrap();
    server.truncate(stream_of(&db), 2);

    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("mirror.sqlite");
    let told = refusal(&format!("{}&mirror={}", db.url, fresh.display())).await;

    assert!(
        told.contains("events are gone from the log's stream"),
        "{told}"
    );
    assert!(told.contains("goes on with event 2, not 0"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_wrote_into_the_stream_is_told() {
    let server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    db.open().await.append(one("a", 0)).await.unwrap();
    let client = Client::new(server.connection_string().parse().unwrap()).unwrap();
    let options =
        AppendToStreamOptions::default().stream_state(eventstore::StreamState::StreamRevision(0));
    let foreign = EventData::json("Foreign", &json!({})).unwrap();
    let written = client.append_to_stream(stream_of(&db), &options, foreign);
    written.await.unwrap();

    let told = refusal(&db.shared()).await;

    assert!(
        told.contains("something else wrote into the log's stream"),
        "{told}"
    );
    assert!(told.contains("event 1 of the stream"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_let_in_is_told_and_the_password_is_not() {
    let server = StandIn::start();
    server.admit_only("admin", "changeit");
    let admitted = Database::in_new_stream(&server.connection_string_of("admin", "changeit"));
    admitted.open().await.append(one("a", 0)).await.unwrap();

    let wrong = Database::in_new_stream(&server.connection_string_of("admin", "hunter2"));
    let told = refusal(&wrong.shared()).await;

    assert!(told.contains("KurrentDB turns this user away"), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_for_one_append_is_refused_alone() {
    let server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open().await;
    let of_size = |size: usize| event(&format!(r#"{{"Noted":"{}"}}"#, "x".repeat(size)));

    let appends = (0..24).map(|n| {
        let size = if n == 12 { 1 << 20 } else { 200 << 10 };
        let append = append(
            stream(&n.to_string()),
            Expected::Version(0),
            vec![of_size(size)],
        );
        let log = log.clone();
        async move { log.append(append).await }
    });
    let verdicts = futures::future::join_all(appends).await;

    for (n, verdict) in verdicts.iter().enumerate() {
        assert_eq!(verdict.is_err(), n == 12, "{n}: {verdict:?}");
    }
    let told = ErrorChain(verdicts[12].as_ref().unwrap_err()).to_string();
    assert!(
        told.contains("larger than what KurrentDB takes at once"),
        "{told}"
    );
    assert_eq!(server.length(stream_of(&db)), 23);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_small_events_at_once_are_not_too_large_together() {
    let server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open().await;

    let appends = (0..100).map(|n| {
        let append = append(stream(&n.to_string()), Expected::Version(0), counts(100));
        let log = log.clone();
        async move { log.append(append).await }
    });
    for verdict in futures::future::join_all(appends).await {
        verdict.unwrap();
    }

    assert_eq!(server.length(stream_of(&db)), 10_000);
}

/// What is written must be read by every later release.
#[tokio::test(flavor = "multi_thread")]
async fn an_event_stands_in_kurrentdb_as_it_always_did() {
    let server = StandIn::start();
    let db = Database::in_new_stream(&server.connection_string());
    let log = db.open().await;
    let mut counted = counted(2);
    counted.event_id = Uuid::from_u128(9);
    let mut append = with_key(append(stream("a"), Expected::Any, vec![counted]));
    append.metadata = metadata().caused_by(Uuid::from_u128(8));
    log.append(append).await.unwrap();

    let client = Client::new(server.connection_string().parse().unwrap()).unwrap();
    let mut reading = client
        .read_stream(stream_of(&db), &ReadStreamOptions::default())
        .await
        .unwrap();
    let found = reading.next().await.unwrap().unwrap().event.unwrap();

    assert_eq!((found.id, found.revision), (Uuid::from_u128(9), 0));
    assert_eq!(found.event_type, "Counted");
    assert!(found.is_json);
    assert_eq!(&found.data[..], br#"{"Counted":{"by":2}}"#);
    let envelope: Value = serde_json::from_slice(&found.custom_metadata).unwrap();
    let golden = fs::read_to_string("tests/golden/kurrentdb-metadata.json").unwrap();
    assert_eq!(envelope, serde_json::from_str::<Value>(&golden).unwrap());
}
