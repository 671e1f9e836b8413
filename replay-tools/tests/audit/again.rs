//! `copy` and `restore`, run again by whoever does not know how far the first one came.

use crate::database::{Database, sqlite_in};
use crate::program::{Told, replay};

impl Database {
    fn copied_to(&self, target: &Self) -> Told {
        replay(&["copy", "--from", &self.url, "--to", &target.url])
    }
}

pub(crate) async fn a_copy_that_is_there_already_is_compared(database: Database) {
    let source = sqlite_in(&database.folder, "source");
    source.with_history().await;
    source.answer_a_request().await;
    let first = source.copied_to(&database).fine();

    let again = source.copied_to(&database).fine();

    let expected = format!("the target holds exactly this history already\n{first}");
    assert_eq!(again, expected);
    assert_eq!(database.log(), source.log());
}

/// Of the same length, or with the same events.
pub(crate) async fn a_target_that_holds_anything_else_is_refused(database: Database) {
    let source = sqlite_in(&database.folder, "source");
    source.with_history().await;
    source.answer_a_request().await;
    source.copied_to(&database).fine();
    let json = if database.is_postgres() { "::text" } else { "" };
    let back = if database.is_postgres() { "::json" } else { "" };
    let set = |from: &str, to: &str| {
        format!(
            "UPDATE events SET payload = replace(payload{json}, '{from}', '{to}'){back} WHERE position = 5"
        )
    };
    let refused = || {
        let told = source.copied_to(&database).impossible();
        assert!(told.contains("there are events in it already"), "{told}");
    };

    database.tamper(&[&set("0.01", "0.02")]).await;
    refused();
    database.tamper(&[&set("0.02", "0.01")]).await;
    source.copied_to(&database).fine();
    database
        .execute(&["UPDATE idempotency_keys SET fingerprint = 'off'"])
        .await;
    refused();
    database.execute(&["DELETE FROM idempotency_keys"]).await;
    refused();
}

/// As if it had been killed before it made the tables.
pub(crate) async fn a_restore_that_is_there_already_goes_on_with_the_tables(database: Database) {
    let source = sqlite_in(&database.folder, "source");
    source.signed().await;
    let (key, folder) = (source.file("audit.key"), source.file("backup"));
    source
        .replay(&["backup", "--key", &key, "--into", &folder])
        .fine();
    let backup = sqlite_in(&database.folder.join("backup"), "log");
    backup.copied_to(&database).fine();
    let public = source.file("audit.key.pub");
    let restore = || database.replay(&["restore", &folder, "--public-key", &public]);

    for _ in 0..2 {
        let told = restore().fine();
        let there = "12 events and 0 answers are there already, exactly these\n";
        assert!(told.contains(there), "{told}");
        let signed = "the log's first 12 events have the root that was signed";
        assert!(told.contains(signed), "{told}");
        assert!(
            told.contains("strategy_instances: 1 rows compared"),
            "{told}"
        );
    }
    database.replay(&["verify", "projections"]).fine();
}
