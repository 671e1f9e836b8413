//! An export as Parquet, killed behind its first row group.

use crate::database::{Database, sqlite_in};
use crate::interrupted::kill;
use crate::program::replay;

impl Database {
    fn key_for_columns(&self) {
        let key = self.file("audit.key");
        replay(&["keygen", "--name", "example.com/strategos", "--out", &key]).fine();
    }

    /// What it told.
    fn export_columns(&self, folder: &str) -> String {
        let (key, folder) = (self.file("audit.key"), self.file(folder));
        self.replay(&columns(&key, &folder)).fine()
    }

    /// Once it could be gone on with.
    async fn kill_export_of_columns(&self, folder: &str) {
        let (key, out) = (self.file("audit.key"), self.file(folder));
        let export = [&["--database", &self.url], &columns(&key, &out)[..]].concat();
        let note = format!("{folder}/progress.note");
        kill(&export, async || self.file_length(&note) > 0).await;
        assert_eq!(self.file_length(&format!("{folder}/manifest.note")), 0);
    }

    fn bytes_of(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.file(file)).unwrap()
    }

    /// Of which events the manifest was signed for.
    fn root_of(&self, folder: &str) -> String {
        let manifest = std::fs::read_to_string(self.file(&format!("{folder}/manifest.note")));
        let manifest = manifest.unwrap();
        let root = |line: &&str| line.trim_start().starts_with("\"root\"");
        manifest.lines().find(root).unwrap().to_owned()
    }
}

fn columns<'a>(key: &'a str, folder: &'a str) -> [&'a str; 7] {
    [
        "export", "--key", key, "--format", "parquet", "--out", folder,
    ]
}

pub(crate) async fn an_export_in_columns_that_was_killed_goes_on_where_it_stood(
    database: Database,
) {
    database.with_many_events().await;
    database.key_for_columns();
    database.kill_export_of_columns("export").await;

    let told = database.export_columns("export");

    assert!(told.contains("events were there already"), "{told}");
    database.export_columns("beside");
    assert!(
        database.bytes_of("export/events.parquet") == database.bytes_of("beside/events.parquet")
    );
    assert_eq!(database.root_of("export"), database.root_of("beside"));
    let (folder, public) = (database.file("export"), database.file("audit.key.pub"));
    replay(&["check-export", &folder, "--public-key", &public]).fine();
    let files = std::fs::read_dir(&folder).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["events.parquet", "manifest.note"]);
}

/// The row groups, and what is known of them.
pub(crate) async fn an_export_in_columns_that_was_altered_meanwhile_is_begun_anew(
    database: Database,
) {
    database.with_many_events().await;
    database.key_for_columns();
    database.export_columns("beside");
    for altered in ["events.parquet", "events.parquet.groups"] {
        let file = format!("export-{altered}/{altered}");
        let folder = format!("export-{altered}");
        database.kill_export_of_columns(&folder).await;
        let mut bytes = database.bytes_of(&file);
        bytes[100] ^= 1;
        std::fs::write(database.file(&file), bytes).unwrap();

        let told = database.export_columns(&folder);

        assert!(!told.contains("were there already"), "{altered}: {told}");
        let exported = database.bytes_of(&format!("{folder}/events.parquet"));
        assert!(
            exported == database.bytes_of("beside/events.parquet"),
            "{altered}"
        );
    }
}

/// Somebody without the key altered both of them, so that they fit.
pub(crate) async fn an_export_in_columns_whose_note_nobody_signed_is_begun_anew(
    database: Database,
) {
    database.with_many_events().await;
    database.key_for_columns();
    database.kill_export_of_columns("export").await;
    let (note, groups) = ("export/progress.note", "export/events.parquet.groups");
    let signed = String::from_utf8(database.bytes_of(note)).unwrap();
    let mut bytes = signed_part(&signed, database.bytes_of(groups));
    let genuine = sha256(&bytes);
    bytes[100] ^= 1;
    let edited = signed.replace(&genuine, &sha256(&bytes));
    assert_ne!(edited, signed);
    std::fs::write(database.file(groups), bytes).unwrap();
    std::fs::write(database.file(note), edited).unwrap();

    let told = database.export_columns("export");

    assert!(!told.contains("were there already"), "{told}");
    let (folder, public) = (database.file("export"), database.file("audit.key.pub"));
    replay(&["check-export", &folder, "--public-key", &public]).fine();
}

/// Of what is known of the row groups.
fn signed_part(note: &str, mut bytes: Vec<u8>) -> Vec<u8> {
    let (json, _) = note.split_once("\n\n").unwrap();
    let json: serde_json::Value = json.parse().unwrap();
    let length = json["groups"]["bytes"].as_u64().unwrap();
    bytes.truncate(length.try_into().unwrap());
    bytes
}

fn sha256(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    let digits = |byte: &u8| format!("{byte:02x}");
    digest.as_ref().iter().map(digits).collect()
}

pub(crate) async fn an_export_in_columns_does_not_go_on_behind_another_log(database: Database) {
    database.with_many_events().await;
    let other = sqlite_in(&database.folder, "other");
    other.with_many_events_by("bob").await;
    database.key_for_columns();
    database.kill_export_of_columns("export").await;

    let told = other.export_columns("export");

    assert!(!told.contains("were there already"), "{told}");
    other.export_columns("beside");
    assert!(other.bytes_of("export/events.parquet") == other.bytes_of("beside/events.parquet"));
}
