//! What every mutation keeps: reasons, revisions, repetition, refusals as data.

use domain::instance::InstanceEvent;
use event_store::{FeedFilter, Position, Source};
use serde_json::{Value, json};

use crate::support::{TestApp, pmm, told};

fn one(code: &str, pointer: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), pointer.to_owned())]
}

#[tokio::test]
async fn what_matters_needs_a_reason() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({})).await;
    let instance = "u-c-pureMarketMaking";
    let before = app.events().await.len();
    for (mutation, input) in [
        ("publishDefinition", json!({ "key": "pmm" })),
        ("disableDefinition", json!({ "key": "pmm", "reason": " " })),
        (
            "restoreDefinitionVersion",
            json!({ "key": "pmm", "version": "1.0.0" }),
        ),
        ("stopInstance", json!({ "key": instance, "reason": "" })),
        (
            "restartInstanceOnVersion",
            json!({ "key": instance, "version": "1.0.0" }),
        ),
        (
            "reconfigureInstance",
            json!({ "key": instance, "config": { "bidSpread": 0.2 } }),
        ),
        ("setSwitches", json!({ "dynamicFlow": false })),
        ("haltTrading", json!({ "reason": " " })),
        ("resetGuard", json!({ "name": "desk" })),
        ("removeGuard", json!({ "name": "desk" })),
    ] {
        let payload = app.mutate(mutation, "", input).await;
        assert_eq!(
            told(&payload),
            one("REASON_REQUIRED", "/reason"),
            "{mutation}"
        );
        assert_eq!(payload["position"], Value::Null);
    }
    assert_eq!(app.events().await.len(), before);
    // Removing is refused for other reasons first, unless it could be done
    let input = json!({ "key": "pmm", "reason": "no longer used" });
    app.change("disableDefinition", "", input.clone()).await;
    let payload = app
        .mutate("removeDefinition", "key", json!({ "key": "pmm" }))
        .await;
    assert_eq!(told(&payload), one("REASON_REQUIRED", "/reason"));
    // The legacy paths have no room for a reason, and need none
    let stop = json!({ "userId": "u", "clientId": "c", "strategyType": "marketMaking" });
    let legacy = app.post("/admin/strategy/stop", &stop).await;
    assert_eq!(legacy.status, 201, "{}", legacy.text());
}

#[tokio::test]
async fn the_reason_the_caller_and_the_request_are_recorded() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "c", json!({})).await;
    let key = "u-c-pureMarketMaking";
    let input = json!({ "key": key, "reason": "enough", "idempotencyKey": "k" });
    let stopped = app
        .change("stopInstance", "instance { status observed note }", input)
        .await;
    assert_eq!(stopped["instance"]["status"], "STOPPED");
    assert_eq!(stopped["instance"]["note"], "enough");
    let page = app
        .log
        .feed(Position(0), 100, &FeedFilter::default())
        .await
        .unwrap();
    let last = page.events.last().unwrap();
    let metadata = last.metadata().unwrap();
    assert_eq!(metadata.actor.name, "admin");
    assert_eq!(metadata.source, Source::Graphql);
    assert_eq!(metadata.reason.as_deref(), Some("enough"));
    assert_eq!(metadata.idempotency_key.as_deref(), Some("k"));
    assert_eq!(json!(last.position), stopped["position"]);
    let event = last.decode().unwrap();
    let domain::event::Event::Instance(InstanceEvent::InstanceStopped { reason, .. }) = event
    else {
        panic!("{event:?}");
    };
    assert_eq!(reason.as_deref(), Some("enough"));
}

