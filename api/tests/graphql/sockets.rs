//! Subscriptions over a real socket.

use std::sync::Arc;
use std::time::Duration;

use api::{Settings, SocketLimits};
use serde_json::{Value, json};

use crate::support::{SocketServer, TestApp, market_making, protocol};

const EVENTS: &str = "subscription($after: Position, $filter: EventFilter) { events(after: $after, \
                      filter: $filter) { position type } }";

fn with(sockets: SocketLimits) -> Settings {
    Settings {
        sockets,
        ..Settings::default()
    }
}

async fn rename(app: &TestApp, name: &str) {
    let input = json!({ "key": "pmm", "name": name });
    app.change("updateDefinition", "", input).await;
}

#[tokio::test]
async fn events_are_replayed_and_then_live_without_gap_or_repetition() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    for number in 0..300 {
        rename(&app, &number.to_string()).await;
    }
    let mut client = server.client().await;
    client.subscribe("1", EVENTS, json!({ "after": "0" })).await;
    // While it is replayed, more is recorded
    let writing = async {
        for number in 300..600 {
            rename(&app, &number.to_string()).await;
        }
    };
    let reading = async {
        let mut positions = vec![];
        for _ in 0..601 {
            let event = client.next("1").await;
            let position = event["events"]["position"].as_str().unwrap().to_owned();
            positions.push(position.parse::<u64>().unwrap());
        }
        positions
    };
    let ((), positions) = tokio::join!(writing, reading);
    assert_eq!(positions, (1..=601).collect::<Vec<_>>());
    // From there on, as a client does that comes back
    let mut again = server.client().await;
    again
        .subscribe("x", EVENTS, json!({ "after": "600" }))
        .await;
    assert_eq!(again.next("x").await["events"]["position"], "601");
    rename(&app, "last").await;
    for (one, id) in [(&mut client, "1"), (&mut again, "x")] {
        let live = one.next(id).await;
        let expected = json!({ "position": "602", "type": "DefinitionUpdated" });
        assert_eq!(live["events"], expected);
    }
}

#[tokio::test]
async fn a_subscription_may_begin_now_and_be_filtered() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    let mut client = server.client().await;
    let filter = json!({ "filter": { "type": ["DefinitionDisabled"] } });
    client.subscribe("1", EVENTS, filter).await;
    // Its beginning is read by now: what comes next is new
    client.subscribe("q", "{ me { name } }", json!({})).await;
    assert_eq!(client.next("q").await, json!({ "me": { "name": "admin" } }));
    assert_eq!(
        client.hear().await,
        json!({ "type": "complete", "id": "q" })
    );
    rename(&app, "no").await;
    app.change(
        "disableDefinition",
        "",
        json!({ "key": "pmm", "reason": "x" }),
    )
    .await;
    let event = client.next("1").await;
    assert_eq!(event["events"]["type"], "DefinitionDisabled");
}

#[tokio::test]
async fn instances_are_shown_as_they_change() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "1", json!({})).await;
    let server = SocketServer::start(&app).await;
    let mut client = server.client().await;
    let query = "subscription($keys: [String!]) { instanceChanges(after: \"1\", keys: $keys) { \
                 position instance { key status stale definition { key } } } }";
    client.subscribe("all", query, json!({})).await;
    let shown = client.next("all").await;
    assert_eq!(
        shown["instanceChanges"],
        json!({ "position": "2", "instance": {
            "key": "u-1-pureMarketMaking", "status": "RUNNING", "stale": false,
            "definition": { "key": "pmm" } } })
    );
    let keys = json!({ "keys": ["u-2-pureMarketMaking"] });
    client.subscribe("one", query, keys).await;
    let stop = json!({ "key": "u-1-pureMarketMaking", "reason": "x" });
    app.change("stopInstance", "", stop).await;
    assert_eq!(
        client.next("all").await["instanceChanges"]["instance"]["status"],
        "STOPPED"
    );
    app.start_pmm("u", "2", json!({})).await;
    let mut ids = vec![];
    for _ in 0..2 {
        let message = client.hear().await;
        let change = &message["payload"]["data"]["instanceChanges"];
        assert_eq!(
            change["instance"]["key"], "u-2-pureMarketMaking",
            "{message}"
        );
        ids.push(message["id"].as_str().unwrap().to_owned());
    }
    ids.sort();
    assert_eq!(ids, ["all", "one"]);
}

