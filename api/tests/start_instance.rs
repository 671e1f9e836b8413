//! Validating and starting from definitions.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use domain::event::Event;
use domain::instance::InstanceEvent;
use serde_json::{Value, json};

use crate::support::{TestApp, arbitrage, market_making};

const VALIDATE: &str = "/admin/strategy/instances/validate";
const START: &str = "/admin/strategy/instances/start";

#[tokio::test]
async fn validation_shows_what_would_run() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    let body = json!({
        "definitionId": id, "userId": "u", "clientId": "c",
        "config": { "userId": "somebody else", "maxOpenOrders": 2, "pair": "ETH/USDT" },
    });
    app.post(VALIDATE, &body).await.is(
        201,
        &format!(
            concat!(
                r#"{{"valid":true,"definitionId":"{}","definitionKey":"arbitrage","#,
                r#""controllerType":"arbitrage","executorType":"arbitrage","mergedConfig":"#,
                r#"{{"exchangeAName":"binance","exchangeBName":"mexc","checkIntervalSeconds":10,"#,
                r#""maxOpenOrders":2,"userId":"u","pair":"ETH/USDT","clientId":"c"}}}}"#,
            ),
            id
        ),
    );
    assert_eq!(app.events().await.len(), 1);
}

#[tokio::test]
async fn a_configuration_of_another_type_is_spread() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    for (config, first) in [(json!([1]), json!(1)), (json!("ab"), json!("a"))] {
        let body = json!({ "definitionId": id, "userId": "u", "clientId": "c", "config": config });
        let answer = app.post(VALIDATE, &body).await.json();
        let merged = answer["mergedConfig"].as_object().unwrap();
        assert_eq!(merged.iter().next().unwrap(), (&"0".to_owned(), &first));
    }
    let body = json!({ "definitionId": id, "userId": "u", "clientId": "c", "config": null });
    assert_eq!(app.post(VALIDATE, &body).await.status, 201);
}

#[tokio::test]
async fn the_first_failure_is_told_in_the_originals_words() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    for (config, message) in [
        (
            json!({ "pair": null }),
            "Missing required config field: pair",
        ),
        (json!({ "pair": 7 }), "Config field pair must be string"),
        (
            json!({ "bidSpread": -0.1 }),
            "Config field bidSpread must be >= 0",
        ),
    ] {
        let body = json!({ "definitionId": id, "userId": "u", "clientId": "c", "config": config });
        app.post(VALIDATE, &body).await.refused(message);
        app.post(START, &body).await.refused(message);
    }
    for (body, message) in [
        (json!({}), "definitionId is required"),
        (
            json!({ "definitionId": id, "clientId": "c" }),
            "userId is required",
        ),
        (
            json!({ "definitionId": id, "userId": "u" }),
            "clientId is required",
        ),
        (
            json!({ "definitionId": id, "userId": "", "clientId": "c" }),
            "userId is required",
        ),
    ] {
        app.post(VALIDATE, &body).await.refused(message);
        app.post(START, &body).await.refused(message);
    }
    app.post_nothing(&format!("/admin/strategy/definitions/{id}/disable"))
        .await;
    let body = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    app.post(VALIDATE, &body)
        .await
        .refused("Strategy definition pmm is disabled");
    app.post(START, &body)
        .await
        .refused("Strategy definition pmm is disabled");
    assert_eq!(app.events().await.len(), 2);
}

#[tokio::test]
async fn a_start_is_answered_and_listed() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let body = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    app.post(START, &body).await.is(
        201,
        &format!(
            concat!(
                r#"{{"message":"Started strategy instance from definition pmm","#,
                r#""definitionId":"{}","controllerType":"pureMarketMaking","#,
                r#""executorType":"pureMarketMaking"}}"#,
            ),
            id
        ),
    );
    app.get("/admin/strategy/instances").await.is(
        200,
        &format!(
            concat!(
                r#"[{{"id":1,"strategyKey":"u-c-pureMarketMaking","#,
                r#""strategyType":"pureMarketMaking","status":"running","userId":"u","#,
                r#""clientId":"c","marketMakingOrderId":"c","definitionId":"{}","#,
                r#""definitionKey":"pmm","definitionName":"Market making","#,
                r#""controllerType":"pureMarketMaking","executorType":"pureMarketMaking","#,
                r#""createdAt":"2026-03-01T10:00:00.123Z","#,
                r#""updatedAt":"2026-03-01T10:00:00.123Z"}}]"#,
            ),
            id
        ),
    );
}

