//! Logs that are only read: as they stand, and as they once were.

use std::sync::Arc;
use std::time::Duration;

use event_store::{
    Digesting, EventLog, Expected, FeedFilter, Idempotency, PastLog, Position, Recorded,
    StoredAnswer, StoredRows, Upcasters, canonical_bytes,
};

use tokio::time::timeout;

use crate::database::Database;
use crate::events::{append, counts, event, one, stream};

const PATIENCE: Duration = Duration::from_secs(20);

async fn opened(database: &Database) -> Arc<dyn StoredRows> {
    let opened = event_store::open_to_read(&database.url, Upcasters::none()).await;
    opened.unwrap()
}

pub(crate) async fn a_log_opened_to_be_read_shows_all_and_takes_nothing(database: Database) {
    let log = database.open().await;
    let two = append(stream("a"), Expected::Any, counts(2));
    log.append(two).await.unwrap();
    // Texts that a way of packing them might change
    let odd = stream("caf\u{e9} \"#1\"\\\n\u{1}\u{7f}\u{2028}");
    let payload = "{ \"by\":\t1.50,\n\"note\": \"\\u0000\u{1f600}\u{7f}\" }";
    let odd = append(odd, Expected::Any, vec![event(payload)]);
    log.append(odd).await.unwrap();

    let reading = opened(&database).await;

    let all = FeedFilter::default();
    let page = reading.feed(Position(0), 10, &all).await.unwrap();
    assert_eq!(page, log.feed(Position(0), 10, &all).await.unwrap());
    let rows = reading.rows(i64::MIN, i64::MAX).await.unwrap();
    let rows: Result<Vec<_>, _> = rows.into_iter().collect();
    assert_eq!(rows.unwrap(), page.events);
    let how = Digesting::by(|bytes| [bytes.iter().fold(0, |sum, byte| byte.wrapping_add(sum)); 32]);
    let digests = reading.digests(i64::MIN, i64::MAX, &how).await.unwrap();
    let digests: Result<Vec<_>, _> = digests.into_iter().collect();
    let of_rows = page.events.iter().map(|event| how.digest_of(event));
    assert_eq!(digests.unwrap(), of_rows.collect::<Vec<_>>());
    assert_eq!(reading.next_position(2).await.unwrap(), Some(2));
    assert_eq!(reading.next_position(4).await.unwrap(), None);
    assert!(reading.append(one("a", 2)).await.is_err());
    assert_eq!(log.head().await.unwrap(), Position(3));
    // What is appended meanwhile is seen, in a moment
    log.append(one("a", 2)).await.unwrap();
    let seen = async {
        reading
            .wake_ups()
            .wait_for(|head| head.0 == 4)
            .await
            .is_ok()
    };
    assert!(timeout(PATIENCE, seen).await.unwrap());
    assert_eq!(reading.extent().await.unwrap().positions, Some((1, 4)));
}

pub(crate) async fn a_past_log_ends_where_it_is_told(database: Database) {
    let log = database.open().await;
    for version in 0..5 {
        log.append(one("a", version)).await.unwrap();
        log.append(one("b", version)).await.unwrap();
    }
    let past = PastLog::new(log.clone(), Position(5));
    let all = FeedFilter::default();

    let page = past.feed(Position(2), 100, &all).await.unwrap();
    let short = past.feed(Position(2), 2, &all).await.unwrap();
    let behind = past.feed(Position(7), 2, &all).await.unwrap();

    let positions = |events: &[event_store::Recorded]| -> Vec<u64> {
        events.iter().map(|event| event.position.0).collect()
    };
    assert_eq!(positions(&page.events), [3, 4, 5]);
    assert_eq!((page.up_to, page.at_head), (Position(5), true));
    assert_eq!((short.up_to, short.at_head), (Position(4), false));
    assert!(behind.events.is_empty() && behind.at_head);
    assert_eq!(past.head().await.unwrap(), Position(5));
    assert_eq!(
        positions(&past.load(&stream("b"), 0, 100).await.unwrap()),
        [2, 4]
    );
    let later = log.load(&stream("a"), 4, 1).await.unwrap();
    assert_eq!(past.find(later[0].event_id).await.unwrap(), None);
}

pub(crate) async fn a_history_is_restored_into_an_empty_log_only(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("source.sqlite");
    let log = Database::in_file(&file).open().await;
    log.append(append(stream("a"), Expected::Any, counts(3)))
        .await
        .unwrap();
    let all = FeedFilter::default();
    let events = log.feed(Position(0), 10, &all).await.unwrap().events;

    // One that is given up leaves nothing
    let mut given_up = event_store::restore_into(&database.url).await.unwrap();
    given_up.events(&events).await.unwrap();
    drop(given_up);
    let mut restoring = event_store::restore_into(&database.url).await.unwrap();
    restoring.events(&events).await.unwrap();
    restoring.answers(&[answered(&events[2])]).await.unwrap();
    restoring.finish().await.unwrap();

    let restored = database.open().await;
    let page = restored.feed(Position(0), 10, &all).await.unwrap();
    let bytes = |events: &[event_store::Recorded]| -> Vec<Vec<u8>> {
        events.iter().map(canonical_bytes).collect()
    };
    assert_eq!(bytes(&page.events), bytes(&events));
    assert_eq!(
        restored.append(one("a", 3)).await.unwrap().position,
        Position(4)
    );
    assert!(event_store::restore_into(&database.url).await.is_err());
    // What was answered before the move is answered again after it, in whatever process
    for handle in [restored, database.open().await] {
        let mut again = one("a", 2);
        again.idempotency = Some(Idempotency {
            key: "start:1".to_owned(),
            fingerprint: "same".to_owned(),
        });
        let again = handle.append(again).await.unwrap();
        assert_eq!((again.position, again.repeated), (Position(3), true));
    }
}

/// The answer to the request that led to an event.
fn answered(event: &Recorded) -> StoredAnswer {
    StoredAnswer {
        key: "start:1".to_owned(),
        fingerprint: "same".to_owned(),
        position: event.position.0.cast_signed(),
        version: event.version.cast_signed(),
        recorded_at: event.recorded_at,
    }
}
