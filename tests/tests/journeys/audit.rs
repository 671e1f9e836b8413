//! An auditor reads the log of a running server with a program of their own.

use serde_json::{Value, json};
use tests::server_process::replay_program;
use tests::{Client, ServerProcess};

fn show(folder: &std::path::Path, arguments: &[&str]) -> Vec<Value> {
    let log = format!("sqlite:{}", folder.join("strategos.sqlite").display());
    let output = replay_program()
        .args(["--database", &log, "show"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| line.parse().unwrap()).collect()
}

#[tokio::test]
async fn every_change_is_in_the_history_with_its_actor() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::start(folder.path());
    let client = Client::log_in(&server.url).await;
    let id = client.definition_id("volume").await;
    let path = format!("/admin/strategy/definitions/{id}/disable");
    client.post(&path, json!({})).await;

    let history = show(folder.path(), &["--stream", "strategy_definition/volume"]);
    let told: Vec<_> = history
        .iter()
        .map(|event| {
            let actor = &event["metadata"]["actor"]["name"];
            (
                event["event_type"].as_str().unwrap(),
                actor.as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("DefinitionCreated", "seed"),
            ("DefinitionVersionAdded", "seed"),
            ("DefinitionDisabled", "legacy:admin")
        ]
    );
    let all = show(folder.path(), &[]);
    let positions: Vec<&str> = all
        .iter()
        .map(|event| event["position"].as_str().unwrap())
        .collect();
    let gapless: Vec<String> = (1..=all.len())
        .map(|position| position.to_string())
        .collect();
    assert_eq!(positions, gapless);
    assert_eq!(
        show(folder.path(), &["--after", "1", "--limit", "2"]),
        all[1..3]
    );
}

#[tokio::test]
async fn tables_are_rebuilt_under_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = ServerProcess::start_with(folder.path(), &["--demo"]);
    let client = Client::log_in(&server.url).await;
    let before = client.get("/strategy/all-strategies").await;
    assert_eq!(before.as_array().unwrap().len(), 1);

    let log = format!(
        "sqlite:{}",
        folder.path().join("strategos.sqlite").display()
    );
    let rebuild = replay_program()
        .args(["--database", &log, "rebuild", "--reason", "to see"])
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&rebuild.stdout).into_owned();
    assert!(rebuild.status.success(), "{report}");
    assert!(
        report.contains("strategy_instances: rebuilt from"),
        "{report}"
    );

    assert_eq!(client.get("/strategy/all-strategies").await, before);
    let id = client.definition_id("pure-market-making").await;
    let stop = json!({ "definitionId": id, "userId": "demo", "clientId": "demo" });
    client.post("/admin/strategy/instances/stop", stop).await;
    assert_eq!(
        client.get("/strategy/running").await,
        json!([]),
        "the new tables are followed"
    );
}
