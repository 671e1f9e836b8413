//! Editing, enabling and disabling.

use chrono::TimeDelta;
use serde_json::json;

use crate::support::{TestApp, market_making};

#[tokio::test]
async fn an_update_changes_the_content_and_no_version() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    app.advance(TimeDelta::seconds(2));
    let body = json!({
        "name": "Quotes", "description": "Layered", "visibility": "public",
        "key": "other", "enabled": false, "currentVersion": "9.9.9", "id": "x", "controllerType": "",
    });
    let answer = app
        .post(&format!("/admin/strategy/definitions/{id}/update"), &body)
        .await;
    assert_eq!(answer.status, 201);
    let row = answer.json();
    assert_eq!(
        json!({
            "name": row["name"], "description": row["description"], "visibility": row["visibility"],
            "key": row["key"], "enabled": row["enabled"], "currentVersion": row["currentVersion"],
            "id": row["id"], "controllerType": row["controllerType"], "updatedAt": row["updatedAt"],
        }),
        json!({
            "name": "Quotes", "description": "Layered", "visibility": "public",
            "key": "pmm", "enabled": true, "currentVersion": "1.0.0",
            "id": id, "controllerType": "pureMarketMaking",
            "updatedAt": "2026-03-01T10:00:02.123Z",
        })
    );
    let versions = app
        .get(&format!("/admin/strategy/definitions/{id}/versions"))
        .await;
    assert_eq!(versions.json().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn both_names_of_the_type_are_accepted() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let path = format!("/admin/strategy/definitions/{id}/update");
    for body in [
        json!({ "executorType": "volume" }),
        json!({ "controllerType": "arbitrage" }),
    ] {
        let row = app.post(&path, &body).await.json();
        let (_, expected) = body.as_object().unwrap().iter().next().unwrap();
        assert_eq!(
            (&row["executorType"], &row["controllerType"]),
            (expected, expected)
        );
    }
    let refused = app
        .post(&path, &json!({ "controllerType": "martingale" }))
        .await;
    refused.refused(
        "Unsupported controllerType martingale. Allowed: arbitrage, pureMarketMaking, volume",
    );
}

#[tokio::test]
async fn enabling_and_disabling_may_be_repeated() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    for (verb, enabled, events) in [
        ("disable", false, 2),
        ("disable", false, 2),
        ("enable", true, 3),
        ("enable", true, 3),
    ] {
        let path = format!("/admin/strategy/definitions/{id}/{verb}");
        let answer = app.post_nothing(&path).await;
        assert_eq!(
            (answer.status, &answer.json()["enabled"]),
            (201, &json!(enabled))
        );
        assert_eq!(app.events().await.len(), events);
    }
}
