//! Edits beside the events: what else a server believes that stands in its database.

use std::sync::Arc;

use domain::clock::FixedClock;
use domain::installation::{INSTALLATION_ID, Installation};
use event_store::{
    Actor, Append, CommandGateway, Expected, Metadata, NewEvent, Role, Source, StreamName,
};
use uuid::Uuid;

use crate::database::Database;
use crate::history::{LENGTH, time_of};

impl Database {
    /// The history, one request with a key, and a stream that is long enough to have a saved state.
    async fn with_everything(&self) {
        self.with_history().await;
        self.answer_a_request().await;
        let log = event_store::open(&self.url, Arc::new(FixedClock(time_of(30))))
            .await
            .unwrap();
        let actor = Actor::new("bob", Role::Admin);
        let event = |number: u32| NewEvent {
            event_id: Uuid::new_v4(),
            event_type: "DynamicFlowSwitched".to_owned(),
            event_version: "1.0".to_owned(),
            payload: format!(
                r#"{{"DynamicFlowSwitched":{{"on":{},"switched_at":"2026-11-22T12:30:00Z"}}}}"#,
                number.is_multiple_of(2)
            ),
        };
        log.append(Append {
            stream: StreamName::new("installation", INSTALLATION_ID),
            expected: Expected::Any,
            events: (0..1_200).map(event).collect(),
            metadata: Metadata::new(actor, Source::CommandLine, Uuid::nil()).because("to and fro"),
            unchanged: vec![],
            idempotency: None,
        })
        .await
        .unwrap();
        let gateway = CommandGateway::<Installation>::new(log.clone(), ());
        gateway.load(INSTALLATION_ID).await.unwrap();
        log.close().await;
    }

