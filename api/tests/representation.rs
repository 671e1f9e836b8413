//! Headers, methods and spellings the original's framework understood.

use axum::body::Body;
use axum::http::Request;

use crate::support::{Answer, TestApp, arbitrage, market_making, post_json};

async fn ask(app: &TestApp, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    request = request.header("authorization", app.bearer());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn answers_carry_weak_entity_tags() {
    let app = TestApp::start().await;
    let answer = app.get("/strategy/running").await;
    answer.is(200, "[]");
    assert_eq!(
        answer.header("etag"),
        Some("W/\"2-l9Fw4VUO7kr8CvBlt4zaMCqXZ0w\"")
    );
    assert_eq!(answer.header("content-length"), Some("2"));
    let refused = app.post_text("/admin/strategy/definitions", "{}").await;
    assert_eq!(
        refused.header("etag"),
        Some("W/\"44-SqWABAg3cwQSYUoKtYQDqj00hMo\"")
    );
}

#[tokio::test]
async fn readers_who_have_it_get_304() {
    let app = TestApp::start().await;
    let path = "/admin/strategy/definitions";
    let tag = app.get(path).await.header("etag").unwrap().to_owned();
    let strong = tag.trim_start_matches("W/");
    for wanted in [tag.as_str(), strong, "*", &format!("\"other\", {tag}")] {
        let answer = ask(&app, "GET", path, &[("if-none-match", wanted)]).await;
        assert_eq!((answer.status, answer.text()), (304, ""), "{wanted}");
        assert_eq!(answer.header("etag"), Some(tag.as_str()));
        assert_eq!(answer.header("content-type"), None);
        assert_eq!(answer.header("content-length"), None);
    }
    let no_cache = [
        ("if-none-match", tag.as_str()),
        ("cache-control", "no-cache"),
    ];
    assert_eq!(ask(&app, "GET", path, &no_cache).await.status, 200);
    app.create(&market_making()).await;
    assert_eq!(
        ask(&app, "GET", path, &[("if-none-match", &tag)])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let app = TestApp::start().await;
    app.create(&market_making()).await;
    let path = "/admin/strategy/definitions";
    let (get, head) = (app.get(path).await, ask(&app, "HEAD", path, &[]).await);
    assert_eq!((head.status, head.text()), (200, ""));
    for name in ["content-type", "content-length", "etag"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    let length = get.body.len().to_string();
    assert_eq!(head.header("content-length"), Some(length.as_str()));
}

#[tokio::test]
async fn case_and_a_trailing_slash_do_not_matter() {
    let app = TestApp::start().await;
    let id = app.create(&arbitrage()).await;
    for path in [
        "/strategy/running/",
        "/STRATEGY/Running",
        "/Admin/Strategy/Definitions/",
    ] {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
    let upper = format!("/ADMIN/strategy/definitions/{id}/VERSIONS/");
    assert_eq!(app.get(&upper).await.status, 200);
    assert_eq!(app.get("/strategy//running").await.status, 404);
}

#[tokio::test]
async fn numbers_and_keys_look_as_javascript_prints_them() {
    let app = TestApp::start().await;
    let definition = concat!(
        r#"{"key":"k","name":"n","controllerType":"arbitrage","configSchema":{},"#,
        r#""defaultConfig":{"z":1.50,"10":1e21,"2":0.0000001,"big":12345678901234567890,"#,
        r#""exchangeAName":"binance"}}"#,
    );
    let created = app
        .post_text("/admin/strategy/definitions", definition)
        .await;
    assert_eq!(created.status, 201, "{}", created.text());
    let shown = concat!(
        r#""defaultConfig":{"2":1e-7,"10":1e+21,"z":1.5,"big":12345678901234567000,"#,
        r#""exchangeAName":"binance"}"#,
    );
    assert!(created.text().contains(shown), "{}", created.text());
}

#[tokio::test]
async fn a_request_keeps_its_id_or_gets_one() {
    let app = TestApp::start().await;
    let sent = "6f1c8a52-3c0b-4b6e-9d5b-0d1c4d0c9c11";
    let answer = ask(&app, "GET", "/strategy/running", &[("x-request-id", sent)]).await;
    assert_eq!(answer.header("x-request-id"), Some(sent));
    let answer = ask(&app, "GET", "/nowhere", &[("x-request-id", "no uuid")]).await;
    let minted = answer.header("x-request-id").unwrap();
    assert!(uuid::Uuid::parse_str(minted).is_ok(), "{minted}");
}

#[tokio::test]
async fn the_request_id_is_recorded_with_what_it_caused() {
    let app = TestApp::start().await;
    let sent = "6f1c8a52-3c0b-4b6e-9d5b-0d1c4d0c9c11";
    let mut request = post_json("/admin/strategy/definitions", &market_making().to_string());
    request
        .headers_mut()
        .insert("authorization", app.bearer().parse().unwrap());
    request
        .headers_mut()
        .insert("x-request-id", sent.parse().unwrap());
    assert_eq!(app.send(request).await.status, 201);
    let filter = event_store::FeedFilter::default();
    let page = app
        .log
        .feed(event_store::Position(0), 10, &filter)
        .await
        .unwrap();
    let metadata = page.events[0].metadata().unwrap();
    assert_eq!(metadata.correlation_id.to_string(), sent);
    assert_eq!(metadata.actor.name, "legacy:admin");
    assert_eq!(metadata.source, event_store::Source::LegacyRest);
}
