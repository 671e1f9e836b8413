//! Health.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{TestApp, market_making};

#[tokio::test]
async fn a_working_node_is_ready() {
    let app = TestApp::start().await;
    app.create(&market_making()).await;
    let ping = app.get("/health/ping").await;
    assert_eq!((ping.status, ping.text()), (200, "pong"));
    assert_eq!(
        app.get("/health/live").await.json(),
        json!({ "status": "live" })
    );
    assert_eq!(app.get("/health/startup").await.status, 200);
    assert_eq!(app.get("/health/version").await.json()["name"], "strategos");
    let ready = app.get("/health/ready").await;
    assert_eq!(
        (ready.status, &ready.json()["status"]),
        (200, &json!("ready")),
        "{}",
        ready.text()
    );
    let checks = ready.json();
    let names: Vec<&Value> = checks["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| &check["check"])
        .collect();
    assert!(
        names.contains(&&json!("projection strategy_instances")),
        "{names:?}"
    );
}

#[tokio::test]
async fn without_its_tables_a_node_lives_but_is_not_ready() {
    let app = TestApp::start().await;
    app.state.tables.close().await;
    assert_eq!(app.get("/health/live").await.status, 200);
    for path in ["/health/ready", "/health/startup"] {
        let answer = app.get(path).await;
        assert_eq!(
            (answer.status, &answer.json()["status"]),
            (503, &json!("not ready"))
        );
        assert!(
            answer.json()["checks"]
                .as_array()
                .unwrap()
                .iter()
                .any(|check| { check["check"] == "tables" && check["healthy"] == json!(false) }),
            "{}",
            answer.text()
        );
    }
    let read = app.get("/strategy/running").await;
    read.is(
        500,
        r#"{"statusCode":500,"message":"Internal server error"}"#,
    );
}

#[tokio::test]
async fn tables_that_are_too_far_behind_are_told() {
    let settings = api::Settings {
        read_your_writes: Duration::ZERO,
        ..api::Settings::default()
    };
    let mut app = TestApp::with(settings).await;
    app.stop_projector().await;
    // The command is recorded all the same; only its row can't be shown yet
    let answer = app
        .post("/admin/strategy/definitions", &market_making())
        .await;
    assert_eq!(app.events().await.len(), 1);
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.json()["key"], "pmm");
    let ready = app.get("/health/ready").await;
    assert_eq!(
        ready.status,
        200,
        "one event is within the budget: {}",
        ready.text()
    );
    // However little it is, it should not take this long
    app.advance(chrono::TimeDelta::seconds(31));
    let ready = app.get("/health/ready").await;
    assert_eq!(ready.status, 503, "{}", ready.text());
    assert!(ready.text().contains("for 31 seconds"), "{}", ready.text());
    assert_eq!(app.get("/health/startup").await.status, 200);
}

#[tokio::test]
async fn a_node_whose_appends_fail_is_not_ready() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    app.log.close().await;
    let publish = format!("/admin/strategy/definitions/{id}/publish");
    let answer = app.post_nothing(&publish).await;
    assert_eq!(answer.status, 500, "{}", answer.text());
    let ready = app.get("/health/ready").await;
    assert_eq!(ready.status, 503);
    let checks = ready.json();
    let checks = checks["checks"].as_array().unwrap();
    let appends = checks.iter().find(|check| check["check"] == "appends");
    assert_eq!(appends.unwrap()["healthy"], json!(false), "{checks:?}");
}
