//! Beginning one.

use axum::http::Request;
use chrono::TimeDelta;

use super::{RIGHT, WRONG, ask_me, begin, is_problem, log_in, send, show};
use crate::support::{PASSWORD_HASH, TestApp, post_json};

#[tokio::test]
async fn the_password_itself_begins_a_session() {
    let app = TestApp::start().await;
    let begun = begin(&app, RIGHT).await;
    assert_eq!((begun.status, begun.text()), (204, ""));
    let cookie = begun.header("set-cookie").unwrap();
    let (value, attributes) = cookie.split_once(';').unwrap();
    assert!(value.starts_with("__Host-strategos_session="), "{value}");
    assert_eq!(attributes, " Path=/; HttpOnly; SameSite=Lax; Secure");
    let shown = show(&app, value).await;
    assert_eq!(shown.status, 200);
    assert_eq!(
        shown.text(),
        r#"{"name":"admin","role":"admin","expiresAt":"2026-03-01T18:00:00Z"}"#
    );
    let asked = ask_me(&app, &[("cookie", value), super::OURS]).await;
    assert_eq!(
        asked.text(),
        r#"{"data":{"me":{"name":"admin","role":"ADMIN"}}}"#
    );
}

#[tokio::test]
async fn on_the_machine_itself_the_cookie_needs_no_tls() {
    let app = TestApp::start().await;
    let mut request = post_json("/api/v1/session", RIGHT);
    let host = "127.0.0.1:3000".parse().unwrap();
    request.headers_mut().insert("host", host);
    let begun = app.send(request).await;
    let cookie = begun.header("set-cookie").unwrap();
    let (value, attributes) = cookie.split_once(';').unwrap();
    assert!(value.starts_with("strategos_session="), "{value}");
    assert_eq!(attributes, " Path=/; HttpOnly; SameSite=Lax");
    let here = [("cookie", value), ("host", "localhost")];
    let request = || Request::get("/api/v1/session");
    assert_eq!(send(&app, request(), &here, "").await.status, 200);
    // Elsewhere another host could have set a cookie of that name
    let elsewhere = [("cookie", value), ("host", "strategos.example")];
    assert_eq!(send(&app, request(), &elsewhere, "").await.status, 401);
}

#[tokio::test]
async fn what_is_not_the_password_is_told_as_a_problem() {
    let app = TestApp::start().await;
    is_problem(&begin(&app, WRONG).await, 401, "The password is wrong");
    // The hash is what legacy clients send, and not a password
    let hash = format!(r#"{{"password":"{PASSWORD_HASH}"}}"#);
    is_problem(&begin(&app, &hash).await, 401, "The password is wrong");
    let empty = begin(&app, r#"{"password":""}"#).await;
    is_problem(&empty, 401, "A password is needed");
    for body in ["", "{", "{}", r#"{"password":5}"#, "[]"] {
        let detail = "The body must be an object with the text password";
        is_problem(&begin(&app, body).await, 400, detail);
    }
    let form = Request::post("/api/v1/session")
        .header("content-type", "application/x-www-form-urlencoded");
    let form = send(&app, form, &[], "password=correct+horse").await;
    is_problem(&form, 415, "The body must be application/json");
    let long = format!(r#"{{"password":"{}"}}"#, "x".repeat(20_000));
    let long = begin(&app, &long).await;
    is_problem(&long, 413, "The body must be at most 16 kB");
    for cookie in [
        "",
        "__Host-strategos_session=",
        "__Host-strategos_session=a.b.c",
    ] {
        is_problem(&show(&app, cookie).await, 401, "Nobody is logged in");
    }
}

#[tokio::test]
async fn both_logins_share_their_attempts_and_their_lock() {
    let app = TestApp::start().await;
    // The test application has logged in itself, once
    app.advance(TimeDelta::minutes(1));
    for left in (2..5).rev() {
        let answer = begin(&app, WRONG).await;
        assert_eq!(
            answer.header("ratelimit"),
            Some(format!("\"login\";r={left};t=60").as_str())
        );
    }
    for _ in 0..2 {
        let answer = app
            .send(post_json("/auth/login", r#"{"password":"wrong"}"#))
            .await;
        assert_eq!(answer.status, 401);
    }
    let locked = begin(&app, RIGHT).await;
    let detail = "Too many wrong passwords; the login is locked for 15 minutes";
    is_problem(&locked, 429, detail);
    assert_eq!(locked.header("retry-after"), Some("900"));
    app.advance(TimeDelta::minutes(15));
    log_in(&app).await;
}

#[tokio::test]
async fn a_sixth_attempt_in_a_minute_waits() {
    let app = TestApp::start().await;
    app.advance(TimeDelta::minutes(1));
    for _ in 0..5 {
        log_in(&app).await;
    }
    app.advance(TimeDelta::seconds(20));
    let early = begin(&app, RIGHT).await;
    is_problem(&early, 429, "Too many attempts; wait a little");
    assert_eq!(early.header("retry-after"), Some("40"));
}
