//! Linking instances from before there were definitions.

use axum::http::Method;
use domain::event::Event;
use domain::ids::{ClientId, ExecutorType, StrategyKey, UserId};
use domain::instance::{
    ImportLegacyInstance, InstanceCommand, InstanceEvent, InstanceStatus, LegacyInstanceRow,
};
use domain::money::Decimal;
use event_store::{Actor, Metadata, Role, Source};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{TestApp, arbitrage, market_making};

const BACKFILL: &str = "/admin/strategy/instances/backfill-definition-links";

/// A row as the importer records it.
async fn import(app: &TestApp, id: i64, strategy_type: &str, executor_type: Option<&str>) {
    let key = StrategyKey::new(format!("u{id}-c-{strategy_type}"));
    let at = "2026-01-10T08:00:00Z".parse().unwrap();
    let row = LegacyInstanceRow {
        legacy_id: id,
        user_id: UserId::new(format!("u{id}")),
        client_id: ClientId::new("c"),
        strategy_type: strategy_type.to_owned(),
        executor_type: executor_type.map(ExecutorType::new),
        start_price: Decimal::zero(),
        parameters: serde_json::Map::new(),
        config: serde_json::Map::new(),
        executed_trades: 0,
        status: InstanceStatus::Stopped,
        note: None,
        definition: None,
        market_making_order_id: None,
        created_at: at,
        updated_at: at,
    };
    let command = ImportLegacyInstance {
        strategy_key: key.clone(),
        row,
    };
    let command = InstanceCommand::ImportLegacy(Box::new(command));
    let actor = Actor::new("importer", Role::System);
    let metadata = Metadata::new(actor, Source::Import, Uuid::new_v4());
    let receipt = app
        .state
        .instances
        .execute(key.as_str(), command, metadata)
        .await
        .unwrap();
    let patience = std::time::Duration::from_secs(20);
    app.state
        .tables
        .wait_for(receipt.position, patience)
        .await
        .unwrap();
}

#[tokio::test]
async fn each_instance_gets_the_oldest_enabled_definition_of_its_executor() {
    let app = TestApp::start().await;
    import(&app, 1, "arbitrage", Some("arbitrage")).await;
    import(&app, 2, "marketMaking", Some("pureMarketMaking")).await;
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
    import(&app, 5, "timeIndicator", None).await;
    import(&app, 6, "volume", Some("volume")).await;
    import(&app, 7, "arbitrage", Some("arbitrage")).await;
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
    import(&app, 5, "timeIndicator", None).await;
    import(&app, 7, "arbitrage", Some("arbitrage")).await;
    app.create(&arbitrage()).await;
    let backfill = async || app.keyed(Method::POST, BACKFILL, &Value::Null, "a").await;
    backfill().await.is(201, r#"{"updated":1,"skipped":1}"#);
    let events = app.events().await.len();
    backfill().await.is(201, r#"{"updated":1,"skipped":1}"#);
    assert_eq!(app.events().await.len(), events);
}
