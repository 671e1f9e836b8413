//! Creating, listing and finding definitions.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{TestApp, market_making, volume};

const DEFINITIONS: &str = "/admin/strategy/definitions";

#[tokio::test]
async fn a_new_definition_is_answered_as_its_row() {
    let app = TestApp::start().await;
    let answer = app.post(DEFINITIONS, &market_making()).await;
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    let expected = format!(
        concat!(
            r#"{{"id":"{}","key":"pmm","name":"Market making","description":null,"#,
            r#""controllerType":"pureMarketMaking","executorType":"pureMarketMaking","#,
            r#""configSchema":{{"type":"object","required":["pair","exchangeName"],"properties":"#,
            r#"{{"pair":{{"type":"string"}},"exchangeName":{{"type":"string"}},"#,
            r#""bidSpread":{{"type":"number","minimum":0}}}}}},"#,
            r#""defaultConfig":{{"pair":"BTC/USDT","exchangeName":"binance","bidSpread":0.1}},"#,
            r#""enabled":true,"visibility":"system","currentVersion":"1.0.0","createdBy":"test","#,
            r#""createdAt":"2026-03-01T10:00:00.123Z","updatedAt":"2026-03-01T10:00:00.123Z"}}"#,
        ),
        id
    );
    answer.is(201, &expected);
    app.get(&format!("{DEFINITIONS}/{id}"))
        .await
        .is(200, &expected);
    app.get(DEFINITIONS).await.is(200, &format!("[{expected}]"));
}

#[tokio::test]
async fn definitions_are_listed_by_key() {
    let app = TestApp::start().await;
    app.create(&volume()).await;
    app.advance(TimeDelta::seconds(1));
    app.create(&market_making()).await;
    let keys: Vec<Value> = app
        .get(DEFINITIONS)
        .await
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["key"].clone())
        .collect();
    assert_eq!(keys, ["pmm", "volume"]);
}

#[tokio::test]
async fn the_first_version_is_published_at_once() {
    let app = TestApp::start().await;
    let id = app.create(&market_making()).await;
    let versions = app
        .get(&format!("{DEFINITIONS}/{id}/versions"))
        .await
        .json();
    assert_eq!(versions.as_array().unwrap().len(), 1);
    let keys: Vec<&String> = versions[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "id",
            "definitionId",
            "version",
            "controllerType",
            "executorType",
            "configSchema",
            "defaultConfig",
            "description",
            "createdAt"
        ]
    );
    assert_eq!(versions[0]["version"], "1.0.0");
    assert_eq!(versions[0]["definitionId"], Value::from(id));
}

#[tokio::test]
async fn what_is_wrong_is_told_and_nothing_recorded() {
    let app = TestApp::start().await;
    let with = |name: &str, value: Value| {
        let mut body = market_making();
        body[name] = value;
        body
    };
    let without = |name: &str| {
        let mut body = market_making();
        body.as_object_mut().unwrap().shift_remove(name);
        body
    };
    for (body, message) in [
        (without("key"), "key is required"),
        (with("key", json!("")), "key is required"),
        (with("key", json!(7)), "key must be a string"),
        (without("name"), "name is required"),
        (without("executorType"), "controllerType is required"),
        (without("configSchema"), "configSchema is required"),
        (without("defaultConfig"), "defaultConfig is required"),
        (
            with("defaultConfig", json!([1])),
            "defaultConfig must be an object",
        ),
        (
            with("executorType", json!("martingale")),
            "Unsupported controllerType martingale. Allowed: arbitrage, pureMarketMaking, volume",
        ),
    ] {
        app.post(DEFINITIONS, &body).await.refused(message);
    }
    let answer = app
        .post(DEFINITIONS, &with("configSchema", json!({ "type": 7 })))
        .await;
    assert_eq!(answer.status, 400);
    assert_eq!(app.events().await, []);
}

#[tokio::test]
async fn a_key_is_taken_once() {
    let app = TestApp::start().await;
    app.create(&market_making()).await;
    let again = app.post(DEFINITIONS, &market_making()).await;
    again.refused("Strategy definition with key pmm already exists");
    assert_eq!(app.events().await.len(), 1);
}

#[tokio::test]
async fn an_unknown_id_is_a_bad_request() {
    let app = TestApp::start().await;
    for id in [
        "00000000-0000-4000-8000-000000000000",
        "nonsense",
        "a%20b",
        "%00",
    ] {
        let path = format!("{DEFINITIONS}/{id}");
        let shown = match id {
            "a%20b" => "a b",
            "%00" => "\0",
            id => id,
        };
        let message = format!("Strategy definition {shown} does not exist");
        app.get(&path).await.refused(&message);
        app.get(&format!("{path}/versions")).await.refused(&message);
        for verb in ["update", "enable", "disable", "publish"] {
            app.post(&format!("{path}/{verb}"), &json!({}))
                .await
                .refused(&message);
        }
        app.delete(&format!("{path}/remove"))
            .await
            .refused(&message);
    }
}
