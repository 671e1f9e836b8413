//! A command on a stream of 20 events: load it, fold it, append one more.
//!
//! Ours twice: as it runs, remembering the aggregates that are busy, and cold, each command the first
//! on its stream, so that everything is read from the log.

use std::ops::Range;
use std::sync::Arc;

use futures::StreamExt;

use cqrs_es::DomainEvent;
use event_store::{Append, CommandGateway, EventLog, Expected, NewEvent, StreamName};
use uuid::Uuid;

use super::append::{metadata, open};
use super::database::{Databases, pool, settle};
use super::load_driver::{Sample, Table, drive};
use super::probe::{Note, Probe, ProbeEvent};
use super::stock::Stock;

const ROUNDS: usize = 3;
const STREAMS: u64 = 40_000;
/// The first ones, as many as one node is meant to run. Commands elsewhere would make what is
/// remembered of them stale, so cold ones take the others: more than there are commands in a sample.
const BUSY: u64 = 10_000;
const EVENTS: u64 = 20;

type Gateway = Arc<CommandGateway<Probe>>;

pub(crate) async fn measure(databases: &Databases, seconds: u64) {
    let stock = Stock::start(databases).await;
    fill_stock(&stock).await;
    let database = databases.postgres("ours").await;
    let postgres = open(&database).await;
    let sqlite = open(&databases.sqlite()).await;
    for log in [&postgres, &sqlite] {
        fill(log).await;
    }
    settle(&stock.pool).await;
    settle(&pool(&database, 1).await).await;
    let mut table = Table::new(
        "Load a stream of 20 events and append one",
        &[
            "stock cqrs-es",
            "ours, PostgreSQL",
            "ours, PostgreSQL, cold",
            "ours, SQLite",
            "ours, SQLite, cold",
        ],
    );
    let (busy_postgres, busy_sqlite) = (busy(&postgres).await, busy(&sqlite).await);
    for concurrency in [1, 8, 32, 128] {
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            rounds.push(vec![
                drive_stock(&stock, concurrency, seconds).await,
                drive_ours(&busy_postgres, 0..BUSY, concurrency, seconds).await,
                drive_ours(&cold(&postgres), BUSY..STREAMS, concurrency, seconds).await,
                drive_ours(&busy_sqlite, 0..BUSY, concurrency, seconds).await,
                drive_ours(&cold(&sqlite), BUSY..STREAMS, concurrency, seconds).await,
            ]);
        }
        table.row(format!("{concurrency} concurrent"), &rounds);
    }
    table.print();
}

fn stream(worker: usize, iteration: u64, concurrency: usize, streams: &Range<u64>) -> String {
    // Workers never share a stream, so nobody measures conflicts
    let turn = worker as u64 + iteration * concurrency as u64;
    let number = streams.start + turn % (streams.end - streams.start);
    format!("stream-{number}")
}

async fn drive_stock(stock: &Stock, concurrency: usize, seconds: u64) -> Sample {
    let stock = stock.clone();
    drive(concurrency, seconds, move |worker, iteration| {
        let stock = stock.clone();
        async move {
            let stream = stream(worker, iteration, concurrency, &(0..STREAMS));
            stock.execute(&stream, iteration).await;
        }
    })
    .await
}

fn cold(log: &Arc<dyn EventLog>) -> Gateway {
    Arc::new(CommandGateway::new(log.clone(), ()))
}

/// Has seen each busy stream once.
async fn busy(log: &Arc<dyn EventLog>) -> Gateway {
    let gateway = cold(log);
    for number in 0..BUSY {
        let loaded = gateway.load(&format!("stream-{number}")).await;
        loaded.expect("the stream loads");
    }
    gateway
}

async fn drive_ours(
    gateway: &Gateway,
    streams: Range<u64>,
    concurrency: usize,
    seconds: u64,
) -> Sample {
    let gateway = gateway.clone();
    drive(concurrency, seconds, move |worker, iteration| {
        let gateway = gateway.clone();
        let stream = stream(worker, iteration, concurrency, &streams);
        async move {
            gateway
                .execute(&stream, Note(iteration), metadata())
                .await
                .expect("a command");
        }
    })
    .await
}

async fn fill_stock(stock: &Stock) {
    sqlx::query(
        "INSERT INTO events
         SELECT 'probe', 'stream-' || s, e, 'Noted', '1.0', $1::json, '{}'::json
         FROM generate_series(0, $2 - 1) AS s, generate_series(1, $3) AS e",
    )
    .bind(serde_json::to_string(&ProbeEvent::number(1)).expect("an event is JSON"))
    .bind(i64::try_from(STREAMS).expect("small"))
    .bind(i64::try_from(EVENTS).expect("small"))
    .execute(&stock.pool)
    .await
    .expect("the streams");
}

async fn fill(log: &Arc<dyn EventLog>) {
    let appends = (0..STREAMS).map(|number| {
        let log = log.clone();
        async move { log.append(twenty_events(number)).await.expect("an append") }
    });
    futures::stream::iter(appends)
        .buffer_unordered(256)
        .for_each(|_| std::future::ready(()))
        .await;
}

fn twenty_events(number: u64) -> Append {
    let event = |n| {
        let event = ProbeEvent::number(n);
        NewEvent {
            event_id: Uuid::new_v4(),
            event_type: event.event_type(),
            event_version: event.event_version(),
            payload: serde_json::to_string(&event).expect("an event is JSON"),
        }
    };
    Append {
        stream: StreamName::new("probe", format!("stream-{number}")),
        expected: Expected::Version(0),
        events: (1..=EVENTS).map(event).collect(),
        metadata: metadata(),
        unchanged: vec![],
        idempotency: None,
    }
}
