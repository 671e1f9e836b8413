//! Projections, switches, backfill, executors, usage.

use std::time::Duration;

use api::Settings;
use serde_json::{Value, json};

use crate::support::{TestApp, told};

#[tokio::test]
async fn who_asks_is_told_what_they_may() {
    let app = TestApp::start().await;
    let query = "{ me { name role permissions } about { name version commit now trading } }";
    let data = app.ask(query, json!({})).await;
    assert_eq!(data["me"]["name"], "admin");
    assert_eq!(data["me"]["role"], "ADMIN");
    let permissions = data["me"]["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("definitions:publish")));
    assert_eq!(data["about"]["name"], "strategos");
    assert_eq!(data["about"]["now"], "2026-03-01T10:00:00.123Z");
    assert_eq!(data["about"]["trading"], "PAPER");
    assert_eq!(data["about"]["commit"], Value::Null);
}

#[tokio::test]
async fn what_the_program_was_built_from_is_told() {
    let app = TestApp::with(Settings {
        commit: Some("0123456789abcdef0123456789abcdef01234567"),
        ..Settings::default()
    })
    .await;
    let query = "{ about { version commit } executors { type version } }";
    let data = app.ask(query, json!({})).await;
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        data["about"],
        json!({ "version": version, "commit": commit })
    );
    let executors = data["executors"].as_array().unwrap();
    assert!(executors.iter().all(|one| one["version"] == version));
}

#[tokio::test]
async fn executors_show_who_uses_them() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({})).await;
    let query =
        "{ executors { type trading runningInstances definitions { key runningInstances } } }";
    let data = app.ask(query, json!({})).await;
    let executors = data["executors"].as_array().unwrap();
    let types: Vec<&Value> = executors.iter().map(|one| &one["type"]).collect();
    assert_eq!(
        json!(types),
        json!(["arbitrage", "pureMarketMaking", "volume"])
    );
    assert_eq!(
        executors[1],
        json!({
            "type": "pureMarketMaking", "trading": "PAPER", "runningInstances": 1,
            "definitions": [{ "key": "pmm", "runningInstances": 1 }],
        })
    );
}

#[tokio::test]
async fn a_projection_is_rebuilt_beside_itself() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({})).await;
    let list = "{ projections { name position head lag lagSeconds generation parked { error } \
                rebuild { position } lastRebuild { finishedAt error } } }";
    let before = app.ask(list, json!({})).await;
    let names: Vec<&Value> = before["projections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    let all = [
        "strategy_definitions",
        "strategy_definition_versions",
        "strategy_instances",
        "strategy_instance_moments",
        "legacy_usage",
    ];
    assert_eq!(json!(names), json!(all));
    let input = json!({
        "name": "strategy_instances", "reason": "after the upgrade", "idempotencyKey": "one",
    });
    let asked_for = "projection { name rebuild { position } lastRebuild { error } }";
    let asked = app
        .change("rebuildProjection", asked_for, input.clone())
        .await;
    // However quick the rebuild is, the answer shows that it began
    assert_eq!(
        asked["projection"],
        json!({
            "name": "strategy_instances", "rebuild": { "position": "0" }, "lastRebuild": null,
        })
    );
    let rebuilt = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            let now = app.ask(list, json!({})).await;
            if !now["projections"][2]["lastRebuild"].is_null() {
                return now;
            }
            tokio::task::yield_now().await;
        }
    });
    let after = rebuilt.await.unwrap();
    let instances = &after["projections"][2];
    assert_eq!(instances["lastRebuild"]["error"], Value::Null);
    assert_eq!(instances["generation"], 1);
    assert_eq!(instances["parked"], Value::Null);
    let shown = app.ask("{ instances { totalCount } }", json!({})).await;
    assert_eq!(shown["instances"]["totalCount"], 1);
    // The repetition of a request begins nothing
    let again = app.change("rebuildProjection", "", input).await;
    assert_eq!(again["position"], asked["position"]);
    assert_eq!(app.ask(list, json!({})).await, after);
}

/// What was recorded about projections, in order.
async fn upkeep(app: &TestApp) -> Value {
    let query = "{ events(filter: {streamType: [\"projection\"]}) { nodes { type streamId actor \
                 reason summary payload } } }";
    app.ask(query, json!({})).await["events"]["nodes"].clone()
}

