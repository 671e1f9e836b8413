//! A request made twice with one `Idempotency-Key`: one event, and the same answer.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, arbitrage, market_making};

const DEFINITIONS: &str = "/admin/strategy/definitions";

#[tokio::test]
async fn a_repeated_publish_is_answered_with_its_own_version() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let path = format!("{DEFINITIONS}/{id}/publish");
    let first = app.keyed(Method::POST, &path, &json!({}), "a").await;
    assert_eq!(first.json()["currentVersion"], "1.0.1");
    let second = app.keyed(Method::POST, &path, &json!({}), "b").await;
    assert_eq!(second.json()["currentVersion"], "1.0.2");
    let again = app.keyed(Method::POST, &path, &json!({}), "a").await;
    again.is(201, first.text());
    assert_eq!(app.events().await.len(), 3);
}

#[tokio::test]
async fn what_became_of_a_definition_changes_no_earlier_answer() {
    let app = TestApp::start().await;
    let create = market_making();
    let created = app.keyed(Method::POST, DEFINITIONS, &create, "a").await;
    let id = created.json()["id"].as_str().unwrap().to_owned();
    let path = format!("{DEFINITIONS}/{id}");
    let renamed = json!({ "name": "Other" });
    let asked = [
        (Method::POST, format!("{path}/update"), renamed),
        (Method::POST, format!("{path}/disable"), Value::Null),
        (Method::DELETE, format!("{path}/remove"), Value::Null),
    ];
    let mut answers = vec![];
    for (method, path, body) in &asked {
        answers.push(app.keyed(method.clone(), path, body, "a").await);
    }
    // The key lives again, as another definition
    app.create(&market_making()).await;
    let events = app.events().await.len();
    for ((method, path, body), answer) in asked.iter().zip(&answers) {
        assert!([200, 201].contains(&answer.status), "{}", answer.text());
        let again = app.keyed(method.clone(), path, body, "a").await;
        again.is(answer.status, answer.text());
    }
    let again = app.keyed(Method::POST, DEFINITIONS, &create, "a").await;
    again.is(201, created.text());
    assert_eq!(app.events().await.len(), events);
}

#[tokio::test]
async fn a_start_is_told_again_though_its_definition_refuses_starts_by_now() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    let by_id = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    let params = json!({
        "userId": "u2", "clientId": "c", "pair": "BTC/USDT", "exchangeAName": "binance",
        "exchangeBName": "mexc", "amountToTrade": 1, "minProfitability": 0.01,
    });
    let by_type = json!({ "strategyType": "arbitrage", "arbitrageParams": params });
    let starts = [
        ("/admin/strategy/instances/start", by_id),
        ("/admin/strategy/start", by_type),
    ];
    let mut answers = vec![];
    for (path, body) in &starts {
        answers.push(app.keyed(Method::POST, path, body, "a").await);
    }
    app.post_nothing(&format!("{DEFINITIONS}/{id}/disable"))
        .await;
    let events = app.events().await.len();
    for ((path, body), answer) in starts.iter().zip(&answers) {
        assert_eq!(answer.status, 201, "{}", answer.text());
        let again = app.keyed(Method::POST, path, body, "a").await;
        again.is(201, answer.text());
    }
    assert_eq!(app.events().await.len(), events);
}

#[tokio::test]
async fn a_stop_that_is_repeated_stops_no_later_run() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    app.start_instance(&id, "u", "c").await;
    let path = "/strategy/stop-arbitrage?userId=u&clientId=c";
    let stop = async || app.keyed(Method::GET, path, &Value::Null, "a").await;
    stop().await.is_empty(200);
    app.start_instance(&id, "u", "c").await;
    stop().await.is_empty(200);
    assert_eq!(app.strategies().await[0]["status"], "running");
}

#[tokio::test]
async fn a_key_belongs_to_one_request() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let path = format!("{DEFINITIONS}/{id}/update");
    for (name, refused) in [("One", false), ("Two", true)] {
        let body = json!({ "name": name });
        let answer = app.keyed(Method::POST, &path, &body, "a").await;
        if refused {
            answer.refused("The Idempotency-Key was used for another request");
        }
    }
}
