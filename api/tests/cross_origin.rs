//! Pages of other origins.

use api::{Cors, Settings};
use axum::body::Body;
use axum::http::Request;

use crate::support::{Answer, TestApp};

async fn ask(app: &TestApp, method: &str, origin: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri("/admin/strategy/definitions")
        .header("origin", origin)
        .header("authorization", app.bearer())
        .header(
            "access-control-request-headers",
            "authorization,content-type",
        )
        .body(Body::empty())
        .unwrap();
    app.send(request).await
}

#[tokio::test]
async fn configured_origins_may_read_and_others_may_not() {
    let cors = Cors {
        allowed_origins: vec!["https://ui.example".to_owned()],
    };
    let app = TestApp::with(Settings {
        cors,
        ..Settings::default()
    })
    .await;
    let preflight = ask(&app, "OPTIONS", "https://ui.example").await;
    preflight.is_empty(204);
    for (name, value) in [
        ("access-control-allow-origin", "https://ui.example"),
        ("access-control-allow-credentials", "true"),
        (
            "access-control-allow-methods",
            "GET,HEAD,PUT,PATCH,POST,DELETE",
        ),
        ("access-control-allow-headers", "authorization,content-type"),
    ] {
        assert_eq!(preflight.header(name), Some(value));
    }
    let read = ask(&app, "GET", "https://ui.example").await;
    assert_eq!(
        read.header("access-control-allow-origin"),
        Some("https://ui.example")
    );
    assert_eq!(read.header("vary"), Some("Origin"));
    for method in ["OPTIONS", "GET"] {
        let stranger = ask(&app, method, "https://evil.example").await;
        assert_eq!(stranger.header("access-control-allow-origin"), None);
        assert_eq!(stranger.header("access-control-allow-credentials"), None);
    }
}

#[tokio::test]
async fn nobody_is_allowed_unless_configured() {
    let app = TestApp::start().await;
    for method in ["OPTIONS", "GET"] {
        let answer = ask(&app, method, "https://ui.example").await;
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
}
