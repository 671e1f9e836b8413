//! Rebuilding the read tables from the log: ours on both databases, stock replay through a view
//! repository, and the least that must happen anyway (read every payload once, COPY the resulting
//! rows).

use std::sync::Arc;
use std::time::{Duration, Instant};

use cqrs_es::persist::{GenericQuery, QueryReplay};
use cqrs_es::{EventEnvelope, View};
use domain::clock::FixedClock;
use domain::instance::{Instance, InstanceEvent, Run, StopMode};
use domain::money::Decimal;
use event_store::{Append, Expected, NewEvent, StreamName};
use futures::StreamExt;
use postgres_es::{PostgresEventRepository, PostgresViewRepository};
use projections::{Projector, Tables};
use serde::{Deserialize, Serialize};
use sqlx::{Executor, PgPool};
use uuid::Uuid;

use super::append::{metadata, open};
use super::database::{Databases, POOL, pool};
use super::stock::EVENTS_TABLE;

pub(crate) const INSTANCES: u64 = 200_000;
pub(crate) const EVENTS_EACH: u64 = 5;
/// What the goal and the peer speak of.
const THE_TABLES: [&str; 3] = [
    "strategy_definitions",
    "strategy_definition_versions",
    "strategy_instances",
];
/// Stock replay is slow enough that a fiftieth tells its rate.
const STOCK_INSTANCES: u64 = 4_000;

pub(crate) async fn measure(databases: &Databases) {
    println!("\n### Rebuild of the read tables\n");
    let events = INSTANCES * EVENTS_EACH;
    println!("{events} events of {INSTANCES} instances");
    println!("\n| | seconds | events/s |\n| --- | ---: | ---: |");
    let file = databases.sqlite();
    fill(&file, "SQLite: appending them", INSTANCES).await;
    rebuild_all(&file, "SQLite").await;
    let url = databases.postgres("rebuild").await;
    fill(&url, "PostgreSQL: appending them", INSTANCES).await;
    let pool = pool(&url, POOL).await;
    pool.execute("ANALYZE").await.expect("ANALYZE");
    let ours = rebuild_all(&url, "PostgreSQL").await;
    let floor = floor(&pool).await;
    line("floor: read payloads, COPY rows", events, floor);
    let (stock_events, stock) = stock(databases, &pool).await;
    line("stock replay, instances only", stock_events, stock);
    let ours_rate = events as f64 / ours.as_secs_f64();
    let stock_rate = stock_events as f64 / stock.as_secs_f64();
    println!("\nours ÷ stock: {:.0}", ours_rate / stock_rate);
    println!(
        "ours ÷ floor (time): {:.2}",
        ours.as_secs_f64() / floor.as_secs_f64()
    );
}

async fn rebuild_all(url: &str, label: &str) -> Duration {
    let log = open(url).await;
    let events = log.head().await.expect("a head").0;
    let mut all = Duration::ZERO;
    for (name, took) in rebuild_each(url).await {
        let counts = THE_TABLES.contains(&name);
        line(&format!("{label}: ours, {name}"), events, took);
        all += if counts { took } else { Duration::ZERO };
    }
    line(&format!("{label}: ours, the first three"), events, all);
    all
}

/// Each of the tables, and how long it took.
pub(crate) async fn rebuild_each(url: &str) -> Vec<(&'static str, Duration)> {
    let log = open(url).await;
    let tables = Tables::connect(url).await.expect("the tables open");
    tables.migrate().await.expect("the tables migrate");
    let clock = Arc::new(FixedClock(chrono::DateTime::UNIX_EPOCH));
    let projector = Projector::new(tables, log, clock);
    let mut all = vec![];
    for name in projections::projector::names() {
        let rebuilt = async { projector.rebuild(name, &|_| ()).await.expect("a rebuild") };
        all.push((name, timed(rebuilt).await));
    }
    all
}

async fn timed<T>(work: impl Future<Output = T>) -> Duration {
    let start = Instant::now();
    work.await;
    start.elapsed()
}

pub(crate) fn line(label: &str, events: u64, took: Duration) {
    let seconds = took.as_secs_f64();
    println!(
        "| {label} | {seconds:.2} | {:.0} |",
        events as f64 / seconds
    );
}

/// Started, stopped, restarted, stopped, restarted: as an instance of some age looks.
pub(crate) async fn fill(url: &str, label: &str, instances: u64) {
    let log = open(url).await;
    let appends = (0..instances).map(|number| {
        let log = log.clone();
        async move { log.append(life(number)).await.expect("an append") }
    });
    let appends = futures::stream::iter(appends).buffer_unordered(256);
    let took = timed(appends.for_each(|_| std::future::ready(()))).await;
    line(label, instances * EVENTS_EACH, took);
    log.close().await;
}

