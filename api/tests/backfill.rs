//! Linking instances from before there were definitions.

use axum::http::Method;
use domain::event::Event;
use domain::instance::InstanceEvent;
use serde_json::{Value, json};

use crate::support::{TestApp, arbitrage, market_making, row};

const BACKFILL: &str = "/admin/strategy/instances/backfill-definition-links";

async fn import(app: &TestApp, id: i64, strategy_type: &str) {
    let user = format!("u{id}");
    let key = format!("{user}-c-{strategy_type}");
    app.import(&key, row(id, (&user, "c"), strategy_type)).await;
}

#[tokio::test]
async fn each_instance_gets_the_oldest_enabled_definition_of_its_executor() {
    let app = TestApp::start().await;
    import(&app, 1, "arbitrage").await;
    import(&app, 2, "marketMaking").await;
    app.create(&arbitrage()).await;
    let oldest = app.create(&market_making()).await;
    let mut younger = market_making();
    younger["key"] = json!("a-younger-one");
    app.advance(chrono::TimeDelta::seconds(1));
    app.create(&younger).await;
    app.post_nothing(BACKFILL)
        .await
        .is(201, r#"{"updated":2,"skipped":0}"#);
    let rows = app.get("/admin/strategy/instances").await.json();
    assert_eq!(rows[0]["definitionKey"], "arbitrage");
    assert_eq!(rows[1]["definitionId"], json!(oldest));
    assert_eq!(
        (&rows[1]["strategyType"], &rows[1]["executorType"]),
        (&json!("marketMaking"), &json!("pureMarketMaking"))
    );
    // A second time there is nothing left to do
    let events = app.events().await.len();
    app.post_nothing(BACKFILL)
        .await
        .is(201, r#"{"updated":0,"skipped":0}"#);
    assert_eq!(app.events().await.len(), events);
}

#[tokio::test]
async fn whatever_has_no_definition_is_skipped_with_a_reason_told_once() {
    let app = TestApp::start().await;
    import(&app, 5, "timeIndicator").await;
    import(&app, 6, "volume").await;
    import(&app, 7, "arbitrage").await;
    let disabled = app.create(&arbitrage()).await;
    app.post_nothing(&format!("/admin/strategy/definitions/{disabled}/disable"))
        .await;
    for _ in 0..2 {
        app.post_nothing(BACKFILL)
            .await
            .is(201, r#"{"updated":0,"skipped":3}"#);
    }
    let reasons: Vec<String> = app
        .events()
        .await
        .into_iter()
        .filter_map(|event| match event {
            Event::Instance(InstanceEvent::LegacyLinkSkipped { reason, .. }) => Some(reason),
            _ => None,
        })
        .collect();
    assert_eq!(
        reasons,
        [
            "no executor runs strategy type timeIndicator",
            "no enabled definition uses executor volume",
            "no enabled definition uses executor arbitrage",
        ]
    );
    // Once there is one, the next backfill finds it
    app.post_nothing(&format!("/admin/strategy/definitions/{disabled}/enable"))
        .await;
    app.post_nothing(BACKFILL)
        .await
        .is(201, r#"{"updated":1,"skipped":2}"#);
}

#[tokio::test]
async fn a_repeated_backfill_tells_what_it_did_the_first_time() {
    let app = TestApp::start().await;
    import(&app, 5, "timeIndicator").await;
    import(&app, 7, "arbitrage").await;
    app.create(&arbitrage()).await;
    let backfill = async || app.keyed(Method::POST, BACKFILL, &Value::Null, "a").await;
    backfill().await.is(201, r#"{"updated":1,"skipped":1}"#);
    let events = app.events().await.len();
    backfill().await.is(201, r#"{"updated":1,"skipped":1}"#);
    assert_eq!(app.events().await.len(), events);
}