#[tokio::test]
async fn nothing_is_done_to_a_projection_without_a_reason_and_a_name() {
    let app = TestApp::start().await;
    let input = json!({ "name": "legacy_usage" });
    for mutation in ["rebuildProjection", "resumeProjection"] {
        let unknown = json!({ "name": "dreams", "reason": "none" });
        let unknown = app.mutate(mutation, "", unknown).await;
        assert_eq!(
            told(&unknown),
            [("NOT_FOUND".to_owned(), "/name".to_owned())]
        );
    }
    let silent = app.mutate("rebuildProjection", "", input.clone()).await;
    assert_eq!(
        told(&silent),
        [("REASON_REQUIRED".to_owned(), "/reason".to_owned())]
    );
    // What is not parked is left alone
    let resumed = app.change("resumeProjection", "", input).await;
    assert_eq!(resumed["position"], Value::Null);
    assert_eq!(upkeep(&app).await, json!([]));
    let input = json!({ "name": "legacy_usage", "reason": "a column was added" });
    app.change("rebuildProjection", "", input).await;
    let expected = json!([{
        "type": "ProjectionRebuildRequested", "streamId": "legacy_usage",
        "actor": "admin", "reason": "a column was added",
        "summary": "legacy_usage is built anew",
        "payload": {
            "projection": "legacy_usage", "requested_at": "2026-03-01T10:00:00.123Z",
        },
    }]);
    assert_eq!(upkeep(&app).await, expected);
}

#[tokio::test]
async fn a_parked_projection_is_resumed_by_somebody_for_a_reason() {
    let app = TestApp::start().await;
    app.record_nonsense().await;
    let parked = "{ projections { name parked { position } } }";
    let shown = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            let now = app.ask(parked, json!({})).await;
            if !now["projections"][4]["parked"].is_null() {
                return now;
            }
            tokio::task::yield_now().await;
        }
    });
    let shown = shown.await.unwrap();
    assert_eq!(shown["projections"][4]["parked"]["position"], "1");
    let input = json!({ "name": "legacy_usage" });
    let silent = app.mutate("resumeProjection", "", input).await;
    assert_eq!(told(&silent)[0].0, "REASON_REQUIRED");
    let input = json!({ "name": "legacy_usage", "reason": "upgraded" });
    let resumed = app.change("resumeProjection", "", input).await;
    assert_eq!(resumed["position"], "2");
    let upkeep = upkeep(&app).await;
    assert_eq!(upkeep[0]["summary"], "legacy_usage tries position 1 again");
    assert_eq!(upkeep[0]["reason"], "upgraded");
}

#[tokio::test]
async fn switches_change_at_once_and_leave_a_trace() {
    let app = TestApp::start().await;
    let settings = "{ settings { mode dynamicFlow revision } }";
    let begin = app.ask(settings, json!({})).await;
    let expected = json!({ "mode": "DUAL", "dynamicFlow": true, "revision": 0 });
    assert_eq!(begin["settings"], expected);
    let input = json!({
        "mode": "DEFINITIONS_ONLY", "dynamicFlow": false, "expectedRevision": 0, "reason": "done",
    });
    let selection = "settings { mode dynamicFlow revision }";
    let payload = app.change("setSwitches", selection, input.clone()).await;
    let expected = json!({ "mode": "DEFINITIONS_ONLY", "dynamicFlow": false, "revision": 2 });
    assert_eq!(payload["settings"], expected);
    assert!(!app.state.switches.current().dynamic_flow);
    let conflict = app.mutate("setSwitches", selection, input).await;
    assert_eq!(told(&conflict)[0].0, "CONFLICT");
    app.create_pmm().await;
    let start = json!({ "definitionKey": "pmm", "userId": "u", "clientId": "c" });
    let off = app.mutate("startInstance", "", start).await;
    assert_eq!(told(&off)[0].0, "DYNAMIC_FLOW_OFF");
}

#[tokio::test]
async fn trading_is_halted_with_a_reason_that_everybody_sees_and_resumed_by_somebody() {
    let app = TestApp::start().await;
    let settings = "settings { revision halt { reason since } }";
    let halt = json!({ "reason": " prices of yesterday " });
    let payload = app.change("haltTrading", settings, halt).await;
    let halted = &payload["settings"]["halt"];
    assert_eq!(halted["reason"], "prices of yesterday");
    assert!(halted["since"].is_string());
    let again = app
        .change("haltTrading", settings, json!({ "reason": "me too" }))
        .await;
    assert_eq!(again["settings"]["halt"], *halted);

    let late = json!({ "reason": "all is well", "expectedRevision": 0 });
    let refused = app.mutate("resumeTrading", settings, late).await;
    assert_eq!(told(&refused)[0].0, "CONFLICT");
    assert_eq!(refused["settings"]["halt"], *halted);
    let resume = json!({ "reason": "all is well", "expectedRevision": 1 });
    let payload = app.change("resumeTrading", settings, resume).await;
    let expected = json!({ "revision": 2, "halt": null });
    assert_eq!(payload["settings"], expected);
}

