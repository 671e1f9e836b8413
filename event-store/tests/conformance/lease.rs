//! What only one process may do.

use std::time::Duration;

use event_store::{Lease, take_lease};
use sqlx::{Connection, PgConnection};
use tokio::time::timeout;

use crate::database::{Database, on_postgres};

async fn taken(db: &Database, name: &str) -> Option<Box<dyn Lease>> {
    take_lease(&db.shared(), name).await.unwrap()
}

/// Asks until it is free: a database may notice a moment later that its holder is gone.
async fn taken_at_last(db: &Database, name: &str) -> Box<dyn Lease> {
    let asking = async {
        loop {
            if let Some(lease) = taken(db, name).await {
                return lease;
            }
        }
    };
    timeout(Duration::from_secs(30), asking).await.unwrap()
}

pub(crate) async fn it_has_one_holder_at_a_time(db: Database) {
    db.open().await.close().await;
    let mut first = taken(&db, "executors").await.unwrap();
    assert!(taken(&db, "executors").await.is_none());
    first.confirm().await.unwrap();
    assert!(taken(&db, "something-else").await.is_some());
    drop(first);
    let mut second = taken_at_last(&db, "executors").await;
    second.confirm().await.unwrap();
    assert!(taken(&db, "executors").await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_that_lost_its_session_is_told_and_another_may_take_it() {
    on_postgres(|db| async move {
        db.open().await.close().await;
        let mut lost = taken(&db, "executors").await.unwrap();
        let mut admin = PgConnection::connect(&db.url).await.unwrap();
        let ended: i64 = sqlx::query_scalar(
            "SELECT count(pg_terminate_backend(pid)) \
             FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database \
             WHERE locktype = 'advisory' AND granted AND datname = current_database()",
        )
        .fetch_one(&mut admin)
        .await
        .unwrap();
        assert_eq!(ended, 1);
        lost.confirm().await.unwrap_err();
        taken_at_last(&db, "executors")
            .await
            .confirm()
            .await
            .unwrap();
    })
    .await;
}
