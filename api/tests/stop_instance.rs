//! Stopping and rerunning.

use serde_json::json;

use crate::support::{TestApp, arbitrage, market_making};

const STOP: &str = "/admin/strategy/instances/stop";

#[tokio::test]
async fn stopping_is_answered_whether_or_not_it_runs() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    let body = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    let expected = format!(
        concat!(
            r#"{{"message":"Stopped strategy instance from definition arbitrage","#,
            r#""definitionId":"{}","controllerType":"arbitrage","executorType":"arbitrage"}}"#,
        ),
        id
    );
    app.post(STOP, &body).await.is(201, &expected);
    assert_eq!(app.events().await.len(), 1);
    app.start_instance(&id, "u", "c").await;
    app.post(STOP, &body).await.is(201, &expected);
    assert_eq!(app.strategies().await[0]["status"], "stopped");
    app.get("/strategy/running").await.is(200, "[]");
    app.post_nothing(&format!("/admin/strategy/definitions/{id}/disable"))
        .await;
    app.post(STOP, &body).await.is(201, &expected);
    assert_eq!(app.events().await.len(), 4);
}

#[tokio::test]
async fn the_order_id_names_a_market_maker_and_nothing_else() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let other = app.create(&arbitrage()).await;
    for definition in [&id, &other] {
        let body = json!({
            "definitionId": definition, "userId": "u", "clientId": "c",
            "marketMakingOrderId": "order-1",
        });
        assert_eq!(
            app.post("/admin/strategy/instances/start", &body)
                .await
                .status,
            201
        );
        assert_eq!(app.post(STOP, &body).await.status, 201);
    }
    let rows = app.strategies().await;
    let keys: Vec<_> = rows
        .iter()
        .map(|row| (&row["strategyKey"], &row["status"]))
        .collect();
    assert_eq!(
        keys,
        [
            (&json!("u-order-1-pureMarketMaking"), &json!("stopped")),
            (&json!("u-c-arbitrage"), &json!("stopped")),
        ]
    );
}

#[tokio::test]
async fn missing_ids_are_named() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    app.post(STOP, &json!({}))
        .await
        .refused("definitionId is required");
    let body = json!({ "definitionId": id, "clientId": "c" });
    app.post(STOP, &body).await.refused("userId is required");
    let body = json!({ "definitionId": id, "userId": "u" });
    app.post(STOP, &body).await.refused("clientId is required");
}

#[tokio::test]
async fn a_rerun_repeats_the_last_run() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    app.start_instance(&id, "u", "c").await;
    let body = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    app.post(STOP, &body).await;
    let rerun = "/strategy/rerun";
    app.post(rerun, &json!({ "strategyKey": "u-c-arbitrage" }))
        .await
        .is_empty(201);
    assert_eq!(app.strategies().await[0]["status"], "running");
    app.post(rerun, &json!({}))
        .await
        .refused("strategyKey is required");
    app.post(rerun, &json!({ "strategyKey": "nobody" }))
        .await
        .is(
            500,
            r#"{"statusCode":500,"message":"Internal server error"}"#,
        );
}

#[tokio::test]
async fn only_the_exact_word_filters_the_list() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    app.start_instance(&id, "u", "c").await;
    app.start_instance(&id, "u", "d").await;
    let body = json!({ "definitionId": id, "userId": "u", "clientId": "c" });
    app.post(STOP, &body).await;
    for (query, shown) in [
        ("", 2),
        ("?runningOnly=true", 1),
        ("?runningOnly=TRUE", 2),
        ("?runningOnly=1", 2),
        ("?runningOnly=true&runningOnly=true", 2),
    ] {
        let rows = app
            .get(&format!("/admin/strategy/instances{query}"))
            .await
            .json();
        assert_eq!(rows.as_array().unwrap().len(), shown, "{query}");
    }
}
