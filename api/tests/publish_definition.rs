//! Versions.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{TestApp, market_making};

#[tokio::test]
async fn versions_count_up_and_may_be_named() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let path = format!("/admin/strategy/definitions/{id}/publish");
    for (body, version) in [
        (json!({}), "1.0.1"),
        (json!({ "version": "" }), "1.0.2"),
        (json!({ "version": "9.9.9" }), "9.9.9"),
        (json!({}), "9.9.10"),
        (json!({ "version": "01.2.3" }), "01.2.3"),
        (json!({}), "1.2.4"),
        (json!({ "version": "0.9.0" }), "0.9.0"),
    ] {
        app.advance(TimeDelta::seconds(1));
        let answer = app.post(&path, &body).await;
        assert_eq!(
            (answer.status, &answer.json()["currentVersion"]),
            (201, &json!(version))
        );
    }
    app.post(&path, &json!({ "version": "1.0.0" }))
        .await
        .refused("Version 1.0.0 already exists for definition pmm");
    for version in ["v1", "1.0", "1.0.0.0"] {
        app.post(&path, &json!({ "version": version }))
            .await
            .refused(&format!(
                "Invalid version format {version}. Expected semantic format x.y.z"
            ));
    }
    let versions = app
        .get(&format!("/admin/strategy/definitions/{id}/versions"))
        .await
        .json();
    let versions: Vec<&Value> = versions
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["version"])
        .collect();
    assert_eq!(
        versions,
        [
            "0.9.0", "1.2.4", "01.2.3", "9.9.10", "9.9.9", "1.0.2", "1.0.1", "1.0.0"
        ]
    );
}

#[tokio::test]
async fn a_body_is_optional_and_changes_go_along() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let path = format!("/admin/strategy/definitions/{id}/publish");
    app.post_nothing(&format!("/admin/strategy/definitions/{id}/disable"))
        .await;
    let answer = app.post_nothing(&path).await;
    let row = answer.json();
    assert_eq!((answer.status, &row["enabled"]), (201, &json!(false)));
    assert_eq!(row["currentVersion"], "1.0.1");
    let changed = app
        .post(&path, &json!({ "description": "new" }))
        .await
        .json();
    assert_eq!(
        (&changed["description"], &changed["currentVersion"]),
        (&json!("new"), &json!("1.0.2"))
    );
}
