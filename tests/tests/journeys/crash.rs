//! `kill -9` while instances trade: what was acknowledged is still there, what ran runs again, and
//! no order reaches the exchange twice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use domain::event::Event;
use domain::execution::ExecutionEvent;
use domain::ids::ClientOrderId;
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use tests::server_process::replay_program;
use tests::{Client, LogWatch, ServerProcess};

const INSTANCES: usize = 6;
const CRASHES: usize = 4;

fn volume(id: &str, number: usize) -> Value {
    json!({
        "definitionId": id, "userId": format!("user-{number}"), "clientId": "c",
        "config": { "symbol": "BTC/USDT", "exchangeName": "binance", "intervalTime": 1,
                    "numTrades": 1000, "tradeAmount": 0.001 },
    })
}

fn market_making(id: &str, number: usize) -> Value {
    json!({
        "definitionId": id, "userId": format!("user-{number}"), "clientId": "c",
        "config": { "pair": "WLD/USDT", "exchangeName": "mexc", "orderRefreshTime": 1000,
                    "bidSpread": 0.002, "askSpread": 0.002, "orderAmount": 5,
                    "priceSourceType": "mid_price" },
    })
}

#[tokio::test]
async fn instances_survive_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = ServerProcess::start(folder.path());
    let client = Client::log_in(&server.url).await;
    let making = client.definition_id("pure-market-making").await;
    let volumes = client.definition_id("volume").await;
    let mut acknowledged = BTreeSet::new();
    for number in 0..INSTANCES {
        let (body, kind) = if number % 2 == 0 {
            (market_making(&making, number), "pureMarketMaking")
        } else {
            (volume(&volumes, number), "volume")
        };
        client.post("/admin/strategy/instances/start", body).await;
        acknowledged.insert(format!("user-{number}-c-{kind}"));
    }
    let mut log = LogWatch::open(folder.path()).await;
    for crash in 0..CRASHES {
        let before = intents(&log.decoded().await);
        log.until("more orders from every instance", |events| {
            every_instance_ordered_since(&before, &intents(events))
        })
        .await;
        server.kill();
        server = ServerProcess::start(folder.path());
        let client = Client::log_in(&server.url).await;
        let rows = client.get("/strategy/running").await;
        let rows = rows.as_array().unwrap();
        let running: BTreeSet<String> = rows
            .iter()
            .map(|row| row["strategyKey"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(running, acknowledged, "after crash {crash}");
    }
    let resumed = log.decoded().await;
    let resumed = resumed.iter().filter(|(_, event)| {
        matches!(
            event,
            Event::Execution(ExecutionEvent::ExecutionResumed { .. })
        )
    });
    assert!(
        resumed.count() >= INSTANCES,
        "instances resume after a crash"
    );
    server.kill();
    let intended = assert_each_order_was_sent_once(&log.decoded().await);
    assert_the_exchange_has_no_order_but(&intended, folder.path()).await;
    assert_the_auditor_finds_nothing_wrong(folder.path());
    assert_each_decision_can_be_taken_again(&intended, folder.path());
}

/// The paper exchange outlived every crash, so it knows what really reached it.
async fn assert_the_exchange_has_no_order_but(intended: &BTreeSet<ClientOrderId>, folder: &Path) {
    let file = SqliteConnectOptions::new().filename(folder.join("paper-venue.sqlite"));
    let mut exchange = file.connect().await.unwrap();
    let orders: Vec<String> = sqlx::query_scalar("SELECT client_order_id FROM paper_orders")
        .fetch_all(&mut exchange)
        .await
        .unwrap();
    assert!(!orders.is_empty());
    for order in orders {
        let order = ClientOrderId::new(order);
        assert!(
            intended.contains(&order),
            "{order} was sent but never recorded"
        );
    }
}

fn assert_the_auditor_finds_nothing_wrong(folder: &Path) {
    let log = format!("sqlite:{}", folder.join("strategos.sqlite").display());
    let verify = replay_program()
        .args(["--database", &log, "verify"])
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&verify.stdout).into_owned();
    assert!(verify.status.success(), "{report}");
    assert!(!report.contains("FAILED"), "{report}");
}

/// Also those around a crash.
fn assert_each_decision_can_be_taken_again(intended: &BTreeSet<ClientOrderId>, folder: &Path) {
    let log = format!("sqlite:{}", folder.join("strategos.sqlite").display());
    for order in intended {
        let explain = replay_program()
            .args(["--database", &log, "explain", order.as_str()])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&explain.stdout).into_owned();
        assert!(explain.status.success(), "{told}");
        assert!(told.contains("ok      gives the same"), "{told}");
    }
}

/// Orders intended so far by each execution.
fn intents(events: &[(String, Event)]) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (stream, event) in events {
        if let Event::Execution(ExecutionEvent::OrderIntended(_)) = event {
            *counts.entry(stream.clone()).or_default() += 1;
        }
    }
    counts
}

fn every_instance_ordered_since(
    before: &BTreeMap<String, usize>,
    now: &BTreeMap<String, usize>,
) -> bool {
    let more = now
        .iter()
        .filter(|(stream, count)| before.get(*stream).is_none_or(|b| b < count));
    more.count() == INSTANCES
}

fn assert_each_order_was_sent_once(events: &[(String, Event)]) -> BTreeSet<ClientOrderId> {
    let mut intended = BTreeSet::new();
    let mut acknowledged = BTreeSet::new();
    for (_, event) in events {
        match event {
            Event::Execution(ExecutionEvent::OrderIntended(intent)) => {
                assert!(
                    intended.insert(intent.client_order_id.clone()),
                    "intended twice"
                );
            }
            Event::Execution(ExecutionEvent::OrderAcknowledged {
                client_order_id, ..
            }) => {
                assert!(
                    acknowledged.insert(client_order_id.clone()),
                    "acknowledged twice"
                );
                assert!(
                    intended.contains(client_order_id),
                    "an order nobody intended"
                );
            }
            _ => {}
        }
    }
    assert!(!acknowledged.is_empty());
    intended
}
