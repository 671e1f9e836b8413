//! Two servers on one log: one of them runs the instances, the other waits for it to end.

use std::path::Path;

use tests::{Client, LogWatch, ServerProcess};

use super::counted::{intents, resumed};

const STANDS_BY: &str = "another server on this database runs the instances";

fn server(folder: &Path, database: &str) -> ServerProcess {
    ServerProcess::start_with(folder, &["--database-url", database])
}

#[tokio::test]
async fn the_one_that_waits_takes_over_after_kill_9() {
    let (shared, own, other) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let file = shared.path().join("strategos.sqlite");
    let database = format!("sqlite:{}", file.display());
    let first = server(own.path(), &database);
    let client = Client::log_in(&first.url).await;
    client.start_volume().await;

    let second = server(other.path(), &database);
    let mut log = LogWatch::open(shared.path()).await;
    let before = intents(&log.decoded().await);
    log.until("orders while both servers run", |events| {
        intents(events) >= before + 3 && second.output().contains(STANDS_BY)
    })
    .await;
    assert_eq!(resumed(&log.decoded().await), 0, "nobody took it over");
    let client = Client::log_in(&second.url).await;
    let running = client.get("/strategy/running").await;
    assert_eq!(
        running.as_array().unwrap().len(),
        1,
        "it answers all the same"
    );

    first.kill();
    log.until("the other server to take it over", |events| {
        resumed(events) == 1
    })
    .await;
    let then = intents(&log.decoded().await);
    log.until("orders of the other server", |events| {
        intents(events) > then
    })
    .await;
    assert_eq!(resumed(&log.decoded().await), 1);
}
