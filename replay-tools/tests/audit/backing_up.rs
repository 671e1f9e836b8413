//! `backup` and `restore`.

use crate::database::{Database, sqlite_in};
use crate::history::LENGTH;
use crate::program::Told;

impl Database {
    fn back_up(&self) -> Told {
        let (key, folder) = (self.file("audit.key"), self.file("backup"));
        self.replay(&["backup", "--key", &key, "--into", &folder])
    }

    fn restore(&self) -> Told {
        let (key, folder) = (self.file("audit.key.pub"), self.file("backup"));
        self.replay(&["restore", &folder, "--public-key", &key])
    }
}

pub(crate) async fn a_backup_is_restored_as_it_was(database: Database) {
    database.signed().await;
    database.answer_a_request().await;
    let told = database.back_up().fine();
    assert!(told.starts_with("13 events and 1 answers\n"), "{told}");
    // What happens after a backup is not in it
    database.execute(&["DELETE FROM idempotency_keys"]).await;
    let restored = sqlite_in(&database.folder, "restored");

    let told = restored.restore().fine();

    assert!(
        told.contains("13 events and 1 answers restored\n"),
        "{told}"
    );
    assert!(
        told.contains("the log's first 13 events have the root that was signed"),
        "{told}"
    );
    assert!(
        told.contains("strategy_instances: 1 rows compared"),
        "{told}"
    );
    assert_eq!(restored.log(), database.log());
    assert!(restored.answer_a_request().await);
    restored.replay(&["verify", "projections"]).fine();
    restored.execute(&["DELETE FROM idempotency_keys"]).await;
    let told = restored.restore().impossible();
    assert!(told.contains("there are events in it already"), "{told}");
}

pub(crate) async fn a_backup_is_restored_into_this_database(database: Database) {
    let source = sqlite_in(&database.folder, "source");
    source.signed().await;
    source.back_up().fine();

    let told = database.restore().fine();

    assert!(told.contains("12 events and 0 answers restored"), "{told}");
    assert_eq!(database.log(), source.log());
    database.replay(&["verify"]).fine();
    database.verify().fine();
}

pub(crate) async fn a_backup_that_was_altered_is_not_restored(database: Database) {
    database.signed().await;
    database.back_up().fine();
    let backup = sqlite_in(&database.folder.join("backup"), "log");
    let edit = "UPDATE events SET payload = replace(payload, '0.01', '0.02') WHERE position = 5";
    backup.tamper(&[edit]).await;
    let restored = sqlite_in(&database.folder, "restored");

    let told = restored.restore().wrong();

    assert!(
        told.contains("the event at position 5 is not the one that was signed"),
        "{told}"
    );
    assert!(told.contains("nothing was restored"), "{told}");
    let cut = format!("DELETE FROM events WHERE position = {LENGTH}");
    backup.tamper(&[&cut]).await;
    let told = restored.restore().wrong();
    assert!(
        told.contains("the backup has 11 events, but 12 were signed"),
        "{told}"
    );
}

pub(crate) async fn answers_that_were_altered_in_a_backup_are_not_restored(database: Database) {
    database.signed().await;
    database.answer_a_request().await;
    database.back_up().fine();
    let backup = sqlite_in(&database.folder.join("backup"), "log");
    let edit = "UPDATE idempotency_keys SET fingerprint = 'off'";
    backup.execute(&[edit]).await;
    let restored = sqlite_in(&database.folder, "restored");

    let told = restored.restore().wrong();

    let expected = "the answers to idempotency keys (1) are not the 1 that were signed";
    assert!(told.contains(expected), "{told}");
    // Of a release that did not sign them
    std::fs::remove_file(database.file("backup/answers.note")).unwrap();
    let told = restored.restore().wrong();
    assert!(told.contains("--unsigned-answers restores it"), "{told}");
    let (key, folder) = (database.file("audit.key.pub"), database.file("backup"));
    restored
        .replay(&[
            "restore",
            &folder,
            "--public-key",
            &key,
            "--unsigned-answers",
        ])
        .fine();
}