    /// Edits, and expects `verify` to say this.
    async fn is_told(&self, edits: &[&str], expected: &str) {
        self.execute(edits).await;
        let told = self.replay(&["verify"]).wrong();
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

pub(crate) async fn an_untouched_database_is_fine(database: Database) {
    database.with_everything().await;

    let told = database.replay(&["verify"]).fine();

    for expected in [
        "ok      1 saved states are what their events make\n",
        "ok      1 answers to idempotency keys name their events\n",
        "ok      the database refuses to change history: its triggers are in place\n",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

pub(crate) async fn a_saved_state_that_was_edited_is_found(database: Database) {
    database.with_everything().await;
    let edit = "UPDATE log_snapshots SET state = replace(state, '\"dynamic_flow\":', '\"dynamic_flow\": ')";

    let state = "the saved state of installation/installation at version 1000: ";
    database
        .is_told(&[edit], &format!("{state}it is not what was saved"))
        .await;

    let told = database.replay(&["verify", "snapshots"]).wrong();
    assert_eq!(told.matches("FAILED").count(), 1, "{told}");
    let other = "UPDATE log_snapshots SET shape = 'of another release'";
    database.execute(&[other]).await;
    let told = database.replay(&["verify", "snapshots"]).fine();
    assert!(
        told.contains("1 saved states are of another release"),
        "{told}"
    );
}

pub(crate) async fn an_answer_that_was_edited_is_found(database: Database) {
    database.with_everything().await;
    let keep = "CREATE TABLE kept AS SELECT * FROM idempotency_keys";
    database.execute(&[keep]).await;
    let edits = [
        (
            "UPDATE idempotency_keys SET position = 1",
            "the answer to the request ana:switch:1 names position 1, which was recorded without a key",
        ),
        (
            "UPDATE idempotency_keys SET position = 99999",
            "the answer to the request ana:switch:1 names position 99999, where there is no event",
        ),
        (
            "UPDATE idempotency_keys SET version = 7",
            "the answer to the request ana:switch:1 says version 7, the event at position 13 has 2",
        ),
        (
            "UPDATE idempotency_keys SET key = 'eve:switch:1'",
            "the answer to the request eve:switch:1 names position 13, which was recorded for the key ana:switch:1",
        ),
        (
            "UPDATE idempotency_keys SET key = 'ana:switch:1x'",
            "the answer to the request ana:switch:1x names position 13, which was recorded for the key ana:switch:1",
        ),
        (
            "DELETE FROM idempotency_keys",
            "the request with the key ana:switch:1 that position 13 was recorded for has no answer",
        ),
    ];
    for (edit, expected) in edits {
        database.is_told(&[edit], expected).await;
        let back = [
            "DELETE FROM idempotency_keys",
            "INSERT INTO idempotency_keys SELECT * FROM kept",
        ];
        database.execute(&back).await;
        database.replay(&["verify"]).fine();
    }
    // Where it came by an import there is none
    database.execute(&["DELETE FROM idempotency_keys"]).await;
    database.replay(&["verify", "--imported", "13"]).fine();
}

pub(crate) async fn triggers_that_are_gone_are_told(database: Database) {
    database.with_history().await;
    database.tamper(&[]).await;

    let told = database.replay(&["verify"]).wrong();

    let expected =
        "somebody took away what keeps events from being edited: events_are_never_changed";
    assert!(told.contains(expected), "{told}");
    assert_eq!(told.matches("FAILED").count(), 1, "{told}");
}

/// SQLite keeps nothing apart from the rows.
pub(crate) async fn a_head_that_was_edited_is_found(database: Database) {
    if !database.is_postgres() {
        return;
    }
    database.with_history().await;
    let later = "UPDATE log_head SET recorded_at = '2035-01-01T00:00:00Z'";
    database
        .is_told(&[later], "the head row says 2035-01-01T00:00:00.000000Z")
        .await;

    database
        .is_told(
            &["DELETE FROM log_head"],
            "the row that says where the log ends (log_head) is gone",
        )
        .await;

    let told = database.replay(&["log"]).impossible();
    assert!(
        told.contains("the row that says where the log ends is gone: strategos-replay verify"),
        "{told}"
    );
    let told = database.replay(&["verify", "log"]).wrong();
    assert!(told.contains("log_head"), "{told}");
}

pub(crate) async fn a_table_that_is_ahead_of_the_log_is_told(database: Database) {
    database.with_history().await;
    database.with_tables_of_it().await;
    let ahead = "UPDATE projection_state SET position = 100000 WHERE name = 'strategy_instances'";
    database.execute(&[ahead]).await;

    let told = database.replay(&["verify", "projections"]).wrong();

    let expected = "strategy_instances: says that it has followed the log to position 100000, but the log ends at 12";
    assert!(told.contains(expected), "{told}");
    assert_eq!(told.matches("FAILED").count(), 1, "{told}");
    database
        .replay(&["rebuild", "strategy_instances", "--reason", "it is ahead"])
        .fine();
    database
        .replay(&["verify", "projections", "strategy_instances"])
        .fine();
}

pub(crate) async fn a_table_that_is_behind_is_said_to_be(database: Database) {
    database.with_history().await;
    database.with_tables_of_it().await;
    database.answer_a_request().await;

    let told = database.replay(&["verify", "projections"]).fine();

    let behind = format!("of its first {LENGTH} events of 13: it is 1 behind");
    assert!(told.contains(&behind), "{told}");
}

pub(crate) async fn tables_are_not_blamed_for_a_log_that_cannot_be_read(database: Database) {
    database.with_history().await;
    database.with_tables_of_it().await;
    let payload = "UPDATE events SET payload = '{}' WHERE position = 3";
    database.tamper(&[payload]).await;

    let told = database.replay(&["verify", "projections"]).wrong();
    let moment = database.replay(&["at", "--position", "12"]).impossible();

    let expected =
        "strategy_instances: position 3 cannot be read, so what the log makes cannot be said";
    assert!(told.contains(expected), "{told}");
    assert!(!told.contains("is not in the log"), "{told}");
    assert!(
        moment.contains("the event at position 3 cannot be folded"),
        "{moment}"
    );

    database
        .tamper(&["DELETE FROM events WHERE position = 3"])
        .await;
    let told = database.replay(&["verify", "projections"]).wrong();
    assert!(told.contains("there is no event at position 3"), "{told}");
    let moment = database.replay(&["at", "--position", "12"]).impossible();
    assert!(
        moment.contains("there is no event at position 3"),
        "{moment}"
    );
    database.replay(&["at", "--position", "2"]).fine();
}

impl Database {
    /// The same, by somebody who may only read.
    async fn as_reader(&self, role: &str) -> Self {
        self.execute(&[
            &format!("CREATE ROLE {role} LOGIN"),
            &format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"),
        ])
        .await;
        Self {
            url: self.url.replacen("postgres@", &format!("{role}@"), 1),
            ..self.clone()
        }
    }
}

/// A schema that is searched first has what its maker likes; rules leave out what they like.
pub(crate) async fn nothing_that_postgresql_hides_is_hidden_from_auditors(database: Database) {
    if !database.is_postgres() {
        return;
    }
    database.with_history().await;
    let role = format!("auditor_{}", Uuid::new_v4().simple());
    let auditor = database.as_reader(&role).await;
    database
        .execute(&[
            &format!("CREATE SCHEMA {role}"),
            &format!("CREATE TABLE {role}.events AS SELECT * FROM events WHERE position < 3"),
            &format!("GRANT ALL ON SCHEMA {role} TO {role}"),
            &format!("GRANT SELECT ON ALL TABLES IN SCHEMA {role} TO {role}"),
        ])
        .await;
    assert_eq!(auditor.log(), database.log());

    let head = format!("CREATE TABLE {role}.log_head AS SELECT * FROM log_head");
    database.execute(&[&head]).await;
    let told = auditor.replay(&["log"]).impossible();
    assert!(told.contains("the database holds several logs"), "{told}");
    database
        .execute(&[&format!("DROP SCHEMA {role} CASCADE")])
        .await;

    database
        .execute(&[
            "ALTER TABLE events ENABLE ROW LEVEL SECURITY",
            "CREATE POLICY few ON events FOR SELECT USING (position < 5)",
        ])
        .await;
    let told = auditor.replay(&["log"]).impossible();
    assert!(told.contains("row-level security"), "{told}");

    database
        .execute(&[
            "ALTER TABLE events DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE events RENAME TO hidden",
            "CREATE VIEW events AS SELECT * FROM hidden WHERE position < 5",
            &format!("GRANT SELECT ON events TO {role}"),
        ])
        .await;
    let told = auditor.replay(&["log"]).impossible();
    assert!(told.contains("the database holds no log"), "{told}");
    database
        .execute(&[
            &format!("DROP OWNED BY {role}"),
            &format!("DROP ROLE {role}"),
        ])
        .await;
}
