//! Who still calls the legacy paths.

use std::sync::atomic::Ordering;

use api::{LegacyAuth, Settings};
use axum::body::Body;
use axum::http::Request;
use chrono::TimeDelta;
use domain::event::Event;
use domain::legacy_usage::{LegacyUsageEvent, UsageCount};

use crate::support::TestApp;

fn count(caller: &str, endpoint: &str, calls: u32) -> UsageCount {
    UsageCount {
        caller: caller.to_owned(),
        endpoint: endpoint.to_owned(),
        calls,
    }
}

#[tokio::test]
async fn calls_are_counted_per_caller_and_recorded_together() {
    let open = Settings {
        legacy_auth: LegacyAuth::Open,
        ..Settings::default()
    };
    let app = TestApp::with(open).await;
    app.get("/strategy/running").await;
    app.get("/Strategy/Running/").await;
    app.get("/strategy/stop-arbitrage").await;
    app.get("/admin/strategy/definitions").await;
    let anonymous = Request::get("/strategy/running")
        .body(Body::empty())
        .unwrap();
    app.send_from("198.51.100.9:1", anonymous).await;
    app.state.legacy_calls.record().await.unwrap();
    app.state.legacy_calls.record().await.unwrap();
    let events = app.events().await;
    let [Event::LegacyUsage(LegacyUsageEvent::LegacyUsageCounted { counts, .. })] = &events[..]
    else {
        panic!("{events:?}");
    };
    assert_eq!(
        *counts,
        [
            count("admin@203.0.113.7", "GET /strategy/running", 2),
            count("admin@203.0.113.7", "GET /strategy/stop-arbitrage", 1),
            count("anonymous@198.51.100.9", "GET /strategy/running", 1),
        ]
    );
}

#[tokio::test]
async fn a_proxy_is_believed_only_when_there_is_one() {
    for (behind_proxy, caller) in [(false, "admin@203.0.113.7"), (true, "admin@192.0.2.1")] {
        let app = TestApp::with(Settings {
            behind_proxy,
            ..Settings::default()
        })
        .await;
        let request = Request::get("/strategy/running")
            .header("authorization", app.bearer())
            .header("x-forwarded-for", "10.0.0.1, 192.0.2.1")
            .body(Body::empty())
            .unwrap();
        app.send(request).await;
        app.state.legacy_calls.record().await.unwrap();
        let events = app.events().await;
        let Event::LegacyUsage(LegacyUsageEvent::LegacyUsageCounted { counts, .. }) = &events[0]
        else {
            panic!("{events:?}");
        };
        assert_eq!(counts[0].caller, caller);
    }
}

#[tokio::test]
async fn refused_callers_are_not_counted() {
    let app = TestApp::start().await;
    let stranger = Request::get("/strategy/running")
        .body(Body::empty())
        .unwrap();
    assert_eq!(app.send(stranger).await.status, 401);
    app.state.legacy_calls.record().await.unwrap();
    assert_eq!(app.events().await, []);
}

#[tokio::test]
async fn what_could_not_be_recorded_is_recorded_with_the_time_since_when_it_was_counted() {
    let app = TestApp::start().await;
    let since = app.now();
    app.get("/strategy/running").await;
    app.advance(TimeDelta::seconds(5));
    app.failing.failures.store(1, Ordering::SeqCst);
    app.state.legacy_calls.record().await.unwrap_err();
    app.get("/strategy/running").await;
    app.advance(TimeDelta::seconds(5));
    app.state.legacy_calls.record().await.unwrap();
    let events = app.events().await;
    let [
        Event::LegacyUsage(LegacyUsageEvent::LegacyUsageCounted {
            counts,
            from,
            until,
        }),
    ] = &events[..]
    else {
        panic!("{events:?}");
    };
    let endpoint = "GET /strategy/running";
    assert_eq!(*counts, [count("admin@203.0.113.7", endpoint, 2)]);
    assert_eq!((*from, *until), (since, app.now()));
}
