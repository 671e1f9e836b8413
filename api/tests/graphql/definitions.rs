//! The catalogue: looking, comparing, checking, changing.

use serde_json::{Value, json};

use crate::support::{TestApp, pmm, told};

async fn keys(app: &TestApp, arguments: &str) -> Value {
    let query = format!("{{ definitions{arguments} {{ nodes {{ key }} totalCount }} }}");
    let data = app.ask(&query, json!({})).await;
    let nodes = data["definitions"]["nodes"].as_array().unwrap().clone();
    let keys: Vec<Value> = nodes.iter().map(|node| node["key"].clone()).collect();
    json!([keys, data["definitions"]["totalCount"]])
}

async fn three_definitions() -> TestApp {
    let app = TestApp::start().await;
    for (key, name, executor) in [
        ("b", "Zwei", "volume"),
        ("a", "Drei 100%", "arbitrage"),
        ("c", "Eins", "volume"),
    ] {
        let mut input = pmm();
        input["key"] = json!(key);
        input["name"] = json!(name);
        input["executorType"] = json!(executor);
        app.change("createDefinition", "definition { key }", input)
            .await;
    }
    app
}

#[tokio::test]
async fn a_definition_shows_what_was_created() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let query = "{ definition(key: \"pmm\") { key name executorType executor { type } enabled \
                 currentVersion editedSincePublish createdBy lastChangedBy revision defaultConfig \
                 runningInstances linkedInstances stale asOf findings { message } \
                 versions { totalCount nodes { version isCurrent publishedBy defaultConfig } } } }";
    let data = app.ask(query, json!({})).await;
    let defaults = json!({ "pair": "BTC/USDT", "exchangeName": "binance", "bidSpread": 0.10 });
    assert_eq!(
        data["definition"],
        json!({
            "key": "pmm", "name": "Market making", "executorType": "pureMarketMaking",
            "executor": { "type": "pureMarketMaking" }, "enabled": true,
            "currentVersion": "1.0.0", "editedSincePublish": false, "createdBy": "admin",
            "lastChangedBy": "admin", "revision": 1, "defaultConfig": defaults,
            "runningInstances": 0, "linkedInstances": 0, "stale": false, "asOf": null,
            "findings": [], "versions": { "totalCount": 1, "nodes": [{
                "version": "1.0.0", "isCurrent": true, "publishedBy": "admin",
                "defaultConfig": defaults,
            }] },
        })
    );
    let nothing = app
        .ask("{ definition(key: \"none\") { key } }", json!({}))
        .await;
    assert_eq!(nothing["definition"], Value::Null);
}

#[tokio::test]
async fn the_catalogue_is_filtered_and_sorted() {
    let app = three_definitions().await;
    let selection = "definition { enabled }";
    let input = json!({ "key": "b", "reason": "not now" });
    app.change("disableDefinition", selection, input).await;
    assert_eq!(keys(&app, "").await, json!([["a", "b", "c"], 3]));
    for (arguments, expected) in [
        (
            "(orderBy: {field: KEY, direction: DESC})",
            json!([["c", "b", "a"], 3]),
        ),
        ("(orderBy: {field: NAME})", json!([["a", "c", "b"], 3])),
        (
            "(orderBy: {field: UPDATED_AT, direction: DESC}, first: 1)",
            json!([["c"], 3]),
        ),
        ("(filter: {enabled: true})", json!([["a", "c"], 2])),
        (
            "(filter: {executorType: [\"volume\"]})",
            json!([["b", "c"], 2]),
        ),
        ("(filter: {executorType: []})", json!([[], 0])),
        ("(filter: {text: \"EI\"})", json!([["a", "b", "c"], 3])),
        ("(filter: {text: \"100%\"})", json!([["a"], 1])),
        ("(filter: {text: \"_\"})", json!([[], 0])),
        ("(filter: {editedSincePublish: true})", json!([[], 0])),
    ] {
        assert_eq!(keys(&app, arguments).await, expected, "{arguments}");
        // The past is filtered and sorted by other code
        let head = app.log.head().await.unwrap();
        let then = if arguments.contains("UPDATED_AT") {
            continue;
        } else {
            format!(
                "({}, asOf: {{position: \"{head}\"}})",
                &arguments[1..arguments.len() - 1]
            )
        };
        assert_eq!(keys(&app, &then).await, expected, "{then}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_whatever_the_order() {
    let app = three_definitions().await;
    for order in ["KEY", "NAME", "CREATED_AT", "UPDATED_AT"] {
        for direction in ["ASC", "DESC"] {
            let by = format!("orderBy: {{field: {order}, direction: {direction}}}");
            let whole = keys(&app, &format!("({by})")).await[0].clone();
            let mut pages = vec![];
            let mut after = Value::Null;
            loop {
                let query = format!(
                    "query($after: String) {{ definitions({by}, first: 2, after: $after) {{ \
                     edges {{ cursor node {{ key }} }} pageInfo {{ hasNextPage hasPreviousPage \
                     endCursor }} }} }}"
                );
                let data = app.ask(&query, json!({ "after": after })).await;
                let page = &data["definitions"];
                assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!after.is_null()));
                let edges = page["edges"].as_array().unwrap().clone();
                pages.extend(edges.iter().map(|edge| edge["node"]["key"].clone()));
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
                after = page["pageInfo"]["endCursor"].clone();
            }
            assert_eq!(json!(pages), whole, "{order} {direction}");
        }
    }
}

