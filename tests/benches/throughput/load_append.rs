//! A command on a stream of 20 events: load it, fold it, append one more.

use std::sync::Arc;

use futures::StreamExt;

use cqrs_es::DomainEvent;
use event_store::{Append, CommandGateway, EventLog, Expected, NewEvent, StreamName};
use uuid::Uuid;

use super::append::{metadata, open};
use super::database::Databases;
use super::load_driver::{Sample, Table, drive};
use super::probe::{Note, Probe, ProbeEvent};
use super::stock::Stock;

const ROUNDS: usize = 3;
/// Enough that no aggregate stays in a cache between two commands on it by accident of size.
const STREAMS: u64 = 20_000;
const EVENTS: u64 = 20;

pub(crate) async fn measure(databases: &Databases, seconds: u64) {
    let stock = Stock::start(databases).await;
    fill_stock(&stock).await;
    let postgres = open(&databases.postgres("ours").await).await;
    let sqlite = open(&databases.sqlite()).await;
    for log in [&postgres, &sqlite] {
        fill(log).await;
    }
    let mut table = Table::new(
        "Load a stream of 20 events and append one",
        &["stock cqrs-es", "ours, PostgreSQL", "ours, SQLite"],
    );
    for concurrency in [1, 8, 32, 128] {
        let mut rounds = Vec::new();
        for _ in 0..ROUNDS {
            rounds.push(vec![
                drive_stock(&stock, concurrency, seconds).await,
                drive_ours(&postgres, concurrency, seconds).await,
                drive_ours(&sqlite, concurrency, seconds).await,
            ]);
        }
        table.row(format!("{concurrency} concurrent"), &rounds);
    }
    table.print();
}

fn stream(worker: usize, iteration: u64, concurrency: usize) -> String {
    // Workers never share a stream, so nobody measures conflicts
    let number = (worker as u64 + iteration * concurrency as u64) % STREAMS;
    format!("stream-{number}")
}

async fn drive_stock(stock: &Stock, concurrency: usize, seconds: u64) -> Sample {
    let stock = stock.clone();
    drive(concurrency, seconds, move |worker, iteration| {
        let stock = stock.clone();
        async move {
            let stream = stream(worker, iteration, concurrency);
            stock.execute(&stream, iteration).await;
        }
    })
    .await
}

/// A gateway of its own each time: nothing is cached from an earlier round.
async fn drive_ours(log: &Arc<dyn EventLog>, concurrency: usize, seconds: u64) -> Sample {
    let gateway = Arc::new(CommandGateway::<Probe>::new(log.clone(), ()));
    drive(concurrency, seconds, move |worker, iteration| {
        let gateway = gateway.clone();
        async move {
            let stream = stream(worker, iteration, concurrency);
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
    sqlx::query("ANALYZE events")
        .execute(&stock.pool)
        .await
        .expect("ANALYZE");
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
