//! `verify projections` and `rebuild`.

use std::sync::Arc;

use domain::clock::FixedClock;
use projections::projector::names;
use projections::{Projector, Tables};

use crate::database::Database;
use crate::history::{LENGTH, time_of};

impl Database {
    /// The history, and the tables that a server would have made of it.
    async fn with_tables(&self) {
        self.with_history().await;
        self.with_tables_of_it().await;
    }

    /// The tables that a server would have made of the history there is.
    pub(crate) async fn with_tables_of_it(&self) {
        let clock = Arc::new(FixedClock(time_of(LENGTH)));
        let log = event_store::open(&self.url, clock.clone()).await.unwrap();
        let tables = Tables::connect(&self.url).await.unwrap();
        tables.migrate().await.unwrap();
        let projector = Projector::new(tables.clone(), log.clone(), clock);
        projector.catch_up_all().await.unwrap();
        tables.close().await;
        log.close().await;
    }
}

pub(crate) async fn tables_that_tell_what_the_log_tells_are_fine(database: Database) {
    database.with_tables().await;

    let told = database.replay(&["verify", "projections"]).fine();

    assert!(told.contains("ok      strategy_instances: 1 rows compared with what the log makes of its first 12 events"), "{told}");
    assert_eq!(told.lines().count(), names().len(), "{told}");
}

pub(crate) async fn every_difference_is_told_and_a_rebuild_mends_it(database: Database) {
    database.with_tables().await;
    database
        .execute(&[
            "UPDATE strategy_instances SET status = 'running', executed_trades = 7",
            "DELETE FROM strategy_definition_versions WHERE version = '1.0.1'",
            "UPDATE strategy_definitions SET key = 'pure-market-faking'",
        ])
        .await;

    let told = database.replay(&["verify", "projections"]).wrong();
    let one = database
        .replay(&["verify", "projections", "legacy_usage"])
        .fine();

    let instance = "strategy_instances: \"user123-order-7-pureMarketMaking\"";
    let definition = "strategy_definitions: \"pure-market-faking\" is not in the log";
    for expected in [
        &format!("{instance}: status is \"running\", the log says \"stopped\""),
        &format!("{instance}: executed_trades is 7, the log says 0"),
        "strategy_definition_versions: \"pure-market-making\" \"1.0.1\" is missing",
        definition,
        "strategy_definitions: \"pure-market-making\" is missing",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert_eq!(told.matches("FAILED").count(), 5, "{told}");
    assert!(!one.contains("strategy_instances"), "{one}");

    database
        .replay(&["rebuild", "--reason", "they lie", "--as", "carol"])
        .fine();

    database.replay(&["verify", "projections"]).fine();
    let recorded = database.replay(&["log", "--actor", "carol"]).fine();
    assert_eq!(
        recorded.matches("ProjectionRebuildRequested").count(),
        2 * names().len(),
        "{recorded}"
    );
    assert_eq!(
        recorded.matches("\"reason\":\"they lie\"").count(),
        names().len(),
        "{recorded}"
    );
}

pub(crate) async fn a_rebuild_without_a_reason_is_not_begun(database: Database) {
    database.with_tables().await;
    assert_eq!(database.replay(&["rebuild"]).code, 2);
    let lines = ["rebuild", "--reason", "a\nb\u{7}"];
    assert_eq!(database.replay(&lines).code, 2);
    assert_eq!(
        database.replay(&["log", "--stream", "projection"]).fine(),
        ""
    );
}
