//! An admin publishes a version, an operator validates, starts and stops an instance of it, and
//! the executor quotes on the recorded market in between.

use domain::event::Event;
use domain::execution::ExecutionEvent;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Client, LogWatch, ServerProcess};

fn start_body(definition_id: &str) -> Value {
    json!({
        "definitionId": definition_id,
        "userId": "ana",
        "clientId": "desk-1",
        "config": {
            "pair": "WLD/USDT",
            "exchangeName": "binance",
            "bidSpread": 0.001,
            "askSpread": 0.001,
            "orderAmount": 10,
            "orderRefreshTime": 1000,
            "priceSourceType": "mid_price",
        },
    })
}

fn count(events: &[(String, Event)], wanted: impl Fn(&ExecutionEvent) -> bool) -> usize {
    let executions = events.iter().filter_map(|(_, event)| match event {
        Event::Execution(event) => Some(event),
        _ => None,
    });
    executions.filter(|event| wanted(event)).count()
}

#[tokio::test]
async fn a_published_definition_runs_quotes_and_stops() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::start(folder.path());
    let client = Client::log_in(&server.url).await;
    let id = client.definition_id("pure-market-making").await;

    let published = client
        .post(
            &format!("/admin/strategy/definitions/{id}/publish"),
            json!({}),
        )
        .await;
    assert_eq!(published["currentVersion"], "1.0.1");

    let validated = client
        .post("/admin/strategy/instances/validate", start_body(&id))
        .await;
    assert_eq!(validated["valid"], true);
    assert_eq!(validated["mergedConfig"]["numberOfLayers"], 1);

    let started = client
        .post("/admin/strategy/instances/start", start_body(&id))
        .await;
    assert_eq!(
        started["message"],
        "Started strategy instance from definition pure-market-making"
    );
    let running = client.get("/strategy/running").await;
    assert_eq!(running[0]["strategyKey"], "ana-desk-1-pureMarketMaking");
    assert_eq!(running[0]["status"], "running");

    let mut log = LogWatch::open(folder.path()).await;
    log.until("two quotes and a refresh of one", |events| {
        count(events, |e| {
            matches!(e, ExecutionEvent::OrderAcknowledged { .. })
        }) >= 3
            && count(events, |e| {
                matches!(e, ExecutionEvent::OrderCancelled { .. })
            }) >= 1
    })
    .await;

    let stop = json!({ "definitionId": id, "userId": "ana", "clientId": "desk-1" });
    client.post("/admin/strategy/instances/stop", stop).await;
    assert_eq!(client.get("/strategy/running").await, json!([]));
    log.until("the execution to close", |events| {
        count(events, |e| {
            matches!(e, ExecutionEvent::ExecutionClosed { .. })
        }) == 1
    })
    .await;
    assert_no_order_is_left_open(&log.decoded().await);
}

/// Every order that was intended was rejected, cancelled or filled to its end.
fn assert_no_order_is_left_open(events: &[(String, Event)]) {
    let mut execution = domain::execution::Execution::default();
    execution.fold(events.iter().filter_map(|(_, event)| match event {
        Event::Execution(event) => Some(event.clone()),
        _ => None,
    }));
    assert!(execution.closed);
    assert!(execution.live_orders.is_empty());
    assert!(execution.intended >= 3);
}

#[tokio::test]
async fn a_wrong_configuration_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::start(folder.path());
    let client = Client::log_in(&server.url).await;
    let id = client.definition_id("pure-market-making").await;
    let mut log = LogWatch::open(folder.path()).await;
    let before = log.events().await.len();

    let mut body = start_body(&id);
    body["config"]["bidSpread"] = json!(-0.1);
    let (status, answer) = client
        .send(Method::POST, "/admin/strategy/instances/start", Some(body))
        .await;
    assert_eq!(status, 400);
    assert_eq!(
        answer,
        json!({
            "message": "Config field bidSpread must be >= 0",
            "error": "Bad Request",
            "statusCode": 400,
        })
    );
    assert_eq!(log.events().await.len(), before);
}
