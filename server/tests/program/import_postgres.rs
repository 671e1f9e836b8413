//! PostgreSQL as the original's database and as ours.

use crate::support::{
    AFTER_A, Installation, fixture, postgres_original, sqlite_original, with_database,
};

/// Streams and payloads, which do not depend on when and where they were recorded.
async fn told(installation: &Installation) -> Vec<(String, String)> {
    let recorded = installation.recorded().await;
    let told = recorded
        .into_iter()
        .filter(|event| event.stream.aggregate_type != "legacy_record")
        .map(|event| {
            let payload: serde_json::Value = serde_json::from_str(&event.payload).unwrap();
            (event.stream.to_string(), payload.to_string())
        });
    told.collect()
}

#[tokio::test]
async fn both_databases_of_the_original_give_the_same_events() {
    with_database(async |url| {
        postgres_original(url, AFTER_A).await;
        let from_postgres = Installation::new();
        let report = from_postgres.succeed(&["import-legacy", "--from", url]);
        assert!(
            report.contains("strategy_instances                    3 recorded"),
            "{report}"
        );
        let from_sqlite = Installation::new();
        let file = from_sqlite.beside("original.sqlite");
        sqlite_original(&file, AFTER_A).await;
        from_sqlite.import(&file);
        assert_eq!(told(&from_postgres).await, told(&from_sqlite).await);
        assert_eq!(
            from_postgres.recorded().await.len(),
            from_sqlite.recorded().await.len()
        );
    })
    .await;
}

#[tokio::test]
async fn the_log_may_be_in_postgres() {
    with_database(async |url| {
        let shared = Installation::on(url);
        shared.import(&fixture());
        let embedded = Installation::new();
        embedded.import(&fixture());
        assert_eq!(told(&shared).await, told(&embedded).await);
        let again = shared.import(&fixture());
        assert!(again.contains("0 recorded, 5 already there"), "{again}");
        assert_eq!(shared.recorded().await.len(), 7);
    })
    .await;
}
