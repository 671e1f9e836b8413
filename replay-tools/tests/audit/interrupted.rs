//! Killed without mercy in the middle, and begun again.

use std::process::Stdio;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::clock::FixedClock;
use event_store::{Actor, Metadata, Position, Recorded, Role, Source, StreamName};
use uuid::Uuid;

use crate::database::{Database, sqlite_in};
use crate::history::{id_of, time_of};
use crate::program::{command, replay};

/// So many that nobody is done when they are killed.
pub(crate) const MANY: u64 = 40_000;

impl Database {
    pub(crate) async fn with_many_events(&self) {
        self.with_many_events_by("ana").await;
    }

    pub(crate) async fn with_many_events_by(&self, name: &str) {
        let actor = Actor::new(name, Role::Admin);
        let metadata = Metadata::new(actor, Source::CommandLine, Uuid::nil());
        let metadata = serde_json::to_string(&metadata).unwrap();
        let event = |position: u64| Recorded {
            position: Position(position),
            stream: StreamName::new("installation", "installation"),
            version: position,
            event_id: id_of(position),
            event_type: "DynamicFlowSwitched".to_owned(),
            event_version: "1.0".to_owned(),
            payload: r#"{"DynamicFlowSwitched":{"on":true,"switched_at":"2026-11-22T09:00:00Z"}}"#
                .to_owned(),
            metadata: metadata.clone(),
            recorded_at: time_of(1) + TimeDelta::milliseconds(position.cast_signed()),
        };
        let events: Vec<Recorded> = (1..=MANY).map(event).collect();
        let mut restoring = event_store::restore_into(&self.url).await.unwrap();
        for some in events.chunks(2_000) {
            restoring.events(some).await.unwrap();
        }
        restoring.finish().await.unwrap();
    }

    fn count(&self) -> usize {
        self.log().lines().count()
    }

    pub(crate) fn file_length(&self, name: &str) -> u64 {
        std::fs::metadata(self.file(name)).map_or(0, |file| file.len())
    }
}

