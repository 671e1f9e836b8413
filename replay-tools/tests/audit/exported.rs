//! An export that is read like the database it was made of.

use crate::database::{Database, sqlite_in};
use crate::program::{Told, replay};

impl Database {
    /// The same command, of the export.
    fn replay_export(&self, arguments: &[&str]) -> Told {
        let (folder, key) = (self.file("export"), self.file("audit.key.pub"));
        let of_export = ["--database", &folder, "--export-key", &key];
        replay(&[&of_export[..], arguments].concat())
    }
}

pub(crate) async fn an_export_answers_as_its_database_does(database: Database) {
    database.signed().await;
    database.export(&[]).fine();
    let (shelf, key) = (database.file("shelf"), database.file("audit.key.pub"));
    let checkpoint = database.file("shelf/00000000000000000012.checkpoint");
    let commands: [&[&str]; 8] = [
        &["log"],
        &["log", "--actor", "ana", "--after", "2"],
        &["show", "5"],
        &["explain", "s7f3a-1-17"],
        &["at", "--position", "7"],
        &["diff", "1", "12"],
        &["check-events"],
        &[
            "verify",
            "log",
            "--checkpoints",
            &shelf,
            "--public-key",
            &key,
        ],
    ];
    for command in commands {
        let of_export = database.replay_export(command).fine();
        assert_eq!(of_export, database.replay(command).fine(), "{command:?}");
    }

    let proofs = [database.file("of-database"), database.file("of-export")];
    let prove = |out| {
        [
            "prove",
            "5",
            "--checkpoint",
            &checkpoint,
            "--public-key",
            &key,
            "--out",
            out,
        ]
    };
    database.replay(&prove(&proofs[0])).fine();
    database.replay_export(&prove(&proofs[1])).fine();
    let [one, other] = proofs.map(|file| std::fs::read_to_string(file).unwrap());
    assert_eq!(one, other);
    let again = database.file("again");
    database
        .replay_export(&[
            "export",
            "--key",
            &database.file("audit.key"),
            "--out",
            &again,
        ])
        .fine();
    let events = |folder: &str| std::fs::read(format!("{folder}/events.ndjson")).unwrap();
    assert_eq!(events(&again), events(&database.file("export")));
}

pub(crate) async fn an_export_is_believed_only_with_its_signature(database: Database) {
    database.signed().await;
    database.export(&[]).fine();
    let (folder, other) = (database.file("export"), database.file("other.key"));
    replay(&["keygen", "--name", "example.com/other", "--out", &other]).fine();
    let with_key = |key: &str| replay(&["--database", &folder, "--export-key", key, "log"]);

    let told = replay(&["--database", &folder, "log"]).impossible();
    assert!(
        told.contains("say whose to believe, --export-key"),
        "{told}"
    );
    let told = with_key(&format!("{other}.pub")).impossible();
    assert!(
        told.contains("it is signed by none of the public keys given"),
        "{told}"
    );

    let file = database.file("export/events.ndjson");
    let genuine = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, genuine.replace("42570.495", "42570.496")).unwrap();
    let told = database.replay_export(&["log"]).wrong();
    assert!(
        told.contains("is not what its manifest was signed for"),
        "{told}"
    );
}

pub(crate) async fn an_export_is_never_written_to(database: Database) {
    database.signed().await;
    database.export(&[]).fine();
    let reason = ["rebuild", "--reason", "to see"];

    let told = database.replay_export(&reason).impossible();
    assert!(told.contains("an export is not written to"), "{told}");
    let told = database
        .replay_export(&["verify", "projections"])
        .impossible();
    assert!(told.contains("has no tables: name a database"), "{told}");
}

pub(crate) async fn an_export_is_copied_into_a_database(database: Database) {
    database.signed().await;
    database.export(&[]).fine();
    let (folder, target) = (
        database.file("export"),
        sqlite_in(&database.folder, "copied"),
    );

    database
        .replay_export(&["copy", "--from", &folder, "--to", &target.url])
        .fine();

    assert_eq!(target.log(), database.log());
}