#[tokio::test]
async fn a_backfill_is_planned_and_then_run() {
    let app = TestApp::start().await;
    app.post(
        "/strategy/execute-volume-strategy",
        &crate::support::volume_params(),
    )
    .await;
    let arbitrage = json!({
        "userId": "u", "clientId": "c", "pair": "BTC/USDT", "amountToTrade": 1,
        "minProfitability": 0.1, "exchangeAName": "binance", "exchangeBName": "mexc",
    });
    let started = app.post("/strategy/execute-arbitrage", &arbitrage).await;
    assert!(started.status < 300, "{}", started.text());
    app.create(&crate::support::volume()).await;
    let report = "updated skipped entries { instanceKey outcome definitionKey definitionVersion \
                  reason reasonPhrase { code params } }";
    let plan = app
        .ask(&format!("{{ backfillPlan {{ {report} }} }}"), json!({}))
        .await;
    let expected = json!({
        "updated": 1, "skipped": 1, "entries": [
            { "instanceKey": "u-c-volume", "outcome": "LINKED", "definitionKey": "volume",
              "definitionVersion": "1.0.0", "reason": null, "reasonPhrase": null },
            { "instanceKey": "u-c-arbitrage", "outcome": "SKIPPED", "definitionKey": null,
              "definitionVersion": null,
              "reason": "no enabled definition uses executor arbitrage",
              "reasonPhrase": { "code": "NO_DEFINITION_FOR_EXECUTOR",
                                "params": { "executor": "arbitrage" } } },
        ],
    });
    assert_eq!(plan["backfillPlan"], expected);
    let before = app.events().await.len();
    let selection = format!("report {{ {report} }}");
    let run = app
        .change("runBackfill", &selection, json!({ "reason": "migration" }))
        .await;
    assert_eq!(run["report"], expected);
    assert_eq!(app.events().await.len(), before + 2);
    let again = app.change("runBackfill", &selection, json!({})).await;
    assert_eq!(again["report"]["updated"], 0);
    let linked = app
        .ask(
            "{ instances(filter: {linked: true}) { nodes { key } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        linked["instances"]["nodes"],
        json!([{ "key": "u-c-volume" }])
    );
}

#[tokio::test]
async fn a_repeated_backfill_does_nothing_new() {
    let app = TestApp::start().await;
    let start = crate::support::volume_params();
    app.post("/strategy/execute-volume-strategy", &start).await;
    let selection = "report { updated skipped entries { reason } }";
    let input = json!({ "idempotencyKey": "1", "reason": "migration" });
    let first = app.change("runBackfill", selection, input.clone()).await;
    assert_eq!(first["report"]["skipped"], 1);
    // What the first request could not link, its late repetition must not link either
    app.create(&crate::support::volume()).await;
    let before = app.events().await.len();
    let again = app.change("runBackfill", selection, input).await;
    assert_eq!(again["report"]["updated"], 0);
    let reason = &again["report"]["entries"][0]["reason"];
    assert_eq!(reason, "this very request looked at it before");
    assert_eq!(app.events().await.len(), before);
    let other = json!({ "idempotencyKey": "1", "reason": "another" });
    let reused = app.mutate("runBackfill", "", other).await;
    assert_eq!(told(&reused)[0].0, "IDEMPOTENCY_KEY_REUSED");
    let next = json!({ "idempotencyKey": "2", "reason": "migration" });
    let linked = app.change("runBackfill", selection, next).await;
    assert_eq!(linked["report"]["updated"], 1);
}

#[tokio::test]
async fn how_long_commands_took_is_told_by_what_they_recorded() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({})).await;
    app.start_pmm("u", "d", json!({})).await;
    let query = "{ commandTimes { eventType count p50Ms p99Ms } }";
    let data = app.ask(query, json!({})).await;
    let times = data["commandTimes"].as_array().unwrap();
    let started = times
        .iter()
        .find(|time| time["eventType"] == "InstanceStarted");
    let started = started.unwrap();
    assert_eq!(started["count"], 2);
    let [p50, p99] = ["p50Ms", "p99Ms"].map(|name| started[name].as_f64().unwrap());
    assert!(0.0 < p50 && p50 <= p99, "{started}");
}

#[tokio::test]
async fn legacy_calls_are_listed_by_day() {
    let app = TestApp::start().await;
    app.get("/strategy/all-strategies").await;
    app.get("/strategy/running").await;
    app.state.legacy_calls.record().await.unwrap();
    let head = app.log.head().await.unwrap();
    let query = "query($filter: LegacyUsageFilter) { legacyUsage(filter: $filter) { totalCount \
                 totalCalls nodes { day caller endpoint calls } } }";
    let listed = tokio::time::timeout(Duration::from_secs(10), async {
        loop {
            let data = app.ask(query, json!({})).await;
            if data["legacyUsage"]["totalCount"] != 0 || head.0 == 0 {
                return data;
            }
            tokio::task::yield_now().await;
        }
    });
    let data = listed.await.unwrap();
    for node in data["legacyUsage"]["nodes"].as_array().unwrap() {
        assert_eq!(node["day"], "2026-03-01");
        assert_eq!(node["caller"], "admin@203.0.113.7");
    }
    assert_eq!(
        data["legacyUsage"]["totalCalls"],
        data["legacyUsage"]["totalCount"]
    );
    let none = app
        .ask(query, json!({ "filter": { "until": "2026-02-28" } }))
        .await;
    assert_eq!(none["legacyUsage"]["totalCount"], 0);
}
