//! Saved states.

use event_store::Snapshot;

use crate::database::Database;
use crate::events::stream;

fn snapshot(shape: &str, version: u64, state: &str) -> Snapshot {
    Snapshot {
        shape: shape.to_owned(),
        version,
        state: state.to_owned(),
    }
}

pub(crate) async fn a_snapshot_comes_back_to_those_who_ask_for_its_shape(db: Database) {
    let log = db.open().await;
    let saved = snapshot("shape-1", 41, r#"{ "n" : 1.50 }"#);

    log.save_snapshot(&stream("a"), saved.clone())
        .await
        .unwrap();

    assert_eq!(
        log.snapshot(&stream("a"), "shape-1").await.unwrap(),
        Some(saved)
    );
    assert_eq!(log.snapshot(&stream("a"), "shape-2").await.unwrap(), None);
    assert_eq!(log.snapshot(&stream("b"), "shape-1").await.unwrap(), None);
}

pub(crate) async fn a_newer_snapshot_replaces_the_older(db: Database) {
    let log = db.open_shared().await;
    log.save_snapshot(&stream("a"), snapshot("shape-1", 41, "1"))
        .await
        .unwrap();

    let newer = snapshot("shape-2", 42, "2");
    log.save_snapshot(&stream("a"), newer.clone())
        .await
        .unwrap();

    let other = db.open_shared().await;
    assert_eq!(
        other.snapshot(&stream("a"), "shape-2").await.unwrap(),
        Some(newer)
    );
    assert_eq!(other.snapshot(&stream("a"), "shape-1").await.unwrap(), None);
}
