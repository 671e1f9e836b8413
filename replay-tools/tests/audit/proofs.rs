//! Proofs that are verified without the database.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::Value;

use crate::database::Database;
use crate::program::{Told, replay};

impl Database {
    fn prove(&self, event: &str) -> Told {
        let (checkpoint, key) = (self.last_checkpoint(), self.file("audit.key.pub"));
        let out = self.file("event.tlog-proof");
        self.replay(&[
            "prove",
            event,
            "--checkpoint",
            &checkpoint,
            "--public-key",
            &key,
            "--out",
            &out,
        ])
    }

    fn last_checkpoint(&self) -> String {
        self.file("shelf/00000000000000000012.checkpoint")
    }

    /// Without a database, by itself.
    fn check(&self, more: &[&str]) -> Told {
        let (key, proof) = (self.file("audit.key.pub"), self.file("event.tlog-proof"));
        replay(&[&["check-proof", &proof, "--public-key", &key], more].concat())
    }
}

pub(crate) async fn an_event_is_proven_without_the_database(database: Database) {
    database.signed().await;
    for position in 1..=12 {
        database.prove(&position.to_string()).fine();

        let told = database.check(&[]).fine();

        let (event, verdict) = told.split_once("}\n").unwrap();
        let event: Value = format!("{event}}}").parse().unwrap();
        assert_eq!(event["position"], position.to_string());
        let expected = format!(
            "ok      the event is number {position} of 12 in the log example.com/strategos\n"
        );
        assert_eq!(verdict, expected);
        // It is not written over
        let again = database.prove(&position.to_string()).impossible();
        assert!(again.contains("is there already"), "{again}");
        std::fs::remove_file(database.file("event.tlog-proof")).unwrap();
    }
    let told = database.prove("13").impossible();
    assert!(told.contains("there is no event at position 13"), "{told}");
}

pub(crate) async fn an_altered_proof_does_not_hold(database: Database) {
    database.signed().await;
    database.prove("5").fine();
    let file = database.file("event.tlog-proof");
    let genuine = std::fs::read_to_string(&file).unwrap();
    let (head, rest) = genuine.split_once("extra ").unwrap();
    let (extra, rest) = rest.split_once('\n').unwrap();
    let event = String::from_utf8(STANDARD.decode(extra).unwrap()).unwrap();
    let other = STANDARD.encode(event.replace("42570.495", "42570.496"));
    let with_another_event = format!("{head}extra {other}\n{rest}");
    let with_another_index = genuine.replace("index 4", "index 3");
    let hash = rest.lines().nth(1).unwrap();
    let without_a_hash = genuine.replacen(&format!("{hash}\n"), "", 1);

    for altered in [with_another_event, with_another_index, without_a_hash] {
        assert_ne!(altered, genuine);
        std::fs::write(&file, altered).unwrap();
        let told = database.check(&[]).wrong();
        assert!(
            told.contains("the log that was signed does not hold it"),
            "{told}"
        );
    }
    // A checkpoint of which a byte is another
    std::fs::write(&file, genuine.replace("\n12\n", "\n11\n")).unwrap();
    let told = database.check(&[]).wrong();
    assert!(
        told.contains("the note or the signature was altered"),
        "{told}"
    );
}

pub(crate) async fn a_later_checkpoint_is_proven_to_continue_an_earlier_one(database: Database) {
    database.signed().await;
    let (key, later) = (database.file("audit.key.pub"), database.last_checkpoint());
    let earlier = database.file("shelf/00000000000000000008.checkpoint");
    let out = database.file("event.tlog-proof");
    database
        .replay(&[
            "prove",
            "--since",
            &earlier,
            "--checkpoint",
            &later,
            "--public-key",
            &key,
            "--out",
            &out,
        ])
        .fine();

    let told = database.check(&["--since", &earlier]).fine();
    assert_eq!(
        told,
        "ok      the log of 12 events begins with the 8 of the older checkpoint\n"
    );

    let witness = Witness::new();
    let told = database
        .check(&["--since", &earlier, "--witness", &witness.key()])
        .impossible();
    assert!(
        told.contains("witness.example/w has not co-signed it"),
        "{told}"
    );
    // The later one is believed with the witness's name under it, and so is the proof made of it
    for file in [&later, &earlier, &out] {
        let text = std::fs::read_to_string(file).unwrap();
        std::fs::write(file, witness.co_sign(&text)).unwrap();
    }
    database
        .check(&["--since", &earlier, "--witness", &witness.key()])
        .fine();
}

pub(crate) async fn nothing_is_proven_of_an_altered_log(database: Database) {
    database.signed().await;
    database
        .tamper(&["UPDATE events SET event_type = 'Other' WHERE position = 3"])
        .await;

    let told = database.prove("5").wrong();

    assert!(
        told.contains("what was altered is at positions 1 to 12"),
        "{told}"
    );
    assert!(!std::path::Path::new(&database.file("event.tlog-proof")).exists());
}

/// Co-signs as C2SP's tlog-cosignature says, with nothing of the program's own code.
struct Witness(Ed25519KeyPair);

impl Witness {
    const NAME: &str = "witness.example/w";

    fn new() -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap())
    }

    fn id(&self) -> [u8; 4] {
        let public = self.0.public_key().as_ref();
        let named = [Self::NAME.as_bytes(), b"\n\x04", public].concat();
        digest(&SHA256, &named).as_ref()[..4].try_into().unwrap()
    }

    fn key(&self) -> String {
        let public = [&[4], self.0.public_key().as_ref()].concat();
        let id = u32::from_be_bytes(self.id());
        format!("{}+{id:08x}+{}", Self::NAME, STANDARD.encode(public))
    }

    /// Adds a signature to the checkpoint that a file ends with.
    fn co_sign(&self, file: &str) -> String {
        let (before, _) = file.rsplit_once("\n\n").unwrap();
        let text = before.rsplit_once("\n\n").map_or(before, |(_, text)| text);
        let time = 1_790_000_000_u64;
        let message = format!("cosignature/v1\ntime {time}\n{text}\n");
        let signature = self.0.sign(message.as_bytes());
        let bytes = [&self.id()[..], &time.to_be_bytes(), signature.as_ref()].concat();
        format!("{file}\u{2014} {} {}\n", Self::NAME, STANDARD.encode(bytes))
    }
}