#[tokio::test]
async fn a_conflict_is_told_in_words() {
    let app = TestApp::start().await;
    let revision = app.create_pmm().await;
    let rename = |name: &str| json!({ "key": "pmm", "name": name, "expectedRevision": revision });
    let input = json!({ "key": "pmm", "version": "1.0.4", "reason": "first" });
    app.change("publishDefinition", "", input).await;
    let selection = "definition { revision name }";
    let payload = app
        .mutate("updateDefinition", selection, rename("Mine"))
        .await;
    assert_eq!(told(&payload), one("CONFLICT", "/expectedRevision"));
    let error = &payload["userErrors"][0];
    assert_eq!(
        error["message"],
        "admin changed it meanwhile (published 1.0.4). Revision 1 is now 2: look again"
    );
    let what = json!({ "code": "DEFINITION_PUBLISHED", "params": { "version": "1.0.4" } });
    let params = json!({ "actor": "admin", "what": what, "expected": "1", "actual": "2" });
    assert_eq!(
        error["phrase"],
        json!({ "code": "CHANGED_MEANWHILE", "params": params })
    );
    assert_eq!(error["params"]["actual"], 2);
    assert_eq!(error["params"]["type"], "DefinitionPublished");
    // With the other side's state at hand
    assert_eq!(
        payload["definition"],
        json!({ "revision": 2, "name": "Market making" })
    );
    let again = json!({ "key": "pmm", "name": "Mine", "expectedRevision": 2 });
    let payload = app.change("updateDefinition", selection, again).await;
    assert_eq!(
        payload["definition"],
        json!({ "revision": 3, "name": "Mine" })
    );
}

#[tokio::test]
async fn a_removal_that_expected_another_revision_is_a_conflict() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.change(
        "disableDefinition",
        "",
        json!({ "key": "pmm", "reason": "x" }),
    )
    .await;
    let input = json!({ "key": "pmm", "expectedRevision": 1, "reason": "x" });
    let payload = app.mutate("removeDefinition", "key", input).await;
    assert_eq!(told(&payload), one("CONFLICT", "/expectedRevision"));
    let input = json!({ "key": "pmm", "expectedRevision": 2, "reason": "x" });
    app.change("removeDefinition", "key", input).await;
    let gone = app
        .ask("{ definition(key: \"pmm\") { key } }", json!({}))
        .await;
    assert_eq!(gone["definition"], Value::Null);
}

#[tokio::test]
async fn the_same_request_twice_is_done_once() {
    let app = TestApp::start().await;
    let mut create = pmm();
    create["idempotencyKey"] = json!("one");
    let selection = "definition { uuid revision }";
    let first = app
        .change("createDefinition", selection, create.clone())
        .await;
    assert_eq!(
        app.change("createDefinition", selection, create.clone())
            .await,
        first
    );
    create["name"] = json!("Something else");
    let other = app.mutate("createDefinition", selection, create).await;
    assert_eq!(
        told(&other),
        one("IDEMPOTENCY_KEY_REUSED", "/idempotencyKey")
    );

    let start = json!({
        "definitionKey": "pmm", "userId": "u", "clientId": "c", "idempotencyKey": "two",
    });
    let started = app
        .change("startInstance", "instance { run }", start.clone())
        .await;
    // Even when by now it would be refused
    app.change(
        "disableDefinition",
        "",
        json!({ "key": "pmm", "reason": "x" }),
    )
    .await;
    assert_eq!(
        app.change("startInstance", "instance { run }", start).await,
        started
    );
    assert_eq!(started["instance"]["run"], 1);
    assert_eq!(app.events().await.len(), 3);
}

#[tokio::test]
async fn refusals_say_where_and_all_at_once() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let again = app.mutate("createDefinition", "", pmm()).await;
    assert_eq!(told(&again), one("KEY_TAKEN", "/key"));
    let start = |config: Value| json!({ "definitionKey": "pmm", "userId": "u", "clientId": "c", "config": config });
    let wrong = start(json!({ "pair": 7, "bidSpread": -1 }));
    let payload = app.mutate("startInstance", "instance { key }", wrong).await;
    let all = [
        ("INVALID_CONFIG", "/config/pair"),
        ("INVALID_CONFIG", "/config/bidSpread"),
    ];
    assert_eq!(
        told(&payload),
        all.map(|(code, at)| (code.to_owned(), at.to_owned()))
    );
    assert_eq!(payload["instance"], Value::Null);
    let unknown = start(json!({ "exchangeName": "nowhere" }));
    let payload = app.mutate("startInstance", "", unknown).await;
    assert_eq!(told(&payload), one("NO_START_PRICE", "/config"));
    assert_eq!(app.events().await.len(), 1);
}

