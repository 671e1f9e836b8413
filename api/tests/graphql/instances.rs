//! Instances: looking, counting, validating, starting again.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{TestApp, pmm, told};

async fn five_instances() -> TestApp {
    let app = TestApp::start().await;
    app.create_pmm().await;
    for (user, client) in [
        ("ana", "1"),
        ("ana", "2"),
        ("bob", "1"),
        ("bob", "2"),
        ("cy", "9"),
    ] {
        app.start_pmm(user, client, json!({})).await;
    }
    for key in ["ana-2-pureMarketMaking", "cy-9-pureMarketMaking"] {
        let input = json!({ "key": key, "reason": "done" });
        app.change("stopInstance", "", input).await;
    }
    app
}

async fn clients(app: &TestApp, arguments: &str) -> Value {
    let query = format!("{{ instances{arguments} {{ nodes {{ userId clientId }} }} }}");
    let data = app.ask(&query, json!({})).await;
    let nodes = data["instances"]["nodes"].as_array().unwrap().clone();
    let name = |node: &Value| {
        let text = |name: &str| node[name].as_str().unwrap().to_owned();
        text("userId") + &text("clientId")
    };
    nodes.iter().map(name).collect()
}

#[tokio::test]
async fn instances_are_filtered_and_sorted_now_and_then() {
    let app = five_instances().await;
    for (arguments, expected) in [
        ("first: 200", json!(["ana1", "ana2", "bob1", "bob2", "cy9"])),
        ("filter: {status: [STOPPED]}", json!(["ana2", "cy9"])),
        (
            "filter: {status: [RUNNING, STOPPED], userId: \"ana\"}",
            json!(["ana1", "ana2"]),
        ),
        ("filter: {status: []}", json!([])),
        (
            "filter: {observed: [NONE], clientId: \"1\"}",
            json!(["ana1", "bob1"]),
        ),
        ("filter: {observed: [RUNNING]}", json!([])),
        (
            "filter: {definitionKey: \"pmm\", clientId: \"9\"}",
            json!(["cy9"]),
        ),
        ("filter: {definitionKey: \"nope\"}", json!([])),
        (
            "filter: {definitionVersion: \"1.0.0\", userId: \"bob\"}",
            json!(["bob1", "bob2"]),
        ),
        ("filter: {executorType: [\"volume\"]}", json!([])),
        (
            "filter: {executorType: [\"pureMarketMaking\"], status: [STOPPED]}",
            json!(["ana2", "cy9"]),
        ),
        ("filter: {linked: false}", json!([])),
        ("filter: {text: \"OB-2\"}", json!(["bob2"])),
        ("filter: {text: \"%\"}", json!([])),
        (
            "orderBy: {field: KEY, direction: DESC}, first: 2",
            json!(["cy9", "bob2"]),
        ),
        (
            "orderBy: {field: CREATED, direction: DESC}, first: 1",
            json!(["cy9"]),
        ),
    ] {
        assert_eq!(
            clients(&app, &format!("({arguments})")).await,
            expected,
            "{arguments}"
        );
        let head = app.log.head().await.unwrap();
        let then = format!("({arguments}, asOf: {{position: \"{head}\"}})");
        assert_eq!(clients(&app, &then).await, expected, "{then}");
    }
    // Before anybody stopped, and before anybody started
    let arguments = "(filter: {status: [STOPPED]}, asOf: {position: \"6\"})";
    assert_eq!(clients(&app, arguments).await, json!([]));
    assert_eq!(
        clients(&app, "(asOf: {position: \"3\"})").await,
        json!(["ana1", "ana2"])
    );
}

#[tokio::test]
async fn pages_of_instances_follow_one_another() {
    let app = five_instances().await;
    for by in ["CREATED", "UPDATED_AT", "KEY"] {
        for direction in ["ASC", "DESC"] {
            let order = format!("orderBy: {{field: {by}, direction: {direction}}}");
            let whole = clients(&app, &format!("({order})")).await;
            let (mut pages, mut after) = (vec![], Value::Null);
            loop {
                let query = format!(
                    "query($after: String) {{ instances({order}, first: 2, after: $after) {{ nodes \
                     {{ userId clientId }} pageInfo {{ hasNextPage endCursor }} totalCount }} }}"
                );
                let data = app.ask(&query, json!({ "after": after })).await;
                let page = &data["instances"];
                assert_eq!(page["totalCount"], 5);
                for node in page["nodes"].as_array().unwrap() {
                    let text = |name: &str| node[name].as_str().unwrap().to_owned();
                    pages.push(text("userId") + &text("clientId"));
                }
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
                after = page["pageInfo"]["endCursor"].clone();
            }
            assert_eq!(json!(pages), whole, "{order}");
        }
    }
}

