//! Time travel: folded from the log by the code that keeps the tables.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::TestApp;

#[tokio::test]
async fn a_definition_is_shown_as_it_was() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let because = || json!({ "key": "pmm", "reason": "x" });
    app.advance(TimeDelta::minutes(30));
    let rename = json!({ "key": "pmm", "name": "Second" });
    app.change("updateDefinition", "", rename).await;
    app.advance(TimeDelta::minutes(30));
    for mutation in ["publishDefinition", "disableDefinition", "removeDefinition"] {
        app.change(mutation, "", because()).await;
    }
    let query = "query($then: AsOfInput) { definition(key: \"pmm\", asOf: $then) { name revision \
                 enabled currentVersion asOf versions { nodes { version } } } }";
    let shown = async |then: Value| {
        let data = app.ask(query, json!({ "then": then })).await;
        let row = &data["definition"];
        json!([
            row["name"],
            row["revision"],
            row["currentVersion"],
            row["enabled"],
            row["asOf"]
        ])
    };
    let nothing = json!([null, null, null, null, null]);
    assert_eq!(shown(Value::Null).await, nothing);
    assert_eq!(shown(json!({ "position": "0" })).await, nothing);
    let first = json!(["Market making", 1, "1.0.0", true, "1"]);
    assert_eq!(shown(json!({ "position": "1" })).await, first);
    assert_eq!(
        shown(json!({ "time": "2026-03-01T10:29:59Z" })).await,
        first
    );
    let second = json!(["Second", 2, "1.0.0", true, "2"]);
    assert_eq!(
        shown(json!({ "time": "2026-03-01T12:40:00+02:00" })).await,
        second
    );
    assert_eq!(
        shown(json!({ "position": "4" })).await,
        json!(["Second", 4, "1.0.1", false, "4"])
    );
    assert_eq!(shown(json!({ "position": "5" })).await, nothing);
    let before = json!({ "time": "2020-01-01T00:00:00Z" });
    assert_eq!(shown(before).await, nothing);
}

#[tokio::test]
async fn a_moment_is_one_that_there_was_and_told_in_one_way() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let query = "query($then: AsOfInput) { definition(key: \"pmm\", asOf: $then) { name } }";
    for wrong in [
        json!({ "position": "2" }),
        json!({}),
        json!({ "position": "1", "time": "2026-03-01T10:29:59Z" }),
    ] {
        let answer = app.ask_raw(query, json!({ "then": wrong })).await;
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "BAD_USER_INPUT", "{answer}");
    }
}

#[tokio::test]
async fn at_the_head_the_past_is_the_present() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({ "bidSpread": 0.3 })).await;
    let key = "u-c-pureMarketMaking";
    app.change("stopInstance", "", json!({ "key": key, "reason": "x" }))
        .await;
    app.change("restartInstance", "", json!({ "key": key }))
        .await;
    let fields = "key legacyId userId clientId status observed run config parameters revision \
                  lastPosition startPrice definitionVersion note createdAt updatedAt executedTrades \
                  runs { nodes { number end } }";
    let query = format!(
        "query($then: AsOfInput) {{ instance(key: \"{key}\", asOf: $then) {{ {fields} }} \
         instances(asOf: $then) {{ nodes {{ {fields} }} }} }}"
    );
    let now = app.ask(&query, json!({})).await;
    let then = app
        .ask(&query, json!({ "then": { "position": "4" } }))
        .await;
    assert_eq!(now, then);
    let before = app
        .ask(&query, json!({ "then": { "position": "3" } }))
        .await;
    assert_eq!(before["instance"]["status"], "STOPPED");
    assert_eq!(before["instance"]["note"], "x");
    assert_eq!(
        before["instance"]["runs"]["nodes"],
        json!([{ "number": 1, "end": "STOPPED" }])
    );
    assert_eq!(before["instances"]["nodes"][0], before["instance"]);
    let never = app
        .ask(&query, json!({ "then": { "position": "1" } }))
        .await;
    assert_eq!(never["instance"], Value::Null);
}

#[tokio::test]
async fn a_definition_of_the_past_has_the_instances_it_had_then() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let definitions = "{ key runningInstances linkedInstances instances { totalCount nodes { key } } \
                       versions { nodes { version runningInstances } } }";
    let query = format!(
        "query($then: AsOfInput) {{ definition(key: \"pmm\", asOf: $then) {definitions} \
         definitions(asOf: $then) {{ nodes {definitions} }} }}"
    );
    app.start_pmm("u", "c", json!({ "bidSpread": 0.3 })).await;
    let then = app.log.head().await.unwrap().0.to_string();
    app.start_pmm("v", "c", json!({ "bidSpread": 0.3 })).await;
    let key = "u-c-pureMarketMaking";
    app.change("stopInstance", "", json!({ "key": key, "reason": "x" }))
        .await;
    let past = json!({
        "key": "pmm", "runningInstances": 1, "linkedInstances": 1,
        "instances": { "totalCount": 1, "nodes": [{ "key": key }] },
        "versions": { "nodes": [{ "version": "1.0.0", "runningInstances": 1 }] },
    });
    let answer = app
        .ask(&query, json!({ "then": { "position": then } }))
        .await;
    assert_eq!(answer["definition"], past);
    assert_eq!(answer["definitions"]["nodes"], json!([past]));
    let now = app.ask(&query, json!({})).await;
    let now = &now["definition"];
    assert_eq!(
        (&now["runningInstances"], &now["linkedInstances"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(now["instances"]["totalCount"], 2);
}
