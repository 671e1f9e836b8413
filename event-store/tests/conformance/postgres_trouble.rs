//! PostgreSQL going away, coming back, and being used by others.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use domain::ErrorChain;
use domain::clock::FixedClock;
use event_store::{AppendError, EventLog, Expected, FeedFilter, Position, StoreError};
use futures::future::join_all;
use sqlx::{Connection, Executor, PgConnection};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::database::{Database, noon, on_postgres};
use crate::events::{append, counts, one, stream};

async fn connect(db: &Database) -> PgConnection {
    PgConnection::connect(&db.url).await.unwrap()
}

/// Ends every connection of the log whose query looks like `like`.
async fn terminate(connection: &mut PgConnection, like: &str) -> i64 {
    sqlx::query_scalar(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
         WHERE datname = current_database() AND application_name = 'strategos log' \
         AND query LIKE $1",
    )
    .bind(like)
    .fetch_one(connection)
    .await
    .unwrap()
}

/// Keeps ending connections until told to stop; counts them.
struct Terminator {
    stop: Arc<AtomicBool>,
    task: JoinHandle<i64>,
}

impl Terminator {
    async fn start(db: &Database, like: &'static str) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let mut connection = connect(db).await;
        let task = tokio::spawn(async move {
            let mut terminated = 0;
            while !stopped.load(Ordering::Relaxed) {
                terminated += terminate(&mut connection, like).await;
                tokio::task::yield_now().await;
            }
            terminated
        });
        Self { stop, task }
    }

    async fn stop(self) -> i64 {
        self.stop.store(true, Ordering::Relaxed);
        self.task.await.unwrap()
    }
}

/// Each time the log has grown a little, its writing connection is ended, whatever it is doing.
async fn end_writers_now_and_then(
    mut connection: PgConnection,
    log: Arc<dyn EventLog>,
    until: u64,
) -> i64 {
    let mut wake_ups = log.wake_ups();
    let mut terminated = 0;
    for position in (20..until).step_by(70) {
        wake_ups
            .wait_for(|known| known.0 >= position)
            .await
            .unwrap();
        terminated += terminate(&mut connection, "%append_%batch%").await;
    }
    terminated
}

async fn refusal(url: &str) -> StoreError {
    let opened = event_store::open(url, Arc::new(FixedClock(noon()))).await;
    opened.unwrap_err()
}

/// postgres-es' replay ends in `Ok` with part of the events when its connection is lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_feed_cut_off_in_the_middle_is_an_error_and_never_a_short_page() {
    on_postgres(async |db: Database| {
        const EVENTS: u64 = 20_000;
        let log = db.open().await;
        for version in (0..EVENTS).step_by(2_000) {
            let part = append(stream("long"), Expected::Version(version), counts(2_000));
            log.append(part).await.unwrap();
        }

        let terminator = Terminator::start(&db, "%FROM events%").await;
        let (mut failed, mut whole) = (0, 0);
        while failed < 3 {
            match log
                .feed(Position(0), usize::MAX, &FeedFilter::default())
                .await
            {
                Ok(page) => {
                    assert_eq!(page.events.len() as u64, EVENTS);
                    assert_eq!(page.up_to, Position(EVENTS));
                    whole += 1;
                }
                Err(error) => {
                    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
                    failed += 1;
                }
            }
            assert!(whole < 1_000, "no connection was ever lost");
        }
        terminator.stop().await;

        let page = log
            .feed(Position(0), usize::MAX, &FeedFilter::default())
            .await;
        assert_eq!(page.unwrap().events.len() as u64, EVENTS);
    })
    .await;
}