#[tokio::test]
async fn a_type_based_row_shows_a_whole_start_price() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    app.start_instance(&id, "u", "c").await;
    let expected = format!(
        concat!(
            r#"[{{"id":1,"strategyKey":"u-c-pureMarketMaking","userId":"u","clientId":"c","#,
            r#""strategyType":"pureMarketMaking","definitionId":"{}","#,
            r#""definitionVersion":"1.0.0","marketMakingOrderId":"c","startPrice":100,"#,
            r#""parameters":{{"pair":"BTC/USDT","exchangeName":"binance","bidSpread":0.1,"#,
            r#""userId":"u","clientId":"c","marketMakingOrderId":"c"}},"status":"running","#,
            r#""createdAt":"2026-03-01T10:00:00.123Z","updatedAt":"2026-03-01T10:00:00.123Z"}}]"#,
        ),
        id
    );
    for path in [
        "/strategy/running",
        "/strategy/all-strategies",
        "/admin/strategies",
    ] {
        app.get(path).await.is(200, &expected);
    }
}

#[tokio::test]
async fn a_second_start_runs_anew_without_asking_for_a_price() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    app.start_instance(&id, "u", "c").await;
    app.advance(TimeDelta::seconds(5));
    app.start_instance(&id, "u", "c").await;
    assert_eq!(app.prices.asked.load(Ordering::SeqCst), 1);
    let rows = app.strategies().await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["createdAt"], "2026-03-01T10:00:00.123Z");
    assert_eq!(rows[0]["updatedAt"], "2026-03-01T10:00:05.123Z");
    let events = app.events().await;
    assert!(matches!(
        events[1],
        Event::Instance(InstanceEvent::InstanceStarted(_))
    ));
    assert!(matches!(
        events[2],
        Event::Instance(InstanceEvent::InstanceRestarted(_))
    ));
}

#[tokio::test]
async fn without_a_price_nothing_starts() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let with = |exchange: &str| {
        json!({
            "definitionId": id, "userId": "u", "clientId": "c",
            "config": { "exchangeName": exchange },
        })
    };
    app.post(START, &with("nowhere")).await.is(
        500,
        concat!(
            r#"{"message":"Exchange configuration error.","error":"Internal Server Error","#,
            r#""statusCode":500}"#
        ),
    );
    app.post(START, &with("broken")).await.is(
        500,
        r#"{"statusCode":500,"message":"Internal server error"}"#,
    );
    assert_eq!(app.events().await.len(), 1);
    app.get("/admin/strategy/instances").await.is(200, "[]");
}

#[tokio::test]
async fn a_key_of_two_users_is_never_shared() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    app.start_instance(&id, "a-b", "c").await;
    let body = json!({ "definitionId": id, "userId": "a", "clientId": "b-c" });
    app.post(START, &body)
        .await
        .refused("Strategy key a-b-c-arbitrage already belongs to another user or client");
}

#[tokio::test]
async fn a_repeated_request_key_starts_once() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    let body = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    let send = |body: Value| {
        let request = axum::http::Request::post(START)
            .header("content-type", "application/json")
            .header("authorization", app.bearer())
            .header("idempotency-key", "k1")
            .body(body.to_string().into())
            .unwrap();
        app.send(request)
    };
    let first = send(body.clone()).await;
    let second = send(body.clone()).await;
    assert_eq!((first.status, first.text()), (201, second.text()));
    assert_eq!(app.events().await.len(), 2);
    let mut other = body;
    other["config"] = json!({ "maxOpenOrders": 7 });
    send(other)
        .await
        .refused("The Idempotency-Key was used for another request");
}
