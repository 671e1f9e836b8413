//! One event to a new stream, durable: the append path and nothing else.

use std::sync::Arc;

use cqrs_es::DomainEvent;
use domain::clock::FixedClock;
use event_store::{
    Actor, Append, EventLog, Expected, Metadata, NewEvent, Position, Role, Source, StreamName,
};
use sqlx::{Executor, PgPool};
use uuid::Uuid;

use super::database::{Databases, pool};
use super::load_driver::{Sample, Table, drive};
use super::probe::ProbeEvent;
use super::stock::Stock;

const ROUNDS: usize = 3;

pub(crate) async fn measure(databases: &Databases, seconds: u64) {
    let stock = Stock::start(databases).await;
    let database = databases.postgres("ours").await;
    let postgres = open(&database).await;
    let batches = Batches(pool(&database, 1).await);
    let sqlite = open(&databases.sqlite()).await;
    let limit = limit_table(databases).await;
    let mut table = Table::new(
        "Appends of one event to distinct streams",
        &[
            "stock postgres-es",
            "ours, PostgreSQL",
            "limit, PostgreSQL",
            "ours, SQLite",
        ],
    );
    for concurrency in [1, 8, 32, 128] {
        let mut rounds = Vec::new();
        let mut batch = 1;
        for _ in 0..ROUNDS {
            let stock = drive_stock(&stock, concurrency, seconds).await;
            let before = postgres.head().await.expect("the log answers");
            let ours = drive_ours(&postgres, concurrency, seconds).await;
            batch = batches.mean_since(before).await;
            let limit = drive_limit(&limit, batch, seconds).await;
            let sqlite = drive_ours(&sqlite, concurrency, seconds).await;
            rounds.push(vec![stock, ours, limit, sqlite]);
        }
        let label = format!("{concurrency} concurrent, in batches of {batch}");
        table.row(label, &rounds);
    }
    table.print();
}

pub(crate) async fn open(url: &str) -> Arc<dyn EventLog> {
    let clock = Arc::new(FixedClock(chrono::DateTime::UNIX_EPOCH));
    event_store::open(url, clock)
        .await
        .expect("the event store opens")
}

pub(crate) fn metadata() -> Metadata {
    Metadata::new(
        Actor::new("bench", Role::System),
        Source::CommandLine,
        Uuid::new_v4(),
    )
}

async fn drive_stock(stock: &Stock, concurrency: usize, seconds: u64) -> Sample {
    let stock = stock.clone();
    drive(concurrency, seconds, move |_, iteration| {
        let stock = stock.clone();
        async move { stock.append(Uuid::new_v4().to_string(), iteration).await }
    })
    .await
}

async fn drive_ours(log: &Arc<dyn EventLog>, concurrency: usize, seconds: u64) -> Sample {
    let log = log.clone();
    drive(concurrency, seconds, move |_, iteration| {
        let log = log.clone();
        async move {
            log.append(append_of(iteration)).await.expect("an append");
        }
    })
    .await
}

fn append_of(iteration: u64) -> Append {
    let event = ProbeEvent::number(iteration);
    Append {
        stream: StreamName::new("probe", Uuid::new_v4().to_string()),
        expected: Expected::Version(0),
        events: vec![NewEvent {
            event_id: event_id(),
            event_type: event.event_type(),
            event_version: event.event_version(),
            payload: serde_json::to_string(&event).expect("an event is JSON"),
        }],
        metadata: metadata(),
        unchanged: vec![],
        idempotency: None,
    }
}

/// As the command gateway mints them: in order, so that their index grows at its end.
fn event_id() -> Uuid {
    #[expect(
        clippy::disallowed_methods,
        reason = "the benchmark is an edge where event ids are minted"
    )]
    Uuid::now_v7()
}

/// The same columns and indexes as ours, filled by hand.
async fn limit_table(databases: &Databases) -> PgPool {
    let pool = pool(&databases.postgres("limit").await, 1).await;
    pool.execute(
        "CREATE TABLE events (
            aggregate_type text NOT NULL, aggregate_id text NOT NULL, sequence bigint NOT NULL,
            event_type text NOT NULL, event_version text NOT NULL,
            payload json NOT NULL, metadata json NOT NULL,
            position bigint NOT NULL UNIQUE, event_id uuid NOT NULL UNIQUE,
            recorded_at timestamptz NOT NULL,
            PRIMARY KEY (aggregate_type, aggregate_id, sequence));
         CREATE SEQUENCE positions",
    )
    .await
    .expect("the table");
    pool
}

/// How many events our transactions in a PostgreSQL database hold.
pub(crate) struct Batches(pub(crate) PgPool);

impl Batches {
    pub(crate) async fn mean_since(&self, before: Position) -> usize {
        let mean: i64 = sqlx::query_scalar(
            "SELECT round(count(*)::numeric / greatest(count(DISTINCT xmin::text), 1))::bigint
             FROM events WHERE position > $1",
        )
        .bind(i64::try_from(before.0).expect("small"))
        .fetch_one(&self.0)
        .await
        .expect("our events");
        usize::try_from(mean).unwrap_or(1).max(1)
    }
}

/// One connection inserting batches as large as ours were, each event with texts of its own as
/// ours have, without any of the checks: what the database itself can take.
async fn drive_limit(pool: &PgPool, batch: usize, seconds: u64) -> Sample {
    const INSERT: &str = "
        INSERT INTO events
        SELECT 'probe', id, 1, 'Noted', '1.0', payload::json, metadata::json,
               nextval('positions'), event_id, now()
        FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[])
            AS batch (id, payload, metadata, event_id)";
    let batches = pool.clone();
    let mut sample = drive(1, seconds, move |_, iteration| {
        let pool = batches.clone();
        let each = || 0..batch;
        let ids: Vec<String> = each().map(|_| Uuid::new_v4().to_string()).collect();
        let payload = |_| serde_json::to_string(&ProbeEvent::number(iteration));
        let payloads: Result<Vec<String>, _> = each().map(payload).collect();
        let meta = |_| serde_json::to_string(&metadata());
        let metas: Result<Vec<String>, _> = each().map(meta).collect();
        let event_ids: Vec<Uuid> = each().map(|_| event_id()).collect();
        async move {
            sqlx::query(INSERT)
                .bind(&ids)
                .bind(payloads.expect("an event is JSON"))
                .bind(metas.expect("metadata is JSON"))
                .bind(&event_ids)
                .execute(&pool)
                .await
                .expect("an insert");
        }
    })
    .await;
    sample.per_second *= batch as f64;
    sample
}