fn life(number: u64) -> Append {
    let run = |run| Run {
        number: run,
        user_id: domain::ids::UserId::new(format!("user-{number}")),
        client_id: domain::ids::ClientId::new("client"),
        strategy_type: "pureMarketMaking".to_owned(),
        executor_type: domain::ids::ExecutorType::new("pureMarketMaking"),
        definition: None,
        config: config(),
        market_making_order_id: None,
        start_price: Decimal::one(),
        started_at: chrono::DateTime::UNIX_EPOCH,
    };
    let stopped = |run| InstanceEvent::InstanceStopped {
        run,
        reason: Some("maintenance".to_owned()),
        mode: StopMode::Cancel,
        stopped_at: chrono::DateTime::UNIX_EPOCH,
    };
    let events = [
        InstanceEvent::InstanceStarted(run(1)),
        stopped(1),
        InstanceEvent::InstanceRestarted(run(2)),
        stopped(2),
        InstanceEvent::InstanceRestarted(run(3)),
    ];
    assert_eq!(events.len() as u64, EVENTS_EACH);
    Append {
        stream: StreamName::new("strategy_instance", format!("user-{number}-client-pmm")),
        expected: Expected::Version(0),
        events: events.iter().map(stored).collect(),
        metadata: metadata(),
        unchanged: vec![],
        idempotency: None,
    }
}

pub(crate) fn stored(event: &InstanceEvent) -> NewEvent {
    NewEvent {
        event_id: Uuid::new_v4(),
        event_type: cqrs_es::DomainEvent::event_type(event),
        event_version: cqrs_es::DomainEvent::event_version(event),
        payload: serde_json::to_string(event).expect("an event is JSON"),
    }
}

pub(crate) fn config() -> serde_json::Map<String, serde_json::Value> {
    let config = serde_json::json!({
        "pair": "BTC/USDT", "exchangeName": "binance", "bidSpread": 0.001, "askSpread": 0.001,
        "orderAmount": 0.01, "orderRefreshTime": 15000, "numberOfLayers": 1,
        "priceSourceType": "mid_price", "amountChangePerLayer": 0, "amountChangeType": "fixed",
    });
    config.as_object().expect("an object").clone()
}

/// Nobody can rebuild without reading the payloads and storing the rows.
async fn floor(pool: &PgPool) -> Duration {
    pool.execute("CREATE TABLE floor_rows (LIKE strategy_instances INCLUDING ALL)")
        .await
        .expect("a table like ours");
    let rows = copy_out(pool).await;
    let start = Instant::now();
    let mut payloads =
        sqlx::query_scalar::<_, String>("SELECT payload::text FROM events ORDER BY position")
            .fetch(pool);
    let mut bytes = 0;
    while let Some(payload) = payloads.next().await {
        bytes += payload.expect("a payload").len();
    }
    assert!(bytes > 0);
    drop(payloads);
    let mut connection = pool.acquire().await.expect("a connection");
    let mut copy = connection
        .copy_in_raw("COPY floor_rows FROM STDIN")
        .await
        .expect("COPY");
    for chunk in rows.chunks(1 << 20) {
        copy.send(chunk).await.expect("COPY data");
    }
    copy.finish().await.expect("COPY ends");
    start.elapsed()
}

async fn copy_out(pool: &PgPool) -> Vec<u8> {
    let mut connection = pool.acquire().await.expect("a connection");
    let mut chunks = connection
        .copy_out_raw("COPY strategy_instances TO STDOUT")
        .await
        .expect("COPY");
    let mut rows = Vec::new();
    while let Some(chunk) = chunks.next().await {
        rows.extend_from_slice(&chunk.expect("a chunk"));
    }
    rows
}

/// What a service on stock cqrs-es would keep per instance.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct InstanceView {
    status: String,
    runs: u32,
    config: serde_json::Map<String, serde_json::Value>,
}

impl View<Instance> for InstanceView {
    fn update(&mut self, event: &EventEnvelope<Instance>) {
        match &event.payload {
            InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
                "running".clone_into(&mut self.status);
                self.runs = run.number;
                self.config.clone_from(&run.config);
            }
            InstanceEvent::InstanceStopped { .. } => "stopped".clone_into(&mut self.status),
            _ => {}
        }
    }
}

type InstanceQuery =
    GenericQuery<PostgresViewRepository<InstanceView, Instance>, InstanceView, Instance>;

/// Aggregate id, sequence, event type, event version, payload.
type StoredRow = (String, i64, String, String, String);

async fn stock(databases: &Databases, ours: &PgPool) -> (u64, Duration) {
    let pool = pool(&databases.postgres("stock_rebuild").await, POOL).await;
    pool.execute(EVENTS_TABLE).await.expect("the events table");
    pool.execute(
        "CREATE TABLE instances (view_id text PRIMARY KEY, version bigint NOT NULL, payload json NOT NULL)",
    )
    .await
    .expect("the view table");
    let limit = i64::try_from(STOCK_INSTANCES * EVENTS_EACH).expect("small");
    let rows: Vec<StoredRow> = sqlx::query_as(
        "SELECT aggregate_id, sequence, event_type, event_version, payload::text
         FROM events ORDER BY position LIMIT $1",
    )
    .bind(limit)
    .fetch_all(ours)
    .await
    .expect("our events");
    for (id, sequence, event_type, version, payload) in &rows {
        sqlx::query(
            "INSERT INTO events VALUES ('strategy_instance', $1, $2, $3, $4, $5::json, '{}')",
        )
        .bind(id)
        .bind(sequence)
        .bind(event_type)
        .bind(version)
        .bind(payload)
        .execute(&pool)
        .await
        .expect("a stock event");
    }
    let views = Arc::new(PostgresViewRepository::new("instances", pool.clone()));
    let query: InstanceQuery = GenericQuery::new(views);
    let replay = QueryReplay::new(PostgresEventRepository::new(pool), query);
    let took = timed(async { replay.replay_all().await.expect("a replay") }).await;
    (rows.len() as u64, took)
}