/// Whatever moment the connection breaks at: what was acknowledged is there, once, and an append
/// that failed is not.
#[tokio::test(flavor = "multi_thread")]
async fn appends_survive_the_loss_of_their_connection_exactly_once() {
    on_postgres(async |db: Database| {
        const WRITERS: usize = 8;
        const APPENDS: u64 = 150;
        let log = db.open().await;
        let terminating = tokio::spawn(end_writers_now_and_then(
            connect(&db).await,
            log.clone(),
            WRITERS as u64 * APPENDS,
        ));

        let writers = (0..WRITERS).map(|writer| {
            let log = log.clone();
            tokio::spawn(async move {
                let id = format!("s{writer}");
                for version in 0..APPENDS {
                    let appended = log.append(one(&id, version)).await;
                    let appended = appended.unwrap_or_else(|e| panic!("{}", ErrorChain(&e)));
                    assert_eq!((appended.version, appended.repeated), (version + 1, false));
                }
            })
        });
        for writer in join_all(writers).await {
            writer.unwrap();
        }
        let terminated = terminating.await.unwrap();

        assert!(terminated > 0, "no connection was ever lost");
        let events = WRITERS as u64 * APPENDS;
        assert_eq!(log.head().await.unwrap(), Position(events));
        let lines = log.health().await.unwrap();
        assert!(lines.iter().all(|line| line.healthy), "{lines:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wake_ups_go_on_after_the_listening_connection_was_lost() {
    on_postgres(async |db: Database| {
        let (writer, reader) = (db.open().await, db.open().await);
        let mut wake_ups = reader.wake_ups();
        let mut terminated = 0;
        let mut connection = connect(&db).await;
        while terminated == 0 {
            terminated = terminate(&mut connection, "LISTEN%").await;
        }

        writer.append(one("a", 0)).await.unwrap();

        let reached = wake_ups.wait_for(|known| *known >= Position(1));
        let reached = timeout(Duration::from_secs(20), reached).await;
        reached.expect("no wake-up came").unwrap();
    })
    .await;
}

/// Somebody inserts without taking a turn on the head row, as stock postgres-es would.
#[tokio::test(flavor = "multi_thread")]
async fn a_version_taken_by_a_stranger_is_a_conflict() {
    on_postgres(async |db: Database| {
        let log = db.open().await;
        let mut connection = connect(&db).await;
        let mut stranger = connection.begin().await.unwrap();
        stranger
            .execute(
                "INSERT INTO events VALUES ('counter', 'a', 1, 'Counted', '1.0', '{}', '{}', \
                 1000, gen_random_uuid(), now())",
            )
            .await
            .unwrap();

        // Waits on the stranger's row, unseen until it is committed
        let waiting = tokio::spawn({
            let log = log.clone();
            async move { log.append(one("a", 0)).await }
        });
        let mut watching = connect(&db).await;
        let mut blocked = 0_i64;
        while blocked == 0 {
            blocked = sqlx::query_scalar(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                 AND wait_event_type = 'Lock' AND query LIKE '%append_%batch%'",
            )
            .fetch_one(&mut watching)
            .await
            .unwrap();
        }
        stranger.commit().await.unwrap();

        let refused = waiting.await.unwrap().unwrap_err();
        assert!(
            matches!(
                refused,
                AppendError::Conflict {
                    expected: 0,
                    actual: 1,
                    ..
                }
            ),
            "{refused:?}"
        );
        let lines = log.health().await.unwrap();
        assert!(lines.iter().any(|line| !line.healthy), "{lines:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_takes_no_writes_says_so_when_the_log_is_opened() {
    on_postgres(async |db: Database| {
        db.open().await.close().await;
        let name = db.url.rsplit_once('/').unwrap().1;
        let read_only = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
        connect(&db)
            .await
            .execute(read_only.as_str())
            .await
            .unwrap();

        let refused = refusal(&db.url).await;

        let told = ErrorChain(&refused).to_string();
        assert!(
            told.contains("this PostgreSQL server takes no writes"),
            "{told}"
        );
        assert!(matches!(refused, StoreError::Unavailable(_)), "{refused:?}");
    })
    .await;
}

/// A restart that happened while nothing was written costs no append.
#[tokio::test(flavor = "multi_thread")]
async fn reads_and_appends_go_on_after_every_connection_was_lost() {
    on_postgres(async |db: Database| {
        let log = db.open().await;
        log.append(one("a", 0)).await.unwrap();
        let mut connection = connect(&db).await;

        for version in 1..5 {
            assert!(terminate(&mut connection, "%").await > 0);
            assert_eq!(
                log.append(one("a", version)).await.unwrap().version,
                version + 1
            );
            let loaded = log.load(&stream("a"), 0, 10).await.unwrap();
            assert_eq!(loaded.len() as u64, version + 1);
            // As many connections as there can be were in use a moment ago
            let feeds = (0..16).map(async |_| {
                let page = log.feed(Position(0), 10, &FeedFilter::default()).await;
                assert_eq!(page.unwrap().events.len() as u64, version + 1);
            });
            join_all(feeds).await;
            assert!(terminate(&mut connection, "%").await > 0);
            let heads = join_all((0..16).map(|_| log.head())).await;
            for head in heads {
                assert_eq!(head.unwrap(), Position(version + 1));
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn history_cannot_be_changed_by_accident() {
    on_postgres(async |db: Database| {
        let log = db.open().await;
        log.append(one("a", 0)).await.unwrap();
        let mut connection = connect(&db).await;

        for statement in [
            "UPDATE events SET payload = '{}'",
            "DELETE FROM events",
            "TRUNCATE events",
        ] {
            let error = connection.execute(statement).await.unwrap_err();
            assert!(
                error.to_string().contains("recorded events are never"),
                "{error}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn appends_are_durable_where_the_server_defaults_to_less() {
    on_postgres(async |db: Database| {
        let name = db.url.rsplit_once('/').unwrap().1;
        let lax = format!("ALTER DATABASE {name} SET synchronous_commit = off");
        connect(&db).await.execute(lax.as_str()).await.unwrap();
        let log = db.open().await;
        let mut connection = connect(&db).await;
        // Shows what is in force while the events are being inserted
        connection
            .execute(
                "CREATE TABLE seen (setting text); \
                 CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$; \
                 CREATE TRIGGER see AFTER INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION see()",
            )
            .await
            .unwrap();

        log.append(one("a", 0)).await.unwrap();

        let seen: Vec<String> = sqlx::query_scalar("SELECT setting FROM seen")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        assert_eq!(seen, ["on"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_release_is_refused() {
    on_postgres(async |db: Database| {
        db.open().await.close().await;
        let newer = "INSERT INTO _sqlx_migrations \
                     (version, description, success, checksum, execution_time) \
                     VALUES (202611220098, 'from the future', true, '', 0)";
        connect(&db).await.execute(newer).await.unwrap();

        let refused = refusal(&db.url).await;

        let told = ErrorChain(&refused).to_string();
        assert!(
            told.contains("the database was changed by a newer release"),
            "{told}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_missing_or_out_of_reach_is_told_apart() {
    on_postgres(async |db: Database| {
        let missing = refusal(&format!("{}_not", db.url)).await;
        let nobody = refusal("postgres://postgres@localhost:1/postgres").await;

        let told = ErrorChain(&missing).to_string();
        assert!(
            told.contains("the database does not exist: create it first"),
            "{told}"
        );
        assert!(matches!(missing, StoreError::Failed(_)), "{missing:?}");
        assert!(matches!(nobody, StoreError::Unavailable(_)), "{nobody:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_together_migrate_one_after_the_other() {
    on_postgres(async |db: Database| {
        let logs: Vec<Arc<dyn EventLog>> = join_all((0..4).map(|_| db.open())).await;

        for (n, log) in logs.iter().enumerate() {
            log.append(one(&format!("s{n}"), 0)).await.unwrap();
        }
    })
    .await;
}