#[tokio::test]
async fn what_a_change_refers_to_is_shown_as_it_is_by_then() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    app.start_pmm("u", "1", json!({})).await;
    let server = SocketServer::start(&app).await;
    let mut client = server.client().await;
    let query = "subscription { instanceChanges(after: \"1\") { instance { status definition { name \
                 runningInstances versions { totalCount } } } } }";
    client.subscribe("1", query, json!({})).await;
    let shown = |status: &str, name: &str, running: u32, versions: u32| {
        json!({ "instance": { "status": status, "definition": {
            "name": name, "runningInstances": running, "versions": { "totalCount": versions },
        } } })
    };
    let first = client.next("1").await;
    assert_eq!(
        first["instanceChanges"],
        shown("RUNNING", "Market making", 1, 1)
    );
    let publish = json!({ "key": "pmm", "name": "Quotes", "reason": "x" });
    app.change("publishDefinition", "", publish).await;
    let stop = json!({ "key": "u-1-pureMarketMaking", "reason": "x" });
    app.change("stopInstance", "", stop).await;
    let second = client.next("1").await;
    assert_eq!(second["instanceChanges"], shown("STOPPED", "Quotes", 0, 2));
}

#[tokio::test]
async fn a_question_has_a_deadline_and_a_subscription_has_none() {
    let app = TestApp::with(Settings {
        deadline: Duration::from_millis(100),
        ..Settings::default()
    })
    .await;
    let server = SocketServer::start(&app).await;
    let mut client = server.client().await;
    client.subscribe("live", EVENTS, json!({})).await;
    // Nothing is there yet to wait for
    let slow = "{ readPosition(min: \"7\") { stale } }";
    client.subscribe("slow", slow, json!({})).await;
    let given_up = client.hear().await;
    assert_eq!(
        (&given_up["type"], &given_up["id"]),
        (&json!("error"), &json!("slow"))
    );
    let message = given_up["payload"][0]["message"].as_str().unwrap();
    assert!(message.contains("too long"), "{message}");
    let answer = app.ask_raw(slow, json!({})).await;
    assert_eq!(answer["errors"][0]["message"], message);
    // Not by GraphQL: that has so little time here that a busy machine would need more
    app.create(&market_making()).await;
    assert_eq!(client.next("live").await["events"]["position"], "1");
}

#[tokio::test]
async fn progress_is_told_when_there_is_some() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    let mut client = server.client().await;
    let query = "subscription { projectionLag(intervalMs: 250) { name position head } }";
    client.subscribe("1", query, json!({})).await;
    let first = client.next("1").await;
    assert_eq!(first["projectionLag"].as_array().unwrap().len(), 5);
    rename(&app, "x").await;
    let moved = |told: &Value| {
        let all = told["projectionLag"].as_array().unwrap().clone();
        all.iter().any(|one| one["head"] == "2")
    };
    while !moved(&client.next("1").await) {}
}

#[tokio::test]
async fn pages_of_other_origins_are_refused() {
    let app = TestApp::with(Settings {
        cors: api::Cors {
            allowed_origins: vec!["https://ui.example".to_owned()],
        },
        ..Settings::default()
    })
    .await;
    let server = SocketServer::start(&app).await;
    let own = format!("http://{}", server.address);
    for (origin, expected) in [
        (None, Ok(())),
        (Some(own.as_str()), Ok(())),
        (Some("https://ui.example"), Ok(())),
        (Some("https://evil.example"), Err(403)),
        (Some("null"), Err(403)),
    ] {
        let mut headers = vec![protocol(), ("authorization", app.bearer())];
        headers.extend(origin.map(|origin| ("origin", origin.to_owned())));
        let connected = server.connect(&headers).await.map(|_| ());
        assert_eq!(connected, expected, "{origin:?}");
    }
    assert_eq!(server.connect(&[]).await.map(|_| ()), Err(400));
}

#[tokio::test]
async fn nobody_gets_past_the_first_message() {
    let app = TestApp::start().await;
    let server = SocketServer::start(&app).await;
    let mut nobody = server.connect(&[protocol()]).await.unwrap();
    nobody.say(json!({ "type": "connection_init" })).await;
    assert_eq!(nobody.closed().await, 4403);
    let mut hasty = server.connect(&[protocol()]).await.unwrap();
    hasty.subscribe("1", EVENTS, json!({})).await;
    assert_eq!(hasty.closed().await, 4401);
    let mut wrong = server.client_with("Bearer nonsense").await;
    assert_eq!(wrong.closed().await, 4403);
    let mut right = server.client_with(&app.bearer()).await;
    assert_eq!(right.hear().await, json!({ "type": "connection_ack" }));
}

