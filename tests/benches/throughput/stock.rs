//! The peer: cqrs-es with postgres-es, used as its documentation says.

use std::sync::Arc;

use cqrs_es::persist::{PersistedEventRepository, PersistedEventStore, SerializedEvent};
use cqrs_es::{CqrsFramework, DomainEvent};
use postgres_es::PostgresEventRepository;
use sqlx::{Executor, PgPool};

use super::database::{Databases, POOL, pool};
use super::probe::{Note, Probe, ProbeEvent};

/// The tables its documentation asks for.
pub(crate) const EVENTS_TABLE: &str = "
CREATE TABLE events (
    aggregate_type text NOT NULL, aggregate_id text NOT NULL,
    sequence bigint CHECK (sequence >= 0) NOT NULL,
    event_type text NOT NULL, event_version text NOT NULL,
    payload json NOT NULL, metadata json NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence))";

pub(crate) type Framework =
    CqrsFramework<Probe, PersistedEventStore<PostgresEventRepository, Probe>>;

#[derive(Clone)]
pub(crate) struct Stock {
    pub(crate) pool: PgPool,
    pub(crate) framework: Arc<Framework>,
}

impl Stock {
    pub(crate) async fn start(databases: &Databases) -> Self {
        let pool = pool(&databases.postgres("stock").await, POOL).await;
        pool.execute(EVENTS_TABLE).await.expect("the events table");
        let store =
            PersistedEventStore::new_event_store(PostgresEventRepository::new(pool.clone()));
        let framework = Arc::new(CqrsFramework::new(store, vec![], ()));
        Self { pool, framework }
    }

    /// Its append alone: no aggregate is loaded.
    pub(crate) async fn append(&self, stream: String, number: u64) {
        let event = ProbeEvent::number(number);
        let serialized = SerializedEvent::new(
            stream,
            1,
            "probe".to_owned(),
            event.event_type(),
            event.event_version(),
            serde_json::to_value(&event).expect("an event is JSON"),
            serde_json::json!({ "actor": "bench", "correlation_id": uuid::Uuid::new_v4() }),
        );
        let repository = PostgresEventRepository::new(self.pool.clone());
        repository
            .persist::<Probe>(&[serialized], None)
            .await
            .expect("an append");
    }

    pub(crate) async fn execute(&self, stream: &str, number: u64) {
        self.framework
            .execute(stream, Note(number))
            .await
            .expect("a command");
    }
}
