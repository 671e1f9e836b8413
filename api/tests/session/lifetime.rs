//! How long one lasts, and what it opens.

use axum::http::Request;
use chrono::TimeDelta;

use super::{OURS, ask_me, end, log_in, pair, send, show};
use crate::support::{PASSWORD_HASH, SocketServer, TestApp, credentials, protocol};

#[tokio::test]
async fn unused_it_ends_after_eight_hours() {
    let app = TestApp::start().await;
    let cookie = log_in(&app).await;
    app.advance(TimeDelta::hours(8) - TimeDelta::seconds(1));
    assert_eq!(show(&app, &cookie).await.status, 200);
    app.advance(TimeDelta::seconds(1));
    assert_eq!(show(&app, &cookie).await.status, 401);
    assert_eq!(ask_me(&app, &[("cookie", &cookie), OURS]).await.status, 401);
}

#[tokio::test]
async fn used_it_is_issued_again_until_the_day_is_over() {
    let app = TestApp::start().await;
    let mut cookie = log_in(&app).await;
    app.advance(TimeDelta::minutes(119));
    let asked = ask_me(&app, &[("cookie", &cookie), OURS]).await;
    assert_eq!((asked.status, asked.header("set-cookie")), (200, None));
    app.advance(TimeDelta::minutes(1));
    let asked = ask_me(&app, &[("cookie", &cookie), OURS]).await;
    let renewed = pair(&asked);
    assert_ne!(renewed, cookie);
    let expires = show(&app, &renewed).await.json()["expiresAt"].clone();
    assert_eq!(expires, "2026-03-01T20:00:00Z");
    cookie = renewed;
    // The old cookie ends 8 hours after the login; the new one is used on
    for _ in 0..3 {
        app.advance(TimeDelta::hours(7));
        let shown = show(&app, &cookie).await;
        assert_eq!(shown.status, 200);
        cookie = pair(&shown);
    }
    let expires = show(&app, &cookie).await.json()["expiresAt"].clone();
    assert_eq!(expires, "2026-03-02T10:00:00Z");
    app.advance(TimeDelta::hours(1));
    assert_eq!(show(&app, &cookie).await.status, 401);
}

#[tokio::test]
async fn it_survives_the_process_but_not_a_new_password() {
    let app = TestApp::start().await;
    let cookie = log_in(&app).await;
    let restarted = TestApp::start().await;
    assert_eq!(show(&restarted, &cookie).await.status, 200);
    let reset = TestApp::with_credentials(credentials("another password")).await;
    assert_eq!(show(&reset, &cookie).await.status, 401);
    let same = TestApp::with_credentials(credentials(PASSWORD_HASH)).await;
    assert_eq!(show(&same, &cookie).await.status, 200);
}

#[tokio::test]
async fn a_logout_ends_it_and_its_copies() {
    let app = TestApp::start().await;
    let cookie = log_in(&app).await;
    let other = log_in(&app).await;
    app.advance(TimeDelta::hours(3));
    let copy = pair(&show(&app, &cookie).await);
    let ended = end(&app, &[("cookie", &cookie), OURS]).await;
    assert_eq!((ended.status, ended.text()), (204, ""));
    assert_eq!(
        ended.header("set-cookie"),
        Some("__Host-strategos_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure")
    );
    for gone in [&cookie, &copy] {
        assert_eq!(show(&app, gone).await.status, 401);
    }
    assert_eq!(show(&app, &other).await.status, 200);
    // Twice is once
    assert_eq!(end(&app, &[("cookie", &cookie), OURS]).await.status, 204);
}

#[tokio::test]
async fn neither_token_stands_in_for_the_other() {
    let app = TestApp::start().await;
    let legacy = app.log_in().await;
    let posing = format!("__Host-strategos_session={legacy}");
    assert_eq!(show(&app, &posing).await.status, 401);
    assert_eq!(ask_me(&app, &[("cookie", &posing), OURS]).await.status, 401);
    let cookie = log_in(&app).await;
    let (_, token) = cookie.split_once('=').unwrap();
    let bearer = format!("Bearer {token}");
    assert_eq!(
        ask_me(&app, &[("authorization", &bearer)]).await.status,
        401
    );
    for headers in [
        [("cookie", cookie.as_str()), OURS],
        [("authorization", bearer.as_str()), OURS],
    ] {
        let legacy = Request::get("/admin/strategy/definitions");
        assert_eq!(send(&app, legacy, &headers, "").await.status, 401);
    }
}

#[tokio::test]
async fn it_opens_the_feed_and_a_socket_that_ends_with_it() {
    let sockets = api::SocketLimits {
        ping: std::time::Duration::from_millis(50),
        ..api::SocketLimits::default()
    };
    let settings = api::Settings {
        sockets,
        ..api::Settings::default()
    };
    let app = TestApp::with(settings).await;
    app.create_pmm().await;
    let server = SocketServer::start(&app).await;
    let cookie = log_in(&app).await;
    // Over plain HTTP on the machine itself
    let cookie = cookie.replace("__Host-", "");
    let origin = format!("http://{}", server.address);
    let headers = [protocol(), ("cookie", cookie.clone()), ("origin", origin)];
    let mut client = server.connect(&headers).await.unwrap();
    client
        .say(serde_json::json!({ "type": "connection_init" }))
        .await;
    assert_eq!(
        client.hear().await,
        serde_json::json!({ "type": "connection_ack" })
    );
    let host = server.address.to_string();
    let feed = Request::get("/api/v1/events/stream?after=nonsense");
    let here = [("cookie", cookie.as_str()), ("host", host.as_str())];
    // Past the door, and refused for what it asks
    assert_eq!(send(&app, feed, &here, "").await.status, 400);
    let ended = end(&app, &[here[0], here[1], OURS]).await;
    assert_eq!(ended.status, 204);
    assert_eq!(client.closed().await, 4401);
}
