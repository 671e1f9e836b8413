//! Telling readers that there may be something new.

use std::time::Duration;

use event_store::Position;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::database::Database;
use crate::events::one;

/// Far more than it takes: only a lost wake-up waits so long.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn reaches(wake_ups: &mut watch::Receiver<Position>, position: u64) {
    let reached = wake_ups.wait_for(|known| *known >= Position(position));
    timeout(PATIENCE, reached)
        .await
        .expect("no wake-up came")
        .unwrap();
}

pub(crate) async fn an_append_wakes_readers_of_its_own_handle(db: Database) {
    let log = db.open().await;
    let mut wake_ups = log.wake_ups();
    assert_eq!(*wake_ups.borrow_and_update(), Position(0));

    for version in 0..3 {
        log.append(one("a", version)).await.unwrap();
        // Told before the append is answered
        assert_eq!(*wake_ups.borrow_and_update(), Position(version + 1));
    }
    reaches(&mut wake_ups, 3).await;
}

pub(crate) async fn an_append_wakes_readers_of_other_handles(db: Database) {
    let (writer, reader) = (db.open().await, db.open().await);
    let mut wake_ups = reader.wake_ups();

    for version in 0..3 {
        writer.append(one("a", version)).await.unwrap();
        reaches(&mut wake_ups, version + 1).await;
    }
    let late = db.open().await;
    assert_eq!(*late.wake_ups().borrow(), Position(3));
}
