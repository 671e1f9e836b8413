//! Folders that commands write into: nothing that lies there is removed unless they wrote it.

use std::path::Path;

use crate::database::{Database, sqlite_in};
use crate::interrupted::kill;
use crate::program::{Told, replay};

const OURS: [&str; 6] = [
    "events.csv",
    "events.ndjson",
    "events.parquet",
    "leaves",
    "log.sqlite",
    "notes.part",
];

impl Database {
    fn write_to(&self, command: &str, folder: &str) -> Told {
        let (key, folder) = (self.file("audit.key"), self.file(folder));
        let into = if command == "backup" {
            "--into"
        } else {
            "--out"
        };
        self.replay(&[command, "--key", &key, into, &folder])
    }
}

fn texts_in(folder: &str) -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut texts: Vec<_> = files
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).unwrap();
            (file.file_name().into_string().unwrap(), text)
        })
        .collect();
    texts.sort();
    texts
}

pub(crate) async fn a_backup_never_empties_its_source(database: Database) {
    std::fs::create_dir(database.file("b")).unwrap();
    let source = sqlite_in(Path::new(&database.file("b")), "log");
    let source = Database {
        folder: database.folder.clone(),
        ..source
    };
    source.signed().await;
    let before = source.log();
    let links = database.file("link");
    std::os::unix::fs::symlink(database.file("b"), &links).unwrap();

    for marked in [false, true] {
        if marked {
            std::fs::write(database.file("b/strategos-backup.unfinished"), "x").unwrap();
        }
        for folder in ["b", "link", "."] {
            let told = source.write_to("backup", folder).impossible();
            assert!(
                told.contains("the log that is to be read lies in"),
                "{told}"
            );
            assert_eq!(source.log(), before);
        }
    }
}

pub(crate) async fn an_export_is_not_written_over_itself(database: Database) {
    database.signed().await;
    database.export(&[]).fine();
    let (folder, public) = (database.file("export"), database.file("audit.key.pub"));
    let before = texts_in(&folder);
    let key = database.file("audit.key");
    let of_export = ["--database", &folder, "--export-key", &public];

    let again = ["export", "--key", &key, "--out", &folder];
    let told = replay(&[&of_export[..], &again].concat()).impossible();

    assert!(
        told.contains("the log that is to be read lies in"),
        "{told}"
    );
    assert_eq!(texts_in(&folder), before);
}

pub(crate) async fn files_of_others_are_not_removed_whatever_they_are_called(database: Database) {
    database.signed().await;
    for command in ["backup", "export"] {
        let folder = database.file(command);
        std::fs::create_dir(&folder).unwrap();
        for name in OURS {
            std::fs::write(format!("{folder}/{name}"), "mine").unwrap();
            let before = texts_in(&folder);

            let told = database.write_to(command, command).impossible();

            assert!(told.contains("nothing there is removed"), "{told}");
            assert_eq!(texts_in(&folder), before);
            std::fs::remove_file(format!("{folder}/{name}")).unwrap();
        }
        database.write_to(command, command).fine();
        let told = database.write_to(command, command).impossible();
        assert!(
            told.contains("name a folder that is not there yet"),
            "{told}"
        );
    }
}

pub(crate) async fn files_of_others_in_an_interrupted_backup_are_not_removed(database: Database) {
    database.with_many_events().await;
    let (key, folder) = (database.file("audit.key"), database.file("backup"));
    replay(&["keygen", "--name", "example.com/strategos", "--out", &key]).fine();
    let backup = ["--database", &database.url, "backup", "--key", &key];
    let backup = [&backup[..], &["--into", &folder]].concat();
    kill(&backup, async || {
        database.file_length("backup/log.sqlite-wal") > 2_000_000
    })
    .await;
    std::fs::write(format!("{folder}/thesis.txt"), "mine").unwrap();

    let told = replay(&backup).impossible();

    assert!(
        told.contains("holds thesis.txt beside a backup that was interrupted"),
        "{told}"
    );
    assert!(database.file_length("backup/log.sqlite-wal") > 0);
    std::fs::remove_file(format!("{folder}/thesis.txt")).unwrap();
    replay(&backup).fine();
    assert_eq!(
        database.file_length("backup/strategos-backup.unfinished"),
        0
    );
}

/// Killed behind its last file: it is whole.
pub(crate) async fn a_backup_that_only_its_marker_calls_unfinished_is_kept(database: Database) {
    database.signed().await;
    database.write_to("backup", "backup").fine();
    std::fs::write(database.file("backup/strategos-backup.unfinished"), "x").unwrap();

    let told = database.write_to("backup", "backup").impossible();

    assert!(
        told.contains("name a folder that is not there yet"),
        "{told}"
    );
    let (folder, public) = (database.file("backup"), database.file("audit.key.pub"));
    let restored = sqlite_in(&database.folder, "restored");
    restored
        .replay(&["restore", &folder, "--public-key", &public])
        .fine();
}

/// Of two at once in a folder.
pub(crate) async fn a_folder_is_written_by_one_at_a_time(database: Database) {
    database.signed().await;
    for (command, marker) in [
        ("backup", "strategos-backup.unfinished"),
        ("export", "strategos-export.unfinished"),
    ] {
        std::fs::create_dir(database.file(command)).unwrap();
        let file = std::fs::File::create(database.file(&format!("{command}/{marker}"))).unwrap();
        file.lock().unwrap();

        let told = database.write_to(command, command).impossible();

        let busy = "is being written by another strategos-replay";
        assert!(told.contains(busy), "{told}");
        drop(file);
        database.write_to(command, command).fine();
    }
}
