//! The UI's session.

mod lifetime;
mod login;
mod origins;

use axum::body::Body;
use axum::http::Request;
use axum::http::request::Builder;

use crate::support::{Answer, TestApp, post_json};

const RIGHT: &str = r#"{"password":"correct horse"}"#;
const WRONG: &str = r#"{"password":"battery staple"}"#;
/// What a browser says of a request that our own page sends.
const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");
const ME: &str = r#"{"query":"{ me { name role } }"}"#;

async fn begin(app: &TestApp, body: &str) -> Answer {
    app.send(post_json("/api/v1/session", body)).await
}

/// The cookie of a new session, as a browser sends it back.
async fn log_in(app: &TestApp) -> String {
    let answer = begin(app, RIGHT).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
    pair(&answer)
}

/// Name and value of the cookie that an answer sets.
fn pair(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn send(app: &TestApp, request: Builder, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = request;
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    app.send(request.body(Body::from(body.to_owned())).unwrap())
        .await
}

async fn show(app: &TestApp, cookie: &str) -> Answer {
    let request = Request::get("/api/v1/session");
    send(app, request, &[("cookie", cookie)], "").await
}

/// Asks GraphQL who is logged in.
async fn ask_me(app: &TestApp, headers: &[(&str, &str)]) -> Answer {
    let request = Request::post("/graphql").header("content-type", "application/json");
    send(app, request, headers, ME).await
}

async fn end(app: &TestApp, headers: &[(&str, &str)]) -> Answer {
    send(app, Request::delete("/api/v1/session"), headers, "").await
}

#[track_caller]
fn is_problem(answer: &Answer, status: u16, detail: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    assert_eq!(problem["detail"], detail);
}