#[tokio::test]
async fn counts_are_of_every_state_and_the_total_of_those_asked_for() {
    let app = five_instances().await;
    let query = "query($then: AsOfInput) { instances(filter: {status: [RUNNING], userId: \"ana\"}, \
                 asOf: $then) { totalCount counts { running stopped faulted diverging states { \
                 status observed count } } } }";
    for then in [Value::Null, json!({ "position": "8" })] {
        let data = app.ask(query, json!({ "then": then })).await;
        let list = &data["instances"];
        assert_eq!(list["totalCount"], 1);
        let counts = &list["counts"];
        assert_eq!(counts["running"], 1);
        assert_eq!(counts["stopped"], 1);
        assert_eq!(counts["faulted"], 0);
        // Nothing executes in this test: what should run does not
        assert_eq!(counts["diverging"], 1);
        assert_eq!(counts["states"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_configuration_is_validated_before_anything_starts() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let query = "query($input: ValidateConfigInput!) { validateConfig(input: $input) { valid \
                 version strategyKey effectiveConfig existing { key } trading fields { name source \
                 value defaultValue inSchema } errors { code pointer keyword } } }";
    let input = json!({
        "definitionKey": "pmm", "userId": "u", "clientId": "c",
        "config": { "bidSpread": 0.5, "extra": [1] },
    });
    let data = app.ask(query, json!({ "input": input })).await;
    assert_eq!(
        data["validateConfig"].to_string(),
        r#"{"valid":true,"version":"1.0.0","strategyKey":"u-c-pureMarketMaking","effectiveConfig":{"pair":"BTC/USDT","exchangeName":"binance","bidSpread":0.5,"extra":[1],"userId":"u","clientId":"c","marketMakingOrderId":"c"},"existing":null,"trading":"PAPER","fields":[{"name":"pair","source":"DEFAULT","value":"BTC/USDT","defaultValue":"BTC/USDT","inSchema":true},{"name":"exchangeName","source":"DEFAULT","value":"binance","defaultValue":"binance","inSchema":true},{"name":"bidSpread","source":"OVERRIDE","value":0.5,"defaultValue":0.1,"inSchema":true},{"name":"extra","source":"OVERRIDE","value":[1],"defaultValue":null,"inSchema":false},{"name":"userId","source":"SYSTEM","value":"u","defaultValue":null,"inSchema":false},{"name":"clientId","source":"SYSTEM","value":"c","defaultValue":null,"inSchema":false},{"name":"marketMakingOrderId","source":"SYSTEM","value":"c","defaultValue":null,"inSchema":false}],"errors":[]}"#
    );
    let input = json!({ "definitionKey": "pmm", "config": { "pair": 1, "bidSpread": -1 } });
    let data = app.ask(query, json!({ "input": input })).await;
    assert_eq!(data["validateConfig"]["valid"], false);
    assert_eq!(data["validateConfig"]["strategyKey"], Value::Null);
    assert_eq!(
        data["validateConfig"]["errors"],
        json!([
            { "code": "INVALID_INPUT", "pointer": "/userId", "keyword": "required" },
            { "code": "INVALID_INPUT", "pointer": "/clientId", "keyword": "required" },
            { "code": "INVALID_CONFIG", "pointer": "/config/pair", "keyword": "type" },
            { "code": "INVALID_CONFIG", "pointer": "/config/bidSpread", "keyword": "minimum" },
        ])
    );
    let none = json!({ "input": { "definitionKey": "none" } });
    assert_eq!(app.ask(query, none).await["validateConfig"], Value::Null);
    assert_eq!(app.events().await.len(), 1);
}

#[tokio::test]
async fn an_instance_is_started_stopped_and_started_again() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({ "bidSpread": 0.3 })).await;
    app.advance(TimeDelta::hours(1));
    let key = "u-c-pureMarketMaking";
    let stale = json!({ "key": key, "expectedRevision": 7, "reason": "x" });
    let payload = app
        .mutate("stopInstance", "instance { status }", stale)
        .await;
    assert_eq!(told(&payload)[0].0, "CONFLICT");
    assert_eq!(payload["instance"]["status"], "RUNNING");
    let input = json!({ "key": key, "expectedRevision": 1, "reason": "lunch" });
    app.change("stopInstance", "instance { status }", input.clone())
        .await;
    let selection = "instance { status run config revision createdAt startedAt }";
    let again = app
        .change("restartInstance", selection, json!({ "key": key }))
        .await;
    assert_eq!(again["instance"]["run"], 2);
    assert_eq!(again["instance"]["createdAt"], "2026-03-01T10:00:00.123Z");
    assert_eq!(again["instance"]["startedAt"], "2026-03-01T11:00:00.123Z");
    assert_eq!(again["instance"]["config"]["bidSpread"], json!(0.3));
    let query = "{ instance(key: \"u-c-pureMarketMaking\") { definition { key } definitionKey \
                 definitionVersion runs { totalCount nodes { number end endReason endedBy startedBy \
                 definitionVersion execution { run } } } execution { run } } }";
    let data = app.ask(query, json!({})).await;
    assert_eq!(
        data["instance"],
        json!({
            "definition": { "key": "pmm" }, "definitionKey": "pmm", "definitionVersion": "1.0.0",
            "execution": null,
            "runs": { "totalCount": 2, "nodes": [
                { "number": 2, "end": null, "endReason": null, "endedBy": null,
                  "startedBy": "admin", "definitionVersion": "1.0.0", "execution": null },
                { "number": 1, "end": "STOPPED", "endReason": "lunch", "endedBy": "admin",
                  "startedBy": "admin", "definitionVersion": "1.0.0", "execution": null },
            ]},
        })
    );
}

#[tokio::test]
async fn a_restart_on_another_version_keeps_what_was_overridden() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({ "pair": "ETH/USDT" })).await;
    let publish = json!({
        "key": "pmm", "reason": "wider",
        "defaultConfig": { "pair": "BTC/USDT", "exchangeName": "binance", "bidSpread": 0.9 },
    });
    app.change("publishDefinition", "", publish).await;
    let key = "u-c-pureMarketMaking";
    let selection = "instance { run definitionVersion config }";
    let input = json!({ "key": key, "version": "1.0.1", "reason": "new defaults" });
    let payload = app
        .change("restartInstanceOnVersion", selection, input)
        .await;
    let instance = &payload["instance"];
    assert_eq!(instance["definitionVersion"], "1.0.1");
    assert_eq!(instance["run"], 2);
    assert_eq!(instance["config"]["bidSpread"], json!(0.9));
    assert_eq!(instance["config"]["pair"], "ETH/USDT");
    let input = json!({
        "key": key, "version": "1.0.0", "reason": "back", "config": { "bidSpread": 0.4 },
    });
    let payload = app
        .change("restartInstanceOnVersion", selection, input)
        .await;
    assert_eq!(payload["instance"]["definitionVersion"], "1.0.0");
    assert_eq!(payload["instance"]["config"]["bidSpread"], json!(0.4));
    assert_eq!(payload["instance"]["config"]["pair"], "BTC/USDT");
    let input = json!({ "key": key, "version": "3.0.0", "reason": "x" });
    let payload = app.mutate("restartInstanceOnVersion", "", input).await;
    assert_eq!(
        told(&payload),
        [("NOT_FOUND".to_owned(), "/version".to_owned())]
    );
}

