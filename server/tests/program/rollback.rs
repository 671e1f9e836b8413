//! The rollback of docs/operations/rollback.md: every step forward is taken back, and nothing is
//! lost on the way.

use reqwest::Response;
use serde_json::{Value, json};

use crate::support::{Installation, Server};

const LEGACY_START: &str = "/strategy/execute-volume-strategy";
const START: &str = "/admin/strategy/instances/start";

fn volume(client: &str) -> Value {
    json!({
        "userId": "ana", "clientId": client, "exchangeName": "binance", "symbol": "BTC/USDT",
        "incrementPercentage": 0.1, "intervalTime": 3600, "tradeAmount": 0.001, "numTrades": 100,
        "pricePushRate": 0,
    })
}

fn by_definition(id: &Value, client: &str) -> Value {
    json!({ "definitionId": id, "userId": "ana", "clientId": client, "config": {} })
}

/// A command on the command line, and a server that has seen it: a running server follows the
/// log, and a new one reads it before it listens.
async fn switched(installation: &Installation, arguments: &[&str]) -> Server {
    let mut all = vec!["switch"];
    all.extend(arguments);
    all.extend(["--reason", "a rehearsal"]);
    installation.succeed(&all);
    let mut server = Server::start(installation, &[]);
    assert_eq!(server.log_in(&installation.password()).await, 201);
    server
}

fn is_deprecated(answer: &Response) -> bool {
    answer.headers().contains_key("deprecation")
}

async fn definition(server: &Server, key: &str) -> Value {
    let all = server.get("/admin/strategy/definitions").await;
    let one = all.as_array().unwrap().iter().find(|one| one["key"] == key);
    one.unwrap()["id"].clone()
}

async fn running(server: &Server) -> Vec<String> {
    let rows = server.get("/strategy/running").await;
    let keys = rows.as_array().unwrap().iter();
    let mut keys: Vec<_> = keys
        .map(|row| row["strategyKey"].as_str().unwrap().to_owned())
        .collect();
    keys.sort();
    keys
}

#[tokio::test]
async fn each_mode_can_be_taken_back() {
    let installation = Installation::new();
    Server::start(&installation, &[]).end();

    let server = switched(&installation, &["mode", "definitions-first"]).await;
    let answer = server.post(LEGACY_START, volume("one")).await;
    assert_eq!(answer.status(), 200);
    assert!(is_deprecated(&answer));
    server.end();

    let server = switched(&installation, &["mode", "definitions-only"]).await;
    assert_eq!(server.post(LEGACY_START, volume("two")).await.status(), 410);
    let id = definition(&server, "volume").await;
    assert_eq!(
        server
            .post(START, by_definition(&id, "three"))
            .await
            .status(),
        201
    );
    server.end();

    let server = switched(&installation, &["mode", "dual"]).await;
    let answer = server.post(LEGACY_START, volume("four")).await;
    assert_eq!(answer.status(), 200);
    assert!(!is_deprecated(&answer));
    let keys = ["four", "one", "three"].map(|client| format!("ana-{client}-volume"));
    assert_eq!(
        running(&server).await,
        keys,
        "what was started in each mode is still there"
    );
    server.end();
}

#[tokio::test]
async fn with_the_dynamic_flow_off_legacy_starts_work() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    server.log_in(&installation.password()).await;
    let id = definition(&server, "volume").await;
    assert_eq!(
        server
            .post(START, by_definition(&id, "before"))
            .await
            .status(),
        201
    );
    server.end();

    let server = switched(&installation, &["dynamic-flow", "off"]).await;
    assert_eq!(
        server
            .post(START, by_definition(&id, "refused"))
            .await
            .status(),
        400
    );
    let body = json!({ "strategyType": "volume", "volumeParams": volume("legacy") });
    let answer = server.post("/admin/strategy/start", body).await;
    assert_eq!(answer.status(), 201);
    assert_eq!(
        answer.text().await.unwrap(),
        "",
        "started without a definition"
    );
    let keys = ["before", "legacy"].map(|client| format!("ana-{client}-volume"));
    assert_eq!(
        running(&server).await,
        keys,
        "what ran by definition runs on"
    );
    server.end();

    let server = switched(&installation, &["dynamic-flow", "on"]).await;
    assert_eq!(
        server
            .post(START, by_definition(&id, "after"))
            .await
            .status(),
        201
    );
    assert_eq!(running(&server).await.len(), 3);
    server.end();
}

#[tokio::test]
async fn a_running_server_follows_a_switch() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    server.log_in(&installation.password()).await;
    let only = [
        "switch",
        "mode",
        "definitions-only",
        "--reason",
        "a rehearsal",
    ];
    installation.succeed(&only);
    // The answer turns as soon as the server has followed the log that far
    let mut client = 0;
    loop {
        client += 1;
        let answer = server.post(LEGACY_START, volume(&client.to_string())).await;
        if answer.status() == 410 {
            break;
        }
        assert_eq!(answer.status(), 200);
    }
    server.end();
}
