//! postgres-es reads our tables with its own repository.

use cqrs_es::persist::PersistedEventRepository;
use event_store::{CommandGateway, Metadata};
use postgres_es::{PostgresEventRepository, default_postgress_pool};
use serde_json::json;

use crate::counter::{Counter, CounterCommand};
use crate::database::{Database, on_postgres};
use crate::events::metadata;

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_readable_by_postgres_es() {
    on_postgres(async |db: Database| {
        let log = db.open().await;
        let gateway = CommandGateway::<Counter>::new(log, ());
        let count = CounterCommand::Count(vec![3, 4]);
        gateway.execute("c", count, metadata()).await.unwrap();
        gateway
            .execute("c", CounterCommand::Close, metadata())
            .await
            .unwrap();
        gateway
            .execute("d", CounterCommand::Close, metadata())
            .await
            .unwrap();

        let pool = default_postgress_pool(&db.url).await;
        let repository = PostgresEventRepository::new(pool.clone());
        let events = repository.get_events::<Counter>("c").await.unwrap();
        let newer = repository.get_last_events::<Counter>("c", 2).await.unwrap();
        pool.close().await;

        let read: Vec<_> = events
            .iter()
            .map(|e| (e.sequence, e.event_type.as_str(), e.payload.clone()))
            .collect();
        assert_eq!(
            read,
            [
                (1, "Counted", json!({"Counted": {"by": 3}})),
                (2, "Counted", json!({"Counted": {"by": 4}})),
                (3, "Closed", json!({"Closed": {}})),
            ]
        );
        assert_eq!(newer, events[2..]);
        let told: Metadata = serde_json::from_value(events[0].metadata.clone()).unwrap();
        assert_eq!(told, metadata());
    })
    .await;
}
