//! Bodies that are no JSON, too large or hostile: refused in bounded time, nothing recorded.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use futures::stream;

use crate::support::{TestApp, market_making, post_json};

const DEFINITIONS: &str = "/admin/strategy/definitions";
/// Where bodies are read, each with a shape of its own for refusals.
const READERS: [&str; 4] = [DEFINITIONS, "/auth/login", "/graphql", "/api/v1/session"];

fn post(app: &TestApp, path: &str, body: Body) -> Request<Body> {
    Request::post(path)
        .header("content-type", "application/json")
        .header("authorization", app.bearer())
        .body(body)
        .unwrap()
}

#[tokio::test]
async fn a_body_that_breaks_off_is_told_apart_from_a_large_one() {
    let app = TestApp::start().await;
    for path in READERS {
        let lost = Err::<&str, _>(std::io::Error::other("the peer is gone"));
        let broken = stream::iter([Ok("{"), lost]);
        let answer = app.send(post(&app, path, Body::from_stream(broken))).await;
        assert_eq!(answer.status, 400, "{path}: {}", answer.text());
        let told = answer.text().contains("The body did not arrive whole");
        assert!(told, "{path}: {}", answer.text());
        let large = Body::from(" ".repeat(300 * 1024));
        let answer = app.send(post(&app, path, large)).await;
        assert_eq!(answer.status, 413, "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_told_apart_from_a_large_one() {
    let settings = api::Settings {
        body_within: Duration::from_millis(20),
        ..api::Settings::default()
    };
    let app = TestApp::with(settings).await;
    for path in READERS {
        let never = stream::pending::<Result<&str, std::io::Error>>();
        let answer = app.send(post(&app, path, Body::from_stream(never))).await;
        assert_eq!(answer.status, 408, "{path}: {}", answer.text());
        let told = answer.text().contains("The body did not arrive in time");
        assert!(told, "{path}: {}", answer.text());
    }
}

#[tokio::test]
async fn what_is_no_json_is_told_in_the_engines_words() {
    let app = TestApp::start().await;
    for (body, message) in [
        ("{", "Unexpected end of JSON input"),
        (r#"{"key":}"#, "Unexpected token } in JSON at position 7"),
        ("null", "Unexpected token n in JSON at position 0"),
        ("7", "Unexpected token 7 in JSON at position 0"),
        (r#""text""#, "Unexpected token \" in JSON at position 0"),
        ("[1,]", "Unexpected token ] in JSON at position 3"),
    ] {
        app.post_text(DEFINITIONS, body).await.refused(message);
    }
    // The original parsed the body before it looked at token or path
    app.send(post_json(DEFINITIONS, "{"))
        .await
        .refused("Unexpected end of JSON input");
    app.send(post_json("/nowhere", "{"))
        .await
        .refused("Unexpected end of JSON input");
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let app = TestApp::start().await;
    // Padded with spaces, which are part of the body and of nothing else
    let padded = |size: usize| {
        let body = market_making().to_string();
        format!("{body}{}", " ".repeat(size - body.len()))
    };
    let fits = padded(100 * 1024);
    assert_eq!(fits.len(), 102_400);
    let too_large = padded(100 * 1024 + 1);
    for path in [DEFINITIONS, "/auth/login", "/nowhere"] {
        app.post_text(path, &too_large).await.is(
            413,
            r#"{"statusCode":413,"message":"request entity too large"}"#,
        );
    }
    assert_eq!(app.events().await, []);
    let created = app.post_text(DEFINITIONS, &fits).await;
    assert_eq!(created.status, 201, "{}", created.text());
}

#[tokio::test]
async fn hostile_bodies_are_refused_everywhere() {
    let app = TestApp::start().await;
    let definition = market_making().to_string();
    let with = |member: &str| format!("{}{member}}}", definition.strip_suffix('}').unwrap());
    let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
    let bomb = "[".repeat(50_000);
    let closed_bomb = format!("{}{}", "[".repeat(40_000), "]".repeat(40_000));
    for body in [
        with(r#","description":"a\u0000b""#),
        with(r#","defaultConfig":{"__proto__":{"admin":true}}"#),
        with(&format!(r#","defaultConfig":{{"deep":{deep}}}"#)),
        with(r#","defaultConfig":{"huge":1e999999}"#),
        with(r#","visibility":"\ud800""#),
        bomb,
        closed_bomb,
    ] {
        let answer = app.post_text(DEFINITIONS, &body).await;
        assert_eq!(answer.status, 400, "{} {}", &body[..60], answer.text());
        assert_eq!(answer.json()["error"], "Bad Request");
    }
    for (body, told) in [
        (
            "[".repeat(40_000) + &"]".repeat(40_000),
            "request body is nested too deeply",
        ),
        (
            with(r#","visibility":"\ud800""#),
            "request body is not valid Unicode",
        ),
    ] {
        app.post_text(DEFINITIONS, &body).await.refused(told);
    }
    for path in [
        "/strategy/stop-arbitrage?userId=%00&clientId=c",
        "/strategy/stop-marketmaking?userId=a%00&clientId=c",
    ] {
        assert_eq!(app.get(path).await.status, 400);
    }
    assert_eq!(app.events().await, []);
}

#[tokio::test]
async fn other_content_types_are_empty_bodies() {
    let app = TestApp::start().await;
    let request = Request::post(DEFINITIONS)
        .header("content-type", "text/plain")
        .header("authorization", app.bearer())
        .body(Body::from(market_making().to_string()))
        .unwrap();
    app.send(request).await.refused("key is required");
    app.post_text(DEFINITIONS, "")
        .await
        .refused("key is required");
    app.post_text(DEFINITIONS, "[]")
        .await
        .refused("key is required");
}
