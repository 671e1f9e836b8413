//! Starts that name no exchange, or one the installation does not have, at the composed program.

use serde_json::{Value, json};

use crate::support::{Installation, Server};

async fn market_making(server: &Server) -> Value {
    let all = server.get("/admin/strategy/definitions").await;
    let all = all.as_array().unwrap();
    let one = all.iter().find(|one| one["key"] == "pure-market-making");
    one.unwrap()["id"].clone()
}

async fn answer(server: &Server, path: &str, body: &Value) -> (u16, Value) {
    let answer = server.post(path, body.clone()).await;
    (answer.status().as_u16(), answer.json().await.unwrap())
}

#[tokio::test]
async fn an_unknown_exchange_is_the_originals_500_at_a_start_and_a_400_at_a_check() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    assert_eq!(server.log_in(&installation.password()).await, 201);
    let params = json!({
        "userId": "ana", "clientId": "desk", "exchangeName": "nowhere", "pair": "ETH/USDT",
        "bidSpread": 0.1, "askSpread": 0.1, "orderAmount": 1, "orderRefreshTime": 1000,
        "numberOfLayers": 1, "priceSourceType": "mid_price", "amountChangePerLayer": 0,
        "amountChangeType": "fixed",
    });
    let by_type = json!({ "strategyType": "marketMaking", "marketMakingParams": params });
    let by_definition = json!({
        "definitionId": market_making(&server).await, "userId": "ana", "clientId": "desk",
        "config": { "exchangeName": "nowhere" },
    });
    let not_configured = json!({
        "message": "Exchange configuration error.", "error": "Internal Server Error",
        "statusCode": 500,
    });
    for (path, body) in [
        ("/admin/strategy/instances/start", &by_definition),
        ("/admin/strategy/start", &by_type),
        ("/strategy/execute-pure-market-making", &params),
    ] {
        assert_eq!(
            answer(&server, path, body).await,
            (500, not_configured.clone()),
            "{path}"
        );
    }
    let (status, told) = answer(
        &server,
        "/admin/strategy/instances/validate",
        &by_definition,
    )
    .await;
    assert_eq!(status, 400);
    let message = told["message"].as_str().unwrap();
    assert!(
        message.starts_with("Unknown exchange nowhere. Allowed: binance"),
        "{message}"
    );
    assert_eq!(server.get("/strategy/all-strategies").await, json!([]));
}

#[tokio::test]
async fn a_direct_start_that_names_no_exchange_is_told_what_is_missing() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    assert_eq!(server.log_in(&installation.password()).await, 201);
    let ids = json!({ "userId": "ana", "clientId": "desk" });
    let (status, told) = answer(&server, "/strategy/execute-arbitrage", &ids).await;
    assert_eq!(status, 400);
    let message = told["message"].as_str().unwrap();
    assert!(
        message.starts_with("Missing required config field: "),
        "{message}"
    );
    assert_eq!(server.get("/strategy/all-strategies").await, json!([]));
}

#[tokio::test]
async fn a_direct_start_that_could_not_run_leaves_the_run_that_goes_well() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    assert_eq!(server.log_in(&installation.password()).await, 201);
    let path = "/strategy/execute-arbitrage";
    let good = json!({
        "userId": "ana", "clientId": "desk", "pair": "ETH/USDT", "amountToTrade": 1,
        "minProfitability": 0.01, "exchangeAName": "binance", "exchangeBName": "mexc",
    });
    let started = server.post(path, good.clone()).await;
    assert_eq!(started.status().as_u16(), 200);
    let before = server.get("/strategy/all-strategies").await;
    for (member, value, expected) in [
        ("amountToTrade", Value::Null, 400),
        ("amountToTrade", json!("abc"), 400),
        ("amountToTrade", json!(0), 400),
        ("pair", json!("ETHUSDT"), 400),
        ("exchangeAName", json!("nowhere"), 500),
        ("exchangeBName", json!("nowhere"), 500),
    ] {
        let mut bad = good.clone();
        bad[member] = value;
        for user in ["ana", "bea"] {
            bad["userId"] = json!(user);
            let (status, told) = answer(&server, path, &bad).await;
            assert_eq!(status, expected, "{bad} {told}");
        }
    }
    assert_eq!(server.get("/strategy/all-strategies").await, before);
}
