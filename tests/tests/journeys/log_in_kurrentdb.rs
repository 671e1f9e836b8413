//! The log in KurrentDB: what a server keeps beside it can be lost, and another server goes on.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;

use kurrentdb_stand_in::StandIn;
use serde_json::json;
use sqlx::{Connection, Executor, PgConnection};
use tests::server_process::{program, replay_program};
use tests::{Client, LogWatch, ServerProcess};

use super::counted::{closed, intents, resumed};

const STANDS_BY: &str = "another server on this database runs the instances";
const KEY: &str = "u-c-volume";

async fn running(client: &Client) -> Vec<String> {
    let rows = client.get("/strategy/running").await;
    let key = |row: &serde_json::Value| row["strategyKey"].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(key).collect()
}

/// Reads along with a mirror of its own, as another machine would.
async fn watch(log: &str, folder: &Path) -> LogWatch {
    let mirror = folder.join("watched.sqlite");
    LogWatch::open_at(&format!("{log}&mirror={}", mirror.display())).await
}

fn fine(output: &Output) -> String {
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{complained}");
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lost_its_folder_beside_goes_on_with_the_log() {
    let cluster = StandIn::start();
    let log = cluster.connection_string();
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let arguments = ["--database-url", &log];
    let server = ServerProcess::start_with(folder.path(), &arguments);
    Client::log_in(&server.url).await.start_volume().await;
    let mut watched = watch(&log, elsewhere.path()).await;
    watched.until("orders", |events| intents(events) >= 2).await;
    server.kill();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap().path();
        if file.to_string_lossy().contains("strategos.sqlite") {
            std::fs::remove_file(file).unwrap();
        }
    }

    let server = ServerProcess::start_with(folder.path(), &arguments);
    let client = Client::log_in(&server.url).await;

    assert_eq!(running(&client).await, [KEY]);
    let before = intents(&watched.decoded().await);
    watched
        .until("orders after the loss", |events| intents(events) > before)
        .await;
    std::fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    let data = folder.path().to_str().unwrap();
    let doctor = program()
        .args(["doctor", "--data-folder", data, "--database-url", &log])
        .output()
        .unwrap();
    assert!(fine(&doctor).contains("KurrentDB answers"), "{doctor:?}");
    assert!(server.stop().success());

    assert_the_auditor_finds_nothing_wrong(&log, folder.path());
    assert_the_history_moves(&log, elsewhere.path());
}

fn assert_the_auditor_finds_nothing_wrong(log: &str, folder: &Path) {
    let tables = format!("sqlite:{}", folder.join("strategos.sqlite").display());
    let verify = replay_program()
        .args(["--database", log, "verify", "log"])
        .output()
        .unwrap();
    assert!(!fine(&verify).contains("FAILED"));
    let verify = replay_program()
        .args(["--database", log, "verify", "projections"])
        .args(["--tables", &tables])
        .output()
        .unwrap();
    assert!(!fine(&verify).contains("FAILED"));
}

/// Out of KurrentDB and into it again.
fn assert_the_history_moves(log: &str, folder: &Path) {
    let file = format!("sqlite:{}", folder.join("moved.sqlite").display());
    let back = format!("{log}&stream=back");
    let history = |database: &str| {
        let log = replay_program()
            .args(["--database", database, "log"])
            .output();
        fine(&log.unwrap())
    };
    for (from, to) in [(log, file.as_str()), (&file, &back)] {
        let copy = replay_program()
            .args(["copy", "--from", from, "--to", to])
            .output()
            .unwrap();
        assert!(fine(&copy).contains("both have the root"));
    }
    assert_eq!(history(&back), history(log));
}

/// A database that the test may fill, gone afterwards where the test passes.
async fn on_postgres(server: &str, name: &str) -> String {
    let mut connection = PgConnection::connect(server).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    connection.execute(create.as_str()).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}

#[tokio::test(flavor = "multi_thread")]
async fn another_server_takes_over_after_kill_9() {
    let cluster = StandIn::start();
    let log = cluster.connection_string();
    let postgres = std::env::var("STRATEGOS_TEST_POSTGRES").unwrap();
    let name = format!("strategos_test_{}", uuid::Uuid::new_v4().simple());
    let tables = on_postgres(&postgres, &name).await;
    let arguments = ["--database-url", &log, "--tables-url", &tables];
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let first = ServerProcess::start_with(folders[0].path(), &arguments);
    let client = Client::log_in(&first.url).await;
    client.start_volume().await;

    let second = ServerProcess::start_with(folders[1].path(), &arguments);
    let mut watched = watch(&log, folders[2].path()).await;
    let before = intents(&watched.decoded().await);
    watched
        .until("orders while both servers run", |events| {
            intents(events) >= before + 3 && second.output().contains(STANDS_BY)
        })
        .await;
    assert_eq!(resumed(&watched.decoded().await), 0, "nobody took it over");
    let client = Client::log_in(&second.url).await;
    assert_eq!(running(&client).await, [KEY]);

    first.kill();
    watched
        .until("the other server to take it over", |events| {
            resumed(events) == 1
        })
        .await;
    // Through the server that lives, whose mirror is its own
    let stop = json!({ "userId": "u", "clientId": "c", "strategyType": "volume" });
    client.post("/admin/strategy/stop", stop).await;
    watched
        .until("the stop to be recorded", |events| closed(events) == 1)
        .await;
    assert_eq!(running(&client).await, [""; 0]);
    drop(second);
    let mut connection = PgConnection::connect(&postgres).await.unwrap();
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    connection.execute(drop.as_str()).await.unwrap();
}