#[tokio::test]
async fn versions_are_compared_in_sentences() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let input = json!({
        "key": "pmm", "version": "1.1.0", "reason": "wider",
        "defaultConfig": { "pair": "BTC/USDT", "exchangeName": "binance", "bidSpread": 0.2 },
    });
    app.change("publishDefinition", "definition { key }", input)
        .await;
    let query = "query($from: String!, $to: String!) { compareVersions(key: \"pmm\", from: $from, \
                 to: $to) { from { version } to { version reason } changes { sentence part kind \
                 pointer before after breaking } } }";
    let data = app
        .ask(query, json!({ "from": "1.0.0", "to": "1.1.0" }))
        .await;
    assert_eq!(
        data["compareVersions"].to_string(),
        r#"{"from":{"version":"1.0.0"},"to":{"version":"1.1.0","reason":"wider"},"changes":[{"sentence":"bidSpread: default 0.1 → 0.2","part":"DEFAULTS","kind":"CHANGED","pointer":"/bidSpread","before":0.1,"after":0.2,"breaking":false}]}"#
    );
    let none = app
        .ask(query, json!({ "from": "1.0.0", "to": "9.9.9" }))
        .await;
    assert_eq!(none["compareVersions"], Value::Null);
}

#[tokio::test]
async fn a_publish_is_checked_against_running_instances() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "1", json!({ "bidSpread": 0.05 })).await;
    app.start_pmm("u", "2", json!({ "bidSpread": 0.5 })).await;
    let stopped = app.start_pmm("u", "3", json!({ "bidSpread": 0.01 })).await;
    let input = json!({ "key": stopped["instance"]["key"], "reason": "done" });
    app.change("stopInstance", "instance { status }", input)
        .await;
    let mut schema = pmm()["configSchema"].clone();
    schema["properties"]["bidSpread"]["minimum"] = json!(0.1);
    let query = "query($input: PublishCheckInput!) { publishCheck(input: $input) { currentVersion \
                 bump suggestedVersion reason reasonPhrase { code params } checkedInstances \
                 incomplete changes { sentence breaking phrase { code params } } refusedInstances \
                 { instance { key } errors { pointer message phrase { code params } keyword } } } }";
    let input = json!({ "input": { "key": "pmm", "configSchema": schema } });
    let check = &app.ask(query, input).await["publishCheck"];
    assert_eq!(check["bump"], "MAJOR");
    assert_eq!(check["suggestedVersion"], "2.0.0");
    assert_eq!(check["checkedInstances"], 2);
    assert_eq!(check["incomplete"], false);
    says_why_it_is_major(check);
    let subject = json!({ "code": "CONFIG_FIELD", "params": { "path": "bidSpread" } });
    let rule = json!({
        "code": "MUST_BE_AT_LEAST", "params": { "subject": subject, "limit": "0.1" },
    });
    assert_eq!(
        check["refusedInstances"],
        json!([{
            "instance": { "key": "u-1-pureMarketMaking" },
            "errors": [{
                "pointer": "/bidSpread", "keyword": "minimum",
                "message": "Config field bidSpread must be >= 0.1", "phrase": rule,
            }],
        }])
    );
    // Nothing was published by looking
    let unchanged = app
        .ask("{ definition(key: \"pmm\") { revision } }", json!({}))
        .await;
    assert_eq!(unchanged["definition"]["revision"], 1);
}

fn says_why_it_is_major(check: &Value) {
    let params = json!({
        "subject": "bidSpread", "keyword": "minimum", "before": "0", "after": "0.1",
    });
    let change = json!({ "code": "KEYWORD_CHANGED", "params": params });
    assert_eq!(
        check["changes"],
        json!([{ "sentence": "bidSpread: minimum 0 → 0.1", "breaking": true, "phrase": change }])
    );
    assert_eq!(
        check["reason"],
        "Major: what was accepted may be refused: bidSpread: minimum 0 → 0.1"
    );
    let reason = json!({ "code": "BUMP_MAJOR", "params": { "change": change } });
    assert_eq!(check["reasonPhrase"], reason);
}

