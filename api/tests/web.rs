//! The admin UI's page, or the placeholder in its place.

use axum::body::Body;
use axum::http::Request;

use crate::support::{Answer, TestApp};

/// What Firefox sends when an address is opened.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

async fn get(app: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::empty()).unwrap()).await
}

async fn open(app: &TestApp, path: &str) -> Answer {
    get(app, path, &[("accept", BROWSER)]).await
}

#[tokio::test]
async fn the_first_page_is_for_everybody_and_asked_for_again() {
    let app = TestApp::start().await;
    let page = get(&app, "/", &[]).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<title>Strategos</title>"));
    for (name, value) in [
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-cache"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
    ] {
        assert_eq!(page.header(name), Some(value));
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self';") && policy.contains("frame-ancestors 'none'"));
    let tag = page.header("etag").unwrap();
    assert!(tag.starts_with('"'), "{tag}");
    let again = get(&app, "/", &[("if-none-match", tag)]).await;
    assert_eq!((again.status, again.text()), (304, ""));
    let version = app.get("/health/version").await.json();
    assert!(["built", "placeholder"].contains(&version["web"].as_str().unwrap()));
}

#[tokio::test]
async fn every_address_of_the_ui_is_the_page_for_a_browser_only() {
    let app = TestApp::start().await;
    let page = open(&app, "/").await;
    for path in [
        "/definitions",
        "/instances/u-1-volume",
        "/strategybook",
        "/index.html",
    ] {
        let opened = open(&app, path).await;
        assert_eq!((opened.status, opened.text()), (200, page.text()), "{path}");
    }
    let not_found = |path: &str| {
        format!(r#"{{"message":"Cannot GET {path}","error":"Not Found","statusCode":404}}"#)
    };
    for path in [
        "/admin/none",
        "/Admin/none",
        "/api/none",
        "/assets/none.js",
        "/auth/none",
        "/graphql/none",
        "/health/none",
        "/metrics",
        "/openapi/none",
        "/strategy/none?x=1",
    ] {
        open(&app, path).await.is(404, &not_found(path));
    }
    for accept in ["application/json", "*/*"] {
        let answer = get(&app, "/definitions", &[("accept", accept)]).await;
        answer.is(404, &not_found("/definitions"));
    }
    let sent = Request::post("/definitions").header("accept", BROWSER);
    let answer = app.send(sent.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn the_originals_strategies_page_moved() {
    let app = TestApp::start().await;
    let redirect = open(&app, "/manage/settings/strategies").await;
    assert_eq!(
        (redirect.status, redirect.header("location")),
        (303, Some("/definitions"))
    );
}