/// Sends each input and expects a code and a pointer; nothing may change.
async fn all_refused<const N: usize>(cases: [(&str, Value, &str, &str); N]) {
    let app = TestApp::start().await;
    app.create_pmm().await;
    for (mutation, input, code, pointer) in cases {
        let payload = app.mutate(mutation, "", input.clone()).await;
        let expected = (code.to_owned(), pointer.to_owned());
        assert_eq!(told(&payload)[0], expected, "{mutation} {input}");
    }
    assert_eq!(app.events().await.len(), 1);
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    let definition = json!({ "definitionKey": "x", "userId": "u", "clientId": "c" });
    let stop = json!({ "key": "x", "reason": "y" });
    let version = json!({ "key": "pmm", "version": "7.0.0", "reason": "x" });
    let key = || json!({ "key": "x" });
    let projection = json!({ "name": "x" });
    all_refused([
        ("startInstance", definition, "NOT_FOUND", "/definitionKey"),
        ("stopInstance", stop, "NOT_FOUND", "/key"),
        ("restartInstance", key(), "NOT_FOUND", "/key"),
        ("enableDefinition", key(), "NOT_FOUND", "/key"),
        ("restoreDefinitionVersion", version, "NOT_FOUND", "/version"),
        ("rebuildProjection", projection, "NOT_FOUND", "/name"),
    ])
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_where_it_was_said() {
    let user = json!({ "definitionKey": "pmm", "userId": "", "clientId": "c" });
    let publish = |version: &str| json!({ "key": "pmm", "version": version, "reason": "x" });
    let executor = json!({ "key": "pmm", "executorType": "x" });
    let schema = json!({ "key": "pmm", "configSchema": { "type": 7 } });
    let remove = json!({ "key": "pmm", "reason": "x" });
    all_refused([
        ("startInstance", user, "INVALID_INPUT", "/userId"),
        (
            "publishDefinition",
            publish("v2"),
            "INVALID_VERSION",
            "/version",
        ),
        (
            "publishDefinition",
            publish("1.0.0"),
            "VERSION_TAKEN",
            "/version",
        ),
        (
            "updateDefinition",
            executor,
            "UNSUPPORTED_EXECUTOR",
            "/executorType",
        ),
        (
            "updateDefinition",
            schema,
            "INVALID_SCHEMA",
            "/configSchema/type",
        ),
        ("removeDefinition", remove, "DEFINITION_ENABLED", "/key"),
    ])
    .await;
}

#[tokio::test]
async fn terms_that_make_no_sense_are_refused() {
    let revision = json!({ "key": "pmm", "expectedRevision": -1 });
    let reason = |reason: &str| json!({ "key": "pmm", "reason": reason });
    let key = |key: &str| json!({ "key": "pmm", "idempotencyKey": key });
    let long = "x".repeat(3_000);
    all_refused([
        (
            "updateDefinition",
            revision,
            "INVALID_INPUT",
            "/expectedRevision",
        ),
        (
            "updateDefinition",
            reason("\u{0}"),
            "INVALID_INPUT",
            "/reason",
        ),
        (
            "updateDefinition",
            reason(&long),
            "INVALID_INPUT",
            "/reason",
        ),
        (
            "updateDefinition",
            key(""),
            "INVALID_INPUT",
            "/idempotencyKey",
        ),
        (
            "updateDefinition",
            key(&long),
            "INVALID_INPUT",
            "/idempotencyKey",
        ),
    ])
    .await;
}

#[tokio::test]
async fn an_answer_shows_what_was_done_and_reads_can_ask_for_it() {
    let mut app = TestApp::start().await;
    app.create_pmm().await;
    let input = json!({ "key": "pmm", "name": "Now" });
    let payload = app
        .change("updateDefinition", "definition { name stale }", input)
        .await;
    assert_eq!(
        payload["definition"],
        json!({ "name": "Now", "stale": false })
    );
    let query = "query($at: Position!) { definition(key: \"pmm\", minPosition: $at) { stale } \
                 readPosition(min: $at) { stale head } }";
    let fresh = app.ask(query, json!({ "at": payload["position"] })).await;
    assert_eq!(fresh["definition"]["stale"], false);
    assert_eq!(
        fresh["readPosition"],
        json!({ "stale": false, "head": "2" })
    );
    app.stop_projector().await;
    let behind = app.ask(query, json!({ "at": "3" })).await;
    assert_eq!(behind["definition"]["stale"], true);
    assert_eq!(behind["readPosition"]["stale"], true);
}
