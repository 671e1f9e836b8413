//! The log as server-sent events.

use std::time::Duration;

use api::{Settings, SocketLimits};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::support::{Feed, SocketServer, TestApp};

/// Reads events from a response's text: id, name and data.
async fn read(response: &mut Feed, events: usize) -> Vec<(String, String, Value)> {
    let mut found = vec![];
    while found.len() < events {
        let block = response.next_block().await;
        let field = |name: &str| {
            let line = block.lines().find_map(|line| line.strip_prefix(name));
            line.map(|text| text.trim_start_matches(':').trim().to_owned())
        };
        if let (Some(id), Some(name), Some(data)) = (field("id"), field("event"), field("data")) {
            found.push((id, name, serde_json::from_str(&data).unwrap()));
        }
    }
    found
}

#[tokio::test]
async fn the_feed_goes_on_where_its_reader_was() {
    let app = TestApp::start().await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    let mut feed = server.feed("/api/v1/events/stream?after=0", &[]).await;
    let first = read(&mut feed, 1).await;
    assert_eq!(
        (first[0].0.as_str(), first[0].1.as_str()),
        ("1", "DefinitionCreated")
    );
    let data = &first[0].2;
    assert_eq!(data["position"], "1");
    assert_eq!(data["streamId"], "pmm");
    assert_eq!(data["payload"]["DefinitionCreated"]["key"], "pmm");
    assert_eq!(data["metadata"]["actor"]["name"], "admin");
    // Live, while it is open
    app.change("updateDefinition", "", json!({ "key": "pmm", "name": "x" }))
        .await;
    let live = read(&mut feed, 1).await;
    assert_eq!(
        (live[0].0.as_str(), live[0].1.as_str()),
        ("2", "DefinitionUpdated")
    );
    drop(feed);
    app.start_pmm("u", "c", json!({})).await;
    // What browsers send when they come back wins over the address
    let last = [("last-event-id", "2")];
    let mut feed = server.feed("/api/v1/events/stream?after=0", &last).await;
    assert_eq!(read(&mut feed, 1).await[0].0, "3");
    let one_type = "/api/v1/events/stream?after=0&streamType=strategy_instance";
    let mut feed = server.feed(one_type, &[]).await;
    assert_eq!(read(&mut feed, 1).await[0].0, "3");
}

#[tokio::test]
async fn the_feed_is_for_those_who_are_logged_in() {
    let app = TestApp::start().await;
    let request = Request::get("/api/v1/events/stream?after=x")
        .body(Body::empty())
        .unwrap();
    let refused = app.send(request).await;
    assert_eq!(refused.status, 401);
    assert_eq!(refused.headers["www-authenticate"], "Bearer");
    assert_eq!(refused.headers["content-type"], "application/problem+json");
    assert_eq!(refused.json()["detail"], "Log in first");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_its_name() {
    let app = TestApp::start().await;
    let no_position =
        |name: &str| format!("{name} is not a position: positions are whole numbers from 0");
    let no_type = "streamType is not a type of stream; strategy_instance is one, for example";
    for (query, last, parameter, detail) in [
        ("after=x", None, "after", no_position("after")),
        ("after=-1", None, "after", no_position("after")),
        ("after=", None, "after", no_position("after")),
        (
            "after=1&after=2",
            None,
            "after",
            "after is given more than once".to_owned(),
        ),
        (
            "after=1",
            Some("x"),
            "Last-Event-ID",
            no_position("Last-Event-ID"),
        ),
        ("", Some("ä"), "Last-Event-ID", no_position("Last-Event-ID")),
        ("after=x", Some("1"), "after", no_position("after")),
        (
            "streamType=execution%20",
            None,
            "streamType",
            no_type.to_owned(),
        ),
        ("streamType=", None, "streamType", no_type.to_owned()),
    ] {
        let mut request = Request::get(format!("/api/v1/events/stream?{query}"))
            .header("authorization", app.bearer());
        if let Some(last) = last {
            request = request.header("last-event-id", last.as_bytes());
        }
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        let expected = json!({
            "type": "about:blank", "title": "Bad Request", "status": 400, "detail": detail,
            "parameter": parameter,
        });
        assert_eq!((answer.status, answer.json()), (400, expected), "{query}");
    }
}

#[tokio::test]
async fn the_feed_ends_with_the_login() {
    let app = TestApp::with(Settings {
        sockets: SocketLimits {
            ping: Duration::from_millis(50),
            ..SocketLimits::default()
        },
        ..Settings::default()
    })
    .await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    let mut feed = server.feed("/api/v1/events/stream?after=0", &[]).await;
    assert_eq!(read(&mut feed, 1).await.len(), 1);
    app.advance(chrono::TimeDelta::hours(3));
    feed.ended().await;
}
