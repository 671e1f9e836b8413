//! Figures for whoever watches a server.

use std::net::TcpListener;

use domain::event::Event;
use domain::execution::ExecutionEvent;

use crate::support::{Installation, Server};

/// Of a line `name{labels} value`, whatever the order of its labels.
fn figure(text: &str, name: &str, labels: &[&str]) -> u64 {
    let is_it = |line: &&str| {
        let of_name = line.strip_prefix(name);
        of_name.is_some_and(|rest| rest.starts_with(['{', ' ']))
            && labels.iter().all(|label| line.contains(label))
    };
    let line = text.lines().find(is_it);
    let line = line.unwrap_or_else(|| panic!("no {name} {labels:?} in:\n{text}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn figures_are_told_where_they_are_asked_for() {
    let installation = Installation::new();
    let port = {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().port()
    };
    let mut command = installation.command(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.env("STRATEGOS_METRICS_LISTEN", format!("127.0.0.1:{port}"));
    let mut server = Server::of(command);
    let password = installation.password();
    assert_eq!(server.log_in("not that one").await, 401);
    assert_eq!(server.log_in(&password).await, 201);
    server.get("/admin/strategy/definitions").await;
    installation
        .recorded_one(|event| {
            matches!(
                event,
                Event::Execution(ExecutionEvent::OrderAcknowledged { .. })
            )
        })
        .await;

    let url = format!("http://127.0.0.1:{port}/metrics");
    let running = ["desired=\"running\"", "observed=\"running\""];
    // The tables follow a moment later; a test that waits for what never comes is ended by its runner
    let text = loop {
        let text = reqwest::get(&url).await.unwrap().text().await.unwrap();
        if figure(&text, "instances", &running) > 0 {
            break text;
        }
    };
    let stopped = ["desired=\"stopped\"", "observed=\"stopped\""];
    assert_eq!(figure(&text, "instances", &stopped), 0);
    assert_eq!(figure(&text, "runs_instances", &[]), 1);
    let wrong = ["outcome=\"wrong-password\""];
    assert_eq!(figure(&text, "logins_total", &wrong), 1);
    assert_eq!(figure(&text, "trading_halted", &[]), 0);
    assert_eq!(figure(&text, "build_info", &["version="]), 1);
    let started = ["aggregate=\"strategy_instance\"", "outcome=\"done\""];
    assert!(figure(&text, "commands_total", &started) >= 1);
    assert!(figure(&text, "events_appended_total", &[]) >= 4);
    assert!(figure(&text, "log_position", &[]) >= 4);
    assert!(figure(&text, "orders_intended_total", &[]) >= 1);
    let acknowledged = ["outcome=\"acknowledged\""];
    assert!(figure(&text, "order_outcomes_total", &acknowledged) >= 1);
    assert!(figure(&text, "decision_seconds_count", &[]) >= 1);
    let legacy = ["route=\"legacy\"", "method=\"GET\"", "status=\"200\""];
    let requests = "http_server_request_duration_seconds_count";
    assert_eq!(figure(&text, requests, &legacy), 1);
    for secret in [password.as_str(), "demo-demo-pureMarketMaking"] {
        assert!(
            !text.contains(secret),
            "nothing that names anybody is a label"
        );
    }
    server.end();
}
