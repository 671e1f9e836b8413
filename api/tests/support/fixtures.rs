//! Definitions and bodies that tests share.

use serde_json::{Value, json};

use super::TestApp;
pub(crate) use super::app::post_json;

/// `sha256hex("correct horse")`, which the browser would send.
pub(crate) const PASSWORD_HASH: &str =
    "4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631";
pub(crate) const SECRET: &[u8] = b"a secret for tests only";

pub(crate) fn market_making() -> Value {
    json!({
        "key": "pmm", "name": "Market making", "executorType": "pureMarketMaking",
        "configSchema": {
            "type": "object",
            "required": ["pair", "exchangeName"],
            "properties": {
                "pair": { "type": "string" },
                "exchangeName": { "type": "string" },
                "bidSpread": { "type": "number", "minimum": 0 },
            },
        },
        "defaultConfig": { "pair": "BTC/USDT", "exchangeName": "binance", "bidSpread": 0.10 },
        "createdBy": "test",
    })
}

pub(crate) fn volume() -> Value {
    json!({
        "key": "volume", "name": "Volume", "controllerType": "volume",
        "configSchema": {
            "type": "object",
            "required": ["exchangeName", "symbol"],
            "properties": {
                "incrementPercentage": { "type": "number", "minimum": 0 },
                "postOnlySide": { "type": "string", "enum": ["buy", "sell"] },
            },
        },
        "defaultConfig": {
            "exchangeName": "binance", "symbol": "BTC/USDT", "postOnlySide": "buy",
        },
    })
}

pub(crate) fn arbitrage() -> Value {
    json!({
        "key": "arbitrage", "name": "Arbitrage", "controllerType": "arbitrage",
        "configSchema": { "type": "object" },
        "defaultConfig": {
            "exchangeAName": "binance", "exchangeBName": "mexc",
            "checkIntervalSeconds": 10, "maxOpenOrders": 1,
        },
    })
}

/// What the volume route needs.
pub(crate) fn volume_params() -> Value {
    json!({
        "exchangeName": "binance", "symbol": "BTC/USDT", "incrementPercentage": 0.1,
        "intervalTime": 60, "tradeAmount": 0.5, "numTrades": 5, "userId": "u", "clientId": "c",
        "pricePushRate": 1,
    })
}

impl TestApp {
    /// Creates a definition and answers its id.
    pub(crate) async fn create(&self, definition: &Value) -> String {
        let answer = self.post("/admin/strategy/definitions", definition).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn start_instance(&self, definition_id: &str, user: &str, client: &str) {
        let body = json!({ "definitionId": definition_id, "userId": user, "clientId": client });
        let answer = self.post("/admin/strategy/instances/start", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
    }

    /// All instances as the type-based list shows them.
    pub(crate) async fn strategies(&self) -> Vec<Value> {
        self.get("/strategy/all-strategies")
            .await
            .json()
            .as_array()
            .unwrap()
            .clone()
    }
}
