//! What was altered is an answer, with the exit code 1, whoever asks; what cannot be read is none.

use std::fs;

use crate::database::Database;
use crate::program::{Told, replay};

impl Database {
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
