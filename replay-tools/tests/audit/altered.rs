//! What was altered is an answer, with the exit code 1, whoever asks; what cannot be read is none.

use std::fs;

use crate::database::{Database, sqlite_in};
use crate::program::{Told, replay};

impl Database {
    /// Every command that reads an export.
    fn readers_of_export(&self) -> [Told; 3] {
        let (folder, key) = (self.file("export"), self.file("audit.key.pub"));
        let target = sqlite_in(&self.folder, "target");
        [
            replay(&["check-export", &folder, "--public-key", &key]),
            target.replay(&["import", &folder, "--public-key", &key]),
            replay(&["--database", &folder, "--export-key", &key, "log"]),
        ]
    }

    fn check_proof(&self) -> Told {
        let (proof, key) = (self.file("5.tlog-proof"), self.file("audit.key.pub"));
        replay(&["check-proof", &proof, "--public-key", &key])
    }
}

/// Each as somebody may leave a file that is text.
fn ruins_of(genuine: &str) -> Vec<Vec<u8>> {
    let half = genuine.floor_char_boundary(genuine.len() / 2);
    let mut no_text = genuine.as_bytes().to_vec();
    no_text[half] = 0xff;
    vec![
        vec![],
        genuine.as_bytes()[..half].to_vec(),
        no_text,
        b"junk\n".to_vec(),
    ]
}

pub(crate) async fn an_altered_export_is_an_answer(database: Database) {
    database.signed().await;
    database.export(&[]).fine();
    for name in ["events.ndjson", "manifest.note"] {
        let file = database.file(&format!("export/{name}"));
        let genuine = fs::read_to_string(&file).unwrap();
        for ruin in ruins_of(&genuine) {
            fs::write(&file, &ruin).unwrap();
            for told in database.readers_of_export() {
                let told = told.wrong();
                assert!(told.starts_with("FAILED  "), "{told}");
                assert!(
                    told.contains(&file) || told.contains("is not what"),
                    "{told}"
                );
            }
        }
        fs::remove_file(&file).unwrap();
        for told in database.readers_of_export() {
            let told = told.impossible();
            assert!(told.contains(&format!("{file} cannot be read")), "{told}");
        }
        fs::write(&file, genuine).unwrap();
    }
    for told in database.readers_of_export() {
        told.fine();
    }
}

pub(crate) async fn an_altered_proof_is_an_answer(database: Database) {
    database.signed().await;
    let (proof, key) = (
        database.file("5.tlog-proof"),
        database.file("audit.key.pub"),
    );
    let checkpoint = database.file("shelf/00000000000000000012.checkpoint");
    let prove = ["prove", "5", "--checkpoint", &checkpoint, "--public-key"];
    database
        .replay(&[&prove[..], &[&key, "--out", &proof]].concat())
        .fine();
    let genuine = fs::read_to_string(&proof).unwrap();
    let no_base64 = genuine.replacen("extra ", "extra !", 1).into_bytes();
    for ruin in ruins_of(&genuine).into_iter().chain([no_base64]) {
        fs::write(&proof, &ruin).unwrap();
        let told = database.check_proof().wrong();
        assert!(told.starts_with(&format!("FAILED  {proof} ")), "{told}");
    }
    fs::remove_file(&proof).unwrap();
    let told = database.check_proof().impossible();
    assert!(told.contains(&format!("{proof} cannot be read")), "{told}");
}

pub(crate) async fn an_altered_checkpoint_is_an_answer(database: Database) {
    database.signed().await;
    let file = database.file("shelf/00000000000000000012.checkpoint");
    let key = database.file("audit.key.pub");
    let alone = ["verify", "log", "--checkpoint", &file, "--public-key", &key];
    let genuine = fs::read_to_string(&file).unwrap();
    for ruin in ruins_of(&genuine) {
        fs::write(&file, &ruin).unwrap();
        for told in [
            database.verify(),
            database.replay(&alone),
            database.checkpoint(),
        ] {
            let told = told.wrong();
            assert!(told.contains(&format!("FAILED  {file} ")), "{told}");
        }
    }
    fs::remove_file(&file).unwrap();
    let told = database.replay(&alone).impossible();
    assert!(told.contains(&format!("{file} cannot be read")), "{told}");
}

/// Its parser answers some files with a panic.
pub(crate) async fn an_altered_file_of_columns_is_not_parsed(database: Database) {
    database.signed().await;
    database.export(&["--format", "parquet"]).fine();
    let (folder, key) = (database.file("export"), database.file("audit.key.pub"));
    let file = database.file("export/events.parquet");
    let genuine = fs::read(&file).unwrap();
    for at in (0..genuine.len()).step_by(97).chain([386]) {
        let mut altered = genuine.clone();
        altered[at] ^= 1;
        fs::write(&file, altered).unwrap();

        let told = replay(&["check-export", &folder, "--public-key", &key]);

        assert_eq!(told.error, "");
        let told = told.wrong();
        let expected = "the file is not the one that the manifest was signed for";
        assert!(told.contains(expected), "{told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

pub(crate) async fn an_export_that_is_not_whole_is_said_to_be(database: Database) {
    database.signed().await;
    database.export(&[]).fine();
    fs::remove_file(database.file("export/manifest.note")).unwrap();
    fs::write(database.file("export/progress.note"), "").unwrap();

    for told in database.readers_of_export() {
        let told = told.impossible();
        assert!(
            told.contains("is not whole: the command that wrote it goes on"),
            "{told}"
        );
    }
}