#[tokio::test]
async fn the_protocol_is_kept() {
    let app = TestApp::with(with(SocketLimits {
        operations: 2,
        ..SocketLimits::default()
    }))
    .await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    for (said, code) in [
        ("nonsense", 4400),
        ("{}", 4400),
        (r#"{"type":"subscribe","id":"1"}"#, 4400),
        (r#"{"type":"connection_init"}"#, 4429),
    ] {
        let mut client = server.client().await;
        client.say_text(said).await;
        assert_eq!(client.closed().await, code, "{said}");
    }
    let mut twice = server.client().await;
    twice.subscribe("1", EVENTS, json!({})).await;
    twice.subscribe("1", EVENTS, json!({})).await;
    assert_eq!(twice.closed().await, 4409);

    let mut client = server.client().await;
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong" }));
    for query in ["{", "{ nothing }", "subscription { nothing }"] {
        client.subscribe("wrong", query, json!({})).await;
        let refused = client.hear().await;
        assert_eq!(
            (&refused["type"], &refused["id"]),
            (&json!("error"), &json!("wrong"))
        );
    }
    client.subscribe("a", EVENTS, json!({ "after": "0" })).await;
    client.next("a").await;
    client.subscribe("b", EVENTS, json!({ "after": "0" })).await;
    client.next("b").await;
    client.subscribe("c", EVENTS, json!({})).await;
    let refused = client.hear().await;
    assert_eq!(
        (&refused["type"], &refused["id"]),
        (&json!("error"), &json!("c"))
    );
    // What is completed says nothing more, and its id may be used again
    client.say(json!({ "type": "complete", "id": "a" })).await;
    client.subscribe("a", "{ __typename }", json!({})).await;
    assert_eq!(client.next("a").await, json!({ "__typename": "Query" }));
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let app = TestApp::with(with(SocketLimits {
        init: Duration::from_millis(50),
        ping: Duration::from_millis(50),
        ..SocketLimits::default()
    }))
    .await;
    let server = SocketServer::start(&app).await;
    let mut silent = server.connect(&[protocol()]).await.unwrap();
    assert_eq!(silent.closed().await, 4408);
    // It reads, and answers no ping
    let mut dead = server.client().await;
    assert_eq!(dead.closed().await, 4411);
}

#[tokio::test]
async fn a_login_that_ends_ends_the_socket() {
    let app = TestApp::with(with(SocketLimits {
        ping: Duration::from_millis(50),
        ..SocketLimits::default()
    }))
    .await;
    let server = SocketServer::start(&app).await;
    let mut client = server.client().await;
    app.advance(chrono::TimeDelta::hours(3));
    assert_eq!(client.closed().await, 4401);
}

#[tokio::test]
async fn who_does_not_read_is_told_so_and_let_go() {
    let app = TestApp::with(with(SocketLimits {
        slow: Duration::from_millis(200),
        ping: Duration::from_mins(1),
        ..SocketLimits::default()
    }))
    .await;
    app.create_pmm().await;
    app.fill_log(20_000).await;
    let server = SocketServer::start(&app).await;
    let mut slow = server.client().await;
    let idle = Arc::strong_count(&app.state);
    let query = "subscription { events(after: \"0\") { position payloadText metadataText payload \
                 summary streamType streamId eventId correlationId } }";
    // Enough for every buffer between the two
    for id in 0..30 {
        slow.subscribe(&id.to_string(), query, json!({})).await;
    }
    // Each holds on to the application, until it is given up
    let holding = |wanted: fn(usize, usize) -> bool| {
        let state = app.state.clone();
        async move {
            while !wanted(Arc::strong_count(&state), idle) {
                tokio::task::yield_now().await;
            }
        }
    };
    let given_up = async {
        holding(|held, idle| held > idle + 20).await;
        holding(|held, idle| held <= idle + 1).await;
    };
    tokio::time::timeout(Duration::from_secs(20), given_up)
        .await
        .unwrap();
    assert_eq!(slow.closed().await, 4410);
}

#[tokio::test]
async fn the_end_of_the_server_is_said() {
    let app = TestApp::start().await;
    let server = SocketServer::start(&app).await;
    let mut client = server.client().await;
    client.subscribe("1", EVENTS, json!({})).await;
    let feed = server.feed("/api/v1/events/stream?after=0", &[]).await;
    server.end().await;
    assert_eq!(client.closed().await, 1001);
    drop(feed);
}
