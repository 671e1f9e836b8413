//! The pure-market-making definition.

use serde_json::json;

use super::{DefaultDefinition, Seed, pure_market_making_options};

pub(super) fn definition() -> DefaultDefinition {
    let config_schema = json!({
        "type": "object",
        "required": [
            "pair", "exchangeName", "bidSpread", "askSpread", "orderAmount", "orderRefreshTime",
        ],
        "properties": {
            "pair": { "type": "string" },
            "exchangeName": { "type": "string" },
            "bidSpread": { "type": "number", "minimum": 0 },
            "askSpread": { "type": "number", "minimum": 0 },
            "orderAmount": { "type": "number", "minimum": 0 },
            "orderRefreshTime": { "type": "number", "minimum": 1000 },
        },
    });
    let default_config = json!({
        "pair": "BTC/USDT",
        "exchangeName": "binance",
        "bidSpread": 0.1,
        "askSpread": 0.1,
        "orderAmount": 0.01,
        "orderRefreshTime": 15000,
        "numberOfLayers": 1,
        "priceSourceType": "MID_PRICE",
        "amountChangePerLayer": 0,
        "amountChangeType": "fixed",
    });
    Seed {
        key: "pure-market-making",
        name: "Pure Market Making",
        description: "Layered maker quotes around a selected price source.",
        executor_type: "pureMarketMaking",
        config_schema,
        default_config,
        described_schema: pure_market_making_options::schema(),
    }
    .into()
}
