//! The volume definition.

use serde_json::json;

use super::{DefaultDefinition, Seed};

pub(super) fn definition() -> DefaultDefinition {
    let config_schema = json!({
        "type": "object",
        "required": [
            "exchangeName", "symbol", "incrementPercentage", "intervalTime", "tradeAmount",
            "numTrades",
        ],
        "properties": {
            "exchangeName": { "type": "string" },
            "symbol": { "type": "string" },
            "incrementPercentage": { "type": "number", "minimum": 0 },
            "intervalTime": { "type": "number", "minimum": 1 },
            "tradeAmount": { "type": "number", "minimum": 0 },
            "numTrades": { "type": "number", "minimum": 1 },
            "pricePushRate": { "type": "number", "minimum": 0 },
            "postOnlySide": { "type": "string", "enum": ["buy", "sell"] },
        },
    });
    let default_config = json!({
        "exchangeName": "binance",
        "symbol": "BTC/USDT",
        "incrementPercentage": 0.1,
        "intervalTime": 10,
        "tradeAmount": 0.001,
        "numTrades": 10,
        "pricePushRate": 0,
        "postOnlySide": "buy",
    });
    Seed {
        key: "volume",
        name: "Volume",
        description: "Alternating post-only trades to generate controlled volume.",
        executor_type: "volume",
        config_schema,
        default_config,
    }
    .into()
}
