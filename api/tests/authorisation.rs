//! Who may call what.

use api::{Access, LegacyAuth, Settings, routes};
use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use crate::support::{SECRET, TestApp};

const UNAUTHORIZED: &str = r#"{"message":"Unauthorized","statusCode":401}"#;

/// A token the way its signer likes it.
fn token(algorithm: Algorithm, secret: &[u8], claims: &Value) -> String {
    let header = json!({ "alg": format!("{algorithm:?}"), "typ": "JWT" });
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(&header), encode(claims));
    let key = EncodingKey::from_secret(secret);
    let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &key, algorithm).unwrap();
    format!("{signed}.{signature}")
}

async fn status_with(app: &TestApp, authorization: &str) -> u16 {
    let request = Request::get("/admin/strategies")
        .header("authorization", authorization)
        .body(Body::empty())
        .unwrap();
    app.send(request).await.status
}

#[tokio::test]
async fn every_route_but_the_login_wants_a_token() {
    let app = TestApp::start().await;
    let mut guarded = 0;
    for (method, path, access) in routes() {
        let request = Request::builder()
            .method(method.clone())
            .uri(path.replace("{id}", "x"));
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        if access == Access::Anybody {
            assert_eq!((method.as_str(), path), ("POST", "/auth/login"));
        } else {
            guarded += 1;
            answer.is(401, UNAUTHORIZED);
            assert_eq!(answer.header("www-authenticate"), None);
        }
    }
    assert_eq!(guarded, routes().len() - 1);
    assert_eq!(app.events().await, []);
}

#[tokio::test]
async fn an_operator_may_open_the_strategy_paths_and_only_those() {
    let open = Settings {
        legacy_auth: LegacyAuth::Open,
        ..Settings::default()
    };
    let app = TestApp::with(open).await;
    for (method, path, access) in routes() {
        let request = Request::builder()
            .method(method)
            .uri(path.replace("{id}", "x"));
        let answer = app.send(request.body(Body::empty()).unwrap()).await;
        match access {
            Access::Admin => answer.is(401, UNAUTHORIZED),
            Access::Strategy => assert_ne!(answer.status, 401, "{path}"),
            Access::Anybody => {}
        }
    }
}

#[tokio::test]
async fn signature_and_expiry_decide() {
    let app = TestApp::start().await;
    let now = "2026-03-01T10:00:00Z"
        .parse::<chrono::DateTime<chrono::Utc>>()
        .unwrap()
        .timestamp();
    let claims = |exp: i64| json!({ "username": "admin", "exp": exp });
    let valid = token(Algorithm::HS256, SECRET, &claims(now + 60));
    let expired = token(Algorithm::HS256, SECRET, &claims(now));
    let foreign = token(Algorithm::HS256, b"another secret", &claims(now + 60));
    let former = token(Algorithm::HS256, b"the key before", &claims(now + 60));
    let long = token(Algorithm::HS384, SECRET, &claims(now + 60));
    let longer = token(Algorithm::HS512, SECRET, &claims(now + 60));
    let endless = token(Algorithm::HS256, SECRET, &json!({}));
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#),
        URL_SAFE_NO_PAD.encode(claims(now + 60).to_string()),
    );
    for (authorization, status) in [
        (format!("Bearer {valid}"), 200),
        (format!("bearer {valid}"), 200),
        (format!("BEARER   {valid}"), 200),
        (format!("Bearer {former}"), 200),
        (format!("Bearer {long}"), 200),
        (format!("Bearer {longer}"), 200),
        (format!("Bearer {endless}"), 200),
        (format!("Bearer {expired}"), 401),
        (format!("Bearer {foreign}"), 401),
        (format!("Bearer {unsigned}"), 401),
        (format!("Basic {valid}"), 401),
        (valid.clone(), 401),
        (format!("Bearer {valid}x"), 401),
        ("Bearer".to_owned(), 401),
        ("Bearer a.b.c".to_owned(), 401),
    ] {
        assert_eq!(
            status_with(&app, &authorization).await,
            status,
            "{authorization}"
        );
    }
}

#[tokio::test]
async fn a_token_lasts_two_hours() {
    let app = TestApp::start().await;
    let bearer = app.bearer();
    app.advance(TimeDelta::seconds(7199));
    assert_eq!(status_with(&app, &bearer).await, 200);
    app.advance(TimeDelta::seconds(1));
    assert_eq!(status_with(&app, &bearer).await, 401);
}

#[tokio::test]
async fn wrong_methods_and_unknown_paths_are_not_found_before_they_are_unauthorised() {
    let app = TestApp::start().await;
    for (method, path) in [
        ("GET", "/admin/none?x=1"),
        ("PUT", "/admin/strategy/definitions"),
        ("DELETE", "/strategy/running"),
        ("PATCH", "/"),
        ("POST", "/health/live"),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .body(Body::empty())
            .unwrap();
        app.send(request).await.is(
            404,
            &format!(
                r#"{{"message":"Cannot {method} {path}","error":"Not Found","statusCode":404}}"#
            ),
        );
    }
}