/// A definition of which only the spread may change, and an instance of it.
async fn one_with_a_spread_that_may_change() -> TestApp {
    let app = TestApp::start().await;
    let mut definition = pmm();
    definition["configSchema"]["properties"]["bidSpread"]["x-updatable"] = json!(true);
    app.change("createDefinition", "", definition).await;
    app.start_pmm("u", "c", json!({ "bidSpread": 0.3 })).await;
    app
}

#[tokio::test]
async fn a_running_instance_takes_other_values_for_what_may_change() {
    let app = one_with_a_spread_that_may_change().await;
    let key = "u-c-pureMarketMaking";
    let input = json!({
        "key": key, "config": { "bidSpread": 0.2 }, "reason": "calmer", "idempotencyKey": "once",
    });
    let selection = "instance { run config status }";
    for _ in 0..2 {
        let payload = app
            .change("reconfigureInstance", selection, input.clone())
            .await;
        let instance = &payload["instance"];
        assert_eq!(
            (&instance["run"], &instance["status"]),
            (&json!(1), &json!("RUNNING"))
        );
        assert_eq!(instance["config"]["bidSpread"], json!(0.2));
    }
    let query = "{ instance(key: \"u-c-pureMarketMaking\") { configFields { name updatable } runs { \
                 nodes { config configChanges { changed changedBy reason } } } } }";
    let data = app.ask(query, json!({})).await;
    let run = &data["instance"]["runs"]["nodes"][0];
    assert_eq!(run["config"]["bidSpread"], json!(0.2));
    assert_eq!(
        run["configChanges"],
        json!([{ "changed": ["bidSpread"], "changedBy": "admin", "reason": "calmer" }])
    );
    let fields = data["instance"]["configFields"].as_array().unwrap();
    let updatable: Vec<_> = fields
        .iter()
        .filter(|field| field["updatable"] == true)
        .map(|field| &field["name"])
        .collect();
    assert_eq!(updatable, ["bidSpread"]);
    let legacy = app.get("/strategy/running").await.json();
    assert_eq!(legacy[0]["parameters"]["bidSpread"], json!(0.2));
}