/// With a signal that cannot be caught, once `begun` says that it is at work.
pub(crate) async fn kill(arguments: &[&str], begun: impl AsyncFn() -> bool) {
    let mut command = command(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut running = command.spawn().unwrap();
    while !begun().await {
        let ended = running.try_wait().unwrap();
        assert_eq!(
            ended, None,
            "{arguments:?} was done before it could be killed"
        );
        std::thread::yield_now();
    }
    running.kill().unwrap();
    assert_eq!(
        running.wait().unwrap().code(),
        None,
        "{arguments:?} was done when it was killed"
    );
}

pub(crate) async fn an_export_that_was_killed_goes_on_where_it_stood(database: Database) {
    database.with_many_events().await;
    let key = database.file("audit.key");
    replay(&["keygen", "--name", "example.com/strategos", "--out", &key]).fine();
    let folder = database.file("export");
    let export = [
        "--database",
        &database.url,
        "export",
        "--key",
        &key,
        "--out",
        &folder,
    ];

    kill(&export, async || {
        database.file_length("export/progress.note") > 0
    })
    .await;
    assert_eq!(database.file_length("export/manifest.note"), 0);
    let told = replay(&export).fine();
    assert!(told.contains("events were there already"), "{told}");
    assert_eq!(database.file_length("export/progress.note"), 0);

    let public = format!("{key}.pub");
    let told = replay(&["--database", &folder, "--export-key", &public, "log"]).fine();
    assert_eq!(told, database.log());
    let told = replay(&export).impossible();
    assert!(
        told.contains("name a folder that is not there yet"),
        "{told}"
    );
}

/// What was written before is part of what is signed: it goes on with nothing but that.
pub(crate) async fn an_export_that_was_altered_meanwhile_is_begun_anew(database: Database) {
    database.with_many_events().await;
    let key = database.file("audit.key");
    replay(&["keygen", "--name", "example.com/strategos", "--out", &key]).fine();
    let folder = database.file("export");
    let export = ["--database", &database.url, "export", "--key", &key];
    let export = [&export[..], &["--format", "csv", "--out", &folder]].concat();
    kill(&export, async || {
        database.file_length("export/progress.note") > 0
    })
    .await;
    let file = database.file("export/events.csv");
    let mut bytes = std::fs::read(&file).unwrap();
    let digit = bytes.iter().position(|byte| *byte == b'2').unwrap();
    bytes[digit] = b'3';
    std::fs::write(&file, bytes).unwrap();

    let told = replay(&export).fine();
    assert!(!told.contains("were there already"), "{told}");
    let beside = database.file("beside");
    let beside_it = [&export[..export.len() - 1], &[beside.as_str()]].concat();
    replay(&beside_it).fine();
    let of = |folder: &str| std::fs::read(format!("{folder}/events.csv")).unwrap();
    assert!(of(&folder) == of(&beside));
}

/// The same command, but the database that it names is another one by now.
pub(crate) async fn an_export_does_not_go_on_behind_another_log(database: Database) {
    database.with_many_events().await;
    let other = sqlite_in(&database.folder, "other");
    other.with_many_events_by("bob").await;
    let key = database.file("audit.key");
    replay(&["keygen", "--name", "example.com/strategos", "--out", &key]).fine();
    let folder = database.file("export");
    let export = ["export", "--key", &key, "--out", &folder];
    kill(
        &[&["--database", &database.url], &export[..]].concat(),
        async || database.file_length("export/progress.note") > 0,
    )
    .await;

    let told = other.replay(&export).fine();

    assert!(!told.contains("were there already"), "{told}");
    let lines = std::fs::read_to_string(format!("{folder}/events.ndjson")).unwrap();
    assert!(lines == other.log());
}

pub(crate) async fn a_copy_that_was_killed_leaves_nothing_and_is_begun_again(database: Database) {
    database.with_many_events().await;
    let target = sqlite_in(&database.folder, "target");
    let copy = ["copy", "--from", &database.url, "--to", &target.url];

    kill(&copy, async || {
        database.file_length("target.sqlite-wal") > 2_000_000
    })
    .await;
    assert_eq!(target.count(), 0);
    replay(&copy).fine();

    assert_eq!(target.log(), database.log());
}

pub(crate) async fn a_backup_that_was_killed_is_begun_again(database: Database) {
    database.with_many_events().await;
    let key = database.file("audit.key");
    replay(&["keygen", "--name", "example.com/strategos", "--out", &key]).fine();
    let (folder, public) = (database.file("backup"), format!("{key}.pub"));
    let backup = [
        "--database",
        &database.url,
        "backup",
        "--key",
        &key,
        "--into",
        &folder,
    ];
    let restored = sqlite_in(&database.folder, "restored");

    kill(&backup, async || {
        database.file_length("backup/log.sqlite-wal") > 2_000_000
    })
    .await;
    let told = restored
        .replay(&["restore", &folder, "--public-key", &public])
        .impossible();
    assert!(told.contains("the backup has no checkpoint"), "{told}");
    replay(&backup).fine();

    let restore = [
        "--database",
        &restored.url,
        "restore",
        &folder,
        "--public-key",
        &public,
    ];
    kill(&restore, async || {
        database.file_length("restored.sqlite-wal") > 2_000_000
    })
    .await;
    assert_eq!(restored.count(), 0);
    replay(&restore).fine();
    assert_eq!(restored.log(), database.log());
}

pub(crate) async fn a_rebuild_that_was_killed_leaves_the_table_and_is_begun_again(
    database: Database,
) {
    database.with_many_events().await;
    database.with_tables_of_it().await;
    let name = ["rebuild", "strategy_instances", "--reason"];
    let rebuild = [&["--database", &database.url], &name[..], &["to see"]].concat();
    // The request is its first event
    let clock = Arc::new(FixedClock(time_of(1)));
    let log = event_store::open(&database.url, clock).await.unwrap();
    let before = log.head().await.unwrap();
    kill(&rebuild, async || log.head().await.unwrap() > before).await;
    database.replay(&["verify", "projections"]).fine();
    replay(&rebuild).fine();

    database.replay(&["verify", "projections"]).fine();
}
