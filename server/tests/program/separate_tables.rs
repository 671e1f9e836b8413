//! Read tables in a database of their own: nothing needs them to be where the log is.

use serde_json::json;

use crate::support::{Installation, Server};

#[tokio::test]
async fn tables_in_a_database_of_their_own_follow_the_log_and_may_be_lost() {
    let installation = Installation::new();
    let file = installation.data_folder().join("tables.sqlite");
    let tables = format!("sqlite:{}", file.display());
    let apart = ["--tables-url", tables.as_str()];

    let mut server = Server::start(&installation, &apart);
    assert_eq!(server.log_in(&installation.password()).await, 201);
    let started = server
        .post(
            "/strategy/execute-arbitrage",
            json!({
                "userId": "ana", "clientId": "desk", "pair": "ETH/USDT", "amountToTrade": 1,
                "minProfitability": 0.01, "exchangeAName": "binance", "exchangeBName": "mexc",
            }),
        )
        .await;
    assert_eq!(started.status(), 200);
    let running = server.get("/strategy/running").await;
    assert_eq!(running[0]["strategyKey"], "ana-desk-arbitrage");
    let linked = server
        .post(
            "/admin/strategy/instances/backfill-definition-links",
            json!({}),
        )
        .await;
    assert_eq!(linked.status(), 201);
    server.end();
    let checked = installation.succeed(&[&["doctor"], apart.as_slice()].concat());
    assert!(
        checked.contains("strategy_instances follows the log"),
        "{checked}"
    );

    for suffix in ["", "-wal", "-shm"] {
        let part = file.with_file_name(format!("tables.sqlite{suffix}"));
        let _not_always_there = std::fs::remove_file(part);
    }
    let mut server = Server::start(&installation, &apart);
    assert_eq!(server.log_in(&installation.password()).await, 201);
    let again = server.get("/strategy/running").await;
    assert_eq!(again[0]["strategyKey"], "ana-desk-arbitrage");
    server.end();
}