#[tokio::test]
async fn what_may_not_change_is_refused_at_its_field() {
    let app = one_with_a_spread_that_may_change().await;
    let before = app.events().await.len();
    for (config, code, pointer) in [
        (
            json!({ "pair": "ETH/USDT" }),
            "INVALID_CONFIG",
            "/config/pair",
        ),
        (
            json!({ "bidSpread": -1 }),
            "INVALID_CONFIG",
            "/config/bidSpread",
        ),
        (json!([1]), "INVALID_INPUT", "/config"),
    ] {
        let input = json!({
            "key": "u-c-pureMarketMaking", "config": config, "reason": "try",
        });
        let payload = app.mutate("reconfigureInstance", "", input).await;
        assert_eq!(told(&payload)[0], (code.to_owned(), pointer.to_owned()));
    }
    let stop = json!({ "key": "u-c-pureMarketMaking", "reason": "lunch" });
    app.change("stopInstance", "", stop).await;
    for (key, code) in [("u-c-pureMarketMaking", "NOT_RUNNING"), ("x", "NOT_FOUND")] {
        let input = json!({ "key": key, "config": { "bidSpread": 0.2 }, "reason": "try" });
        let payload = app.mutate("reconfigureInstance", "", input).await;
        assert_eq!(told(&payload), [(code.to_owned(), "/key".to_owned())]);
    }
    assert_eq!(app.events().await.len(), before + 1);
}

#[tokio::test]
async fn many_are_stopped_each_on_its_own() {
    let app = five_instances().await;
    let input = json!({
        "keys": ["ana-1-pureMarketMaking", "nobody", "ana-2-pureMarketMaking"], "reason": "all",
    });
    let selection = "results { key stopped instance { status } userErrors { code } }";
    let payload = app.change("stopInstances", selection, input).await;
    assert_eq!(
        payload["results"],
        json!([
            { "key": "ana-1-pureMarketMaking", "stopped": true,
              "instance": { "status": "STOPPED" }, "userErrors": [] },
            { "key": "nobody", "stopped": false, "instance": null,
              "userErrors": [{ "code": "NOT_FOUND" }] },
            { "key": "ana-2-pureMarketMaking", "stopped": false,
              "instance": { "status": "STOPPED" }, "userErrors": [] },
        ])
    );
}

#[tokio::test]
async fn a_start_runs_what_was_looked_at_or_nothing() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let check = "{ publishCheck(input: { key: \"pmm\" }) { revision } }";
    let seen = app.ask(check, json!({})).await["publishCheck"]["revision"].clone();
    let input = |revision: &Value| {
        json!({ "definitionKey": "pmm", "userId": "u", "clientId": "c", "config": {},
                "expectedDefinitionRevision": revision })
    };
    let rename = json!({ "key": "pmm", "name": "Another" });
    app.change("updateDefinition", "", rename).await;
    let refused = app.mutate("startInstance", "", input(&seen)).await;
    let at = "/expectedDefinitionRevision".to_owned();
    assert_eq!(told(&refused), [("CONFLICT".to_owned(), at)]);
    let message = refused["userErrors"][0]["message"].as_str().unwrap();
    assert!(message.contains("changed it meanwhile"), "{message}");
    let now = app.ask(check, json!({})).await["publishCheck"]["revision"].clone();
    app.change("startInstance", "", input(&now)).await;
}
