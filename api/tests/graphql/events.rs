//! The log as people look through it.

use serde_json::{Value, json};

use crate::support::TestApp;

async fn some_history() -> TestApp {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({})).await;
    let stop = json!({ "key": "u-c-pureMarketMaking", "reason": "enough" });
    app.change("stopInstance", "", stop).await;
    app.create(&crate::support::volume()).await;
    app.change(
        "setSwitches",
        "",
        json!({ "dynamicFlow": false, "reason": "pause" }),
    )
    .await;
    app
}

async fn types(app: &TestApp, filter: Value) -> Value {
    let query = "query($filter: EventFilter) { events(filter: $filter, order: OLDEST_FIRST) { nodes \
                 { type } } }";
    let data = app.ask(query, json!({ "filter": filter })).await;
    let nodes = data["events"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["type"].clone()).collect()
}

#[tokio::test]
async fn an_event_is_shown_as_it_was_stored() {
    let app = some_history().await;
    let query = "{ event(position: \"3\") { eventId position streamType streamId streamVersion type \
                 typeVersion summary phrase { code params } actor role source reason correlationId causationId \
                 recordedAt payload payloadText metadataText causedBy { position } } }";
    let data = app.ask(query, json!({})).await;
    let event = &data["event"];
    assert_eq!(event["position"], "3");
    assert_eq!(event["streamType"], "strategy_instance");
    assert_eq!(event["streamId"], "u-c-pureMarketMaking");
    assert_eq!(event["streamVersion"], 2);
    assert_eq!(event["type"], "InstanceStopped");
    assert_eq!(event["summary"], "stopped run 1");
    let said = json!({ "code": "RUN_STOPPED", "params": { "run": "1" } });
    assert_eq!(event["phrase"], said);
    assert_eq!(
        (&event["actor"], &event["role"]),
        (&json!("admin"), &json!("ADMIN"))
    );
    assert_eq!(
        (&event["source"], &event["reason"]),
        (&json!("GRAPHQL"), &json!("enough"))
    );
    assert_eq!(event["recordedAt"], "2026-03-01T10:00:00.123Z");
    assert_eq!(event["payload"]["run"], 1);
    let stored: Value = serde_json::from_str(event["payloadText"].as_str().unwrap()).unwrap();
    assert_eq!(stored["InstanceStopped"], event["payload"]);
    let query = "query($id: String!) { event(eventId: $id) { position } }";
    let found = app.ask(query, json!({ "id": event["eventId"] })).await;
    assert_eq!(found["event"]["position"], "3");
    let nobody = json!({ "id": "00000000-0000-0000-0000-000000000001" });
    assert_eq!(app.ask(query, nobody).await["event"], Value::Null);
    let beyond = app
        .ask("{ event(position: \"99\") { position } }", json!({}))
        .await;
    assert_eq!(beyond["event"], Value::Null);
}