#[tokio::test]
async fn odd_content_is_found_before_it_is_saved() {
    let app = TestApp::start().await;
    let input = json!({
        "executorType": "nothing",
        "configSchema": { "properties": { "a": { "type": "number", "minimun": 1 } } },
        "defaultConfig": { "a": "x", "hidden": 1 },
    });
    let query = "query($input: LintDefinitionInput!) { lintDefinition(input: $input) { severity \
                 pointer } }";
    let data = app.ask(query, json!({ "input": input })).await;
    assert_eq!(
        data["lintDefinition"],
        json!([
            { "severity": "ERROR", "pointer": "/executorType" },
            { "severity": "WARNING", "pointer": "/defaultConfig/a" },
            { "severity": "WARNING", "pointer": "/configSchema/properties/a/minimun" },
            { "severity": "WARNING", "pointer": "/defaultConfig/hidden" },
        ])
    );
}

#[tokio::test]
async fn an_old_version_is_restored_as_a_new_one() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let input = json!({
        "key": "pmm", "reason": "try", "description": "Second",
        "defaultConfig": { "pair": "ETH/USDT", "exchangeName": "binance" },
    });
    app.change("publishDefinition", "definition { key }", input)
        .await;
    for (version, code) in [("newest", "INVALID_VERSION"), ("1.0.1", "VERSION_TAKEN")] {
        let input = json!({
            "key": "pmm", "version": "1.0.0", "newVersion": version, "reason": "it was better",
        });
        let refused = app.mutate("restoreDefinitionVersion", "", input).await;
        assert_eq!(
            told(&refused),
            [(code.to_owned(), "/newVersion".to_owned())]
        );
    }
    let input = json!({ "key": "pmm", "version": "1.0.0", "reason": "it was better" });
    let selection = "definition { currentVersion description defaultConfig versions { nodes { \
                     version reason } } }";
    let payload = app
        .change("restoreDefinitionVersion", selection, input)
        .await;
    assert_eq!(
        payload["definition"],
        json!({
            "currentVersion": "1.0.2", "description": null,
            "defaultConfig": pmm()["defaultConfig"],
            "versions": { "nodes": [
                { "version": "1.0.2", "reason": "it was better" },
                { "version": "1.0.1", "reason": "try" },
                { "version": "1.0.0", "reason": null },
            ]},
        })
    );
}

#[tokio::test]
async fn a_description_is_cleared_by_null_and_stays_when_left_out() {
    let app = TestApp::start().await;
    let mut input = pmm();
    input["description"] = json!("Quotes");
    app.change("createDefinition", "definition { key }", input)
        .await;
    let selection = "definition { description name }";
    let rename = json!({ "key": "pmm", "name": "Other" });
    let renamed = app.change("updateDefinition", selection, rename).await;
    assert_eq!(
        renamed["definition"],
        json!({ "description": "Quotes", "name": "Other" })
    );
    let clear = json!({ "key": "pmm", "description": null });
    let cleared = app.change("updateDefinition", selection, clear).await;
    assert_eq!(
        cleared["definition"],
        json!({ "description": null, "name": "Other" })
    );
}

#[tokio::test]
async fn every_kind_of_thing_is_found_by_its_id() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({})).await;
    let query = "{ definition(key: \"pmm\") { id version(version: \"1.0.0\") { id } } \
                 instance(key: \"u-c-pureMarketMaking\") { id } event(position: \"1\") { id } }";
    let data = app.ask(query, json!({})).await;
    let ids = json!([
        data["definition"]["id"],
        data["definition"]["version"]["id"],
        data["instance"]["id"],
        data["event"]["id"],
        "bm9ib2R5",
        "",
    ]);
    let query =
        "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Instance { key } } }";
    let data = app.ask(query, json!({ "ids": ids })).await;
    let nodes = data["nodes"].as_array().unwrap();
    let kinds: Vec<&Value> = nodes.iter().map(|node| &node["__typename"]).collect();
    let expected = json!([
        "Definition",
        "DefinitionVersion",
        "Instance",
        "Event",
        null,
        null
    ]);
    assert_eq!(json!(kinds), expected);
    for (node, id) in nodes.iter().zip(ids.as_array().unwrap()).take(4) {
        assert_eq!(&node["id"], id);
    }
}
