//! The arbitrage definition.

use serde_json::json;

use super::{DefaultDefinition, Seed};

pub(super) fn definition() -> DefaultDefinition {
    let config_schema = json!({
        "type": "object",
        "required": [
            "pair", "amountToTrade", "minProfitability", "exchangeAName", "exchangeBName",
        ],
        "properties": {
            "pair": { "type": "string" },
            "amountToTrade": { "type": "number", "minimum": 0 },
            "minProfitability": { "type": "number", "minimum": 0 },
            "exchangeAName": { "type": "string" },
            "exchangeBName": { "type": "string" },
            "checkIntervalSeconds": { "type": "number", "minimum": 1 },
            "maxOpenOrders": { "type": "number", "minimum": 1 },
        },
    });
    let default_config = json!({
        "pair": "BTC/USDT",
        "amountToTrade": 0.01,
        "minProfitability": 0.002,
        "exchangeAName": "binance",
        "exchangeBName": "mexc",
        "checkIntervalSeconds": 10,
        "maxOpenOrders": 1,
    });
    Seed {
        key: "arbitrage",
        name: "Arbitrage",
        description: "Cross-exchange arbitrage monitor with profitability threshold.",
        executor_type: "arbitrage",
        config_schema,
        default_config,
    }
    .into()
}