#[tokio::test]
async fn events_are_filtered_by_whatever_they_carry() {
    let app = some_history().await;
    let all = json!([
        "DefinitionCreated",
        "InstanceStarted",
        "InstanceStopped",
        "DefinitionCreated",
        "DynamicFlowSwitched",
    ]);
    let query = "{ event(position: \"2\") { correlationId } }";
    let correlation = app.ask(query, json!({})).await["event"]["correlationId"].clone();
    for (filter, expected) in [
        (json!({}), all.clone()),
        (
            json!({ "type": ["InstanceStopped", "InstanceStarted"] }),
            json!(["InstanceStarted", "InstanceStopped"]),
        ),
        (
            json!({ "streamType": ["installation"] }),
            json!(["DynamicFlowSwitched"]),
        ),
        (
            json!({ "streamType": ["strategy_instance"], "streamId": "u-c-pureMarketMaking" }),
            json!(["InstanceStarted", "InstanceStopped"]),
        ),
        (
            json!({ "streamType": ["strategy_definition"], "streamId": "none" }),
            json!([]),
        ),
        (
            json!({ "actor": "legacy:admin" }),
            json!(["DefinitionCreated"]),
        ),
        (
            json!({ "source": ["LEGACY_REST"] }),
            json!(["DefinitionCreated"]),
        ),
        (
            json!({ "correlationId": correlation }),
            json!(["InstanceStarted"]),
        ),
        (json!({ "causationId": correlation }), json!([])),
        (json!({ "until": "2026-03-01T10:00:00.123Z" }), json!([])),
        (json!({ "from": "2026-03-01T10:00:00.123Z" }), all.clone()),
        (json!({ "from": "2026-03-01T10:00:00.124Z" }), json!([])),
        (
            json!({ "from": "2026-03-01T10:00:00Z", "until": "2026-03-01T10:00:01Z" }),
            all,
        ),
    ] {
        assert_eq!(types(&app, filter.clone()).await, expected, "{filter}");
    }
    let query = "query($filter: EventFilter) { events(filter: $filter) { head } }";
    for wrong in [json!({ "streamId": "x" }), json!({ "correlationId": "x" })] {
        let answer = app.ask_raw(query, json!({ "filter": wrong })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
}

#[tokio::test]
async fn pages_run_from_either_end_without_gap_or_repetition() {
    let app = some_history().await;
    for (order, filter, expected) in [
        ("NEWEST_FIRST", json!({}), json!(["5", "4", "3", "2", "1"])),
        ("OLDEST_FIRST", json!({}), json!(["1", "2", "3", "4", "5"])),
        (
            "NEWEST_FIRST",
            json!({ "type": ["DefinitionCreated"] }),
            json!(["4", "1"]),
        ),
        (
            "OLDEST_FIRST",
            json!({ "streamType": ["strategy_instance"],
            "streamId": "u-c-pureMarketMaking" }),
            json!(["2", "3"]),
        ),
    ] {
        let (mut seen, mut after) = (vec![], Value::Null);
        loop {
            let query = format!(
                "query($filter: EventFilter, $after: String) {{ events(filter: $filter, order: \
                 {order}, first: 1, after: $after) {{ nodes {{ position }} nextCursor head pageInfo \
                 {{ hasNextPage }} }} }}"
            );
            let data = app
                .ask(&query, json!({ "filter": filter, "after": after }))
                .await;
            let page = &data["events"];
            assert_eq!(page["head"], "5");
            let nodes = page["nodes"].as_array().unwrap();
            seen.extend(nodes.iter().map(|node| node["position"].clone()));
            assert_eq!(
                page["pageInfo"]["hasNextPage"],
                json!(!page["nextCursor"].is_null())
            );
            after = page["nextCursor"].clone();
            if after.is_null() {
                break;
            }
        }
        assert_eq!(json!(seen), expected, "{order} {filter}");
    }
}

#[tokio::test]
async fn totals_are_told_where_they_are_known() {
    let app = some_history().await;
    let query = "{ all: events { totalCount } some: events(filter: {actor: \"admin\"}) { totalCount } \
                 definition(key: \"pmm\") { events { totalCount nodes { type } } } \
                 instance(key: \"u-c-pureMarketMaking\") { events(filter: {type: \
                 [\"InstanceStopped\"]}) { totalCount nodes { summary } } } }";
    let data = app.ask(query, json!({})).await;
    assert_eq!(data["all"]["totalCount"], 5);
    assert_eq!(data["some"]["totalCount"], Value::Null);
    assert_eq!(data["definition"]["events"]["totalCount"], 1);
    assert_eq!(
        data["instance"]["events"]["nodes"],
        json!([{ "summary": "stopped run 1" }])
    );
}

#[tokio::test]
async fn a_long_log_is_searched_a_part_at_a_time() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.fill_log(25_000).await;
    let query = "query($after: String) { events(filter: {type: [\"DefinitionCreated\"]}, after: \
                 $after) { nodes { position } nextCursor } }";
    let first = app.ask(query, json!({})).await;
    assert_eq!(first["events"]["nodes"], json!([]));
    let next = json!({ "after": first["events"]["nextCursor"] });
    let second = app.ask(query, next).await;
    assert_eq!(second["events"]["nodes"], json!([{ "position": "1" }]));
    assert_eq!(second["events"]["nextCursor"], Value::Null);
}
