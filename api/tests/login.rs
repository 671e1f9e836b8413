//! The legacy login.

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::event::Event;
use domain::login::LoginEvent;
use serde_json::json;

use crate::support::{Answer, PASSWORD_HASH, TestApp, post_json};

const REQUIRED: &str =
    r#"{"message":"Password is required","error":"Unauthorized","statusCode":401}"#;
const INVALID: &str = r#"{"message":"Invalid password","error":"Unauthorized","statusCode":401}"#;

async fn attempt(app: &TestApp, address: &str, body: &str) -> Answer {
    app.send_from(address, post_json("/auth/login", body)).await
}

fn right() -> String {
    json!({ "password": PASSWORD_HASH }).to_string()
}

const WRONG: &str = r#"{"password":"wrong"}"#;

#[tokio::test]
async fn a_token_is_the_originals_byte_for_byte() {
    let app = TestApp::start().await;
    let token = app.log_in().await;
    let parts: Vec<&str> = token.split('.').collect();
    let decoded = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    assert_eq!(decoded(parts[0]), r#"{"alg":"HS256","typ":"JWT"}"#);
    assert_eq!(
        decoded(parts[1]),
        r#"{"username":"admin","iat":1772359200,"exp":1772366400}"#
    );
    let answer = attempt(&app, "198.51.100.1:1", &right()).await;
    answer.is(201, &format!(r#"{{"access_token":"{token}"}}"#));
}

#[tokio::test]
async fn a_form_is_as_good_as_json() {
    let app = TestApp::start().await;
    let request = Request::post("/auth/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("password={PASSWORD_HASH}")))
        .unwrap();
    assert_eq!(app.send(request).await.status, 201);
}

/// Their parts would be left out, and another market than the one meant be traded on.
#[tokio::test]
async fn a_form_with_members_inside_others_or_twice_is_refused() {
    let app = TestApp::start().await;
    for form in ["config[pair]=ETH/USDT", "password=x&password=y"] {
        let request = Request::post("/auth/login")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        let told = "A form holds each member once and none inside another: send JSON";
        app.send(request).await.refused(told);
    }
    assert_eq!(app.events().await, []);
}

#[tokio::test]
async fn a_wrong_password_is_told_from_none() {
    let app = TestApp::start().await;
    let upper = json!({ "password": PASSWORD_HASH.to_uppercase() }).to_string();
    for (n, (body, expected)) in [
        ("{}", REQUIRED),
        (r#"{"password":""}"#, REQUIRED),
        (r#"{"password":null}"#, REQUIRED),
        ("", REQUIRED),
        (WRONG, INVALID),
        (r#"{"password":"correct horse"}"#, INVALID),
        (&upper, INVALID),
        (r#"{"password":5}"#, INVALID),
    ]
    .into_iter()
    .enumerate()
    {
        attempt(&app, &format!("198.51.100.{n}:1"), body)
            .await
            .is(401, expected);
    }
    let refused = app.events().await;
    let refused: Vec<String> = refused.iter().map(refused_from).collect();
    let wrong = [
        "198.51.100.4",
        "198.51.100.5",
        "198.51.100.6",
        "198.51.100.7",
    ];
    assert_eq!(refused, wrong, "who sent nothing tried nothing");
}

fn refused_from(event: &Event) -> String {
    match event {
        Event::Login(LoginEvent::LoginRefused { address, .. }) => address.unwrap().to_string(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn five_attempts_a_minute() {
    let app = TestApp::start().await;
    let address = "198.51.100.1:1";
    for left in (0..5).rev() {
        let answer = attempt(&app, address, "{}").await;
        assert_eq!(answer.status, 401);
        assert_eq!(
            answer.header("ratelimit-policy"),
            Some("\"login\";q=5;w=60")
        );
        assert_eq!(
            answer.header("ratelimit"),
            Some(format!("\"login\";r={left};t=60").as_str())
        );
    }
    app.advance(TimeDelta::seconds(20));
    let answer = attempt(&app, address, &right()).await;
    answer.is(
        429,
        r#"{"statusCode":429,"message":"ThrottlerException: Too Many Requests"}"#,
    );
    assert_eq!(answer.header("retry-after"), Some("40"));
    assert_eq!(answer.header("ratelimit"), Some("\"login\";r=0;t=40"));
    // Another address is not held up
    assert_eq!(attempt(&app, "198.51.100.2:1", &right()).await.status, 201);
    app.advance(TimeDelta::seconds(40));
    assert_eq!(attempt(&app, address, &right()).await.status, 201);
}

#[tokio::test]
async fn five_wrong_passwords_lock_for_a_quarter_of_an_hour() {
    let app = TestApp::start().await;
    let address = "198.51.100.1:1";
    for _ in 0..5 {
        attempt(&app, address, WRONG).await.is(401, INVALID);
    }
    let recorded = app.events().await;
    let locked = Event::Login(LoginEvent::LoginLocked {
        address: Some("198.51.100.1".parse().unwrap()),
        locked_at: app.now(),
        until: app.now() + TimeDelta::minutes(15),
    });
    assert_eq!((recorded.len(), recorded.last()), (6, Some(&locked)));
    app.advance(TimeDelta::minutes(2));
    let locked = attempt(&app, address, &right()).await;
    assert_eq!(locked.status, 403);
    assert_eq!(locked.json()["error"], "Forbidden");
    assert_eq!(locked.header("retry-after"), Some("780"));
    assert_eq!(
        app.events().await.len(),
        6,
        "what is not tried is not recorded"
    );
    app.advance(TimeDelta::minutes(13));
    assert_eq!(attempt(&app, address, &right()).await.status, 201);
}
