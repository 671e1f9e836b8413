//! The arbitrage definition.

use serde_json::{Value, json};

use super::field::{Field, object};
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
        described_schema: described_schema(),
    }
    .into()
}

fn described_schema() -> Value {
    let exchange = |name, title| Field::text(name, title, "One of the two places.").fixed();
    let fee = |name, title| {
        Field::number(
            name,
            title,
            "What the exchange takes of a trade's value; 0 if empty.",
        )
        .unit("fraction of the value")
        .below(1)
    };
    let required = [
        "pair",
        "amountToTrade",
        "minProfitability",
        "exchangeAName",
        "exchangeBName",
    ];
    let mut fields = vec![
        Field::text("pair", "Pair", "What is traded, as base/quote: BTC/USDT.").fixed(),
        exchange("exchangeAName", "Exchange A"),
        exchange("exchangeBName", "Exchange B"),
        Field::number(
            "amountToTrade",
            "Amount",
            "What is bought in one place and sold in the other.",
        )
        .unit("base currency")
        .at_least(0),
        Field::number(
            "minProfitability",
            "Minimum profitability",
            "Less is not worth a trade.",
        )
        .unit("fraction of the cost")
        .at_least(0),
        Field::choice(
            "profitabilityFormula",
            "Profitability of",
            "of_cost: proceeds after fees over cost with fees. of_price: the prices' difference over \
             the buy price, less both fees.",
            &["of_cost", "of_price"],
        ),
        fee("exchangeAFeeRate", "Fee on exchange A"),
        fee("exchangeBFeeRate", "Fee on exchange B"),
    ];
    fields.extend(pace());
    fields.push(Field::on_restart());
    object(&required, fields)
}

fn pace() -> Vec<Field> {
    vec![
        Field::number(
            "checkIntervalSeconds",
            "Check every",
            "How often the books are compared; 10 if empty.",
        )
        .unit("s")
        .at_least(1),
        Field::number(
            "maxOpenOrders",
            "Open orders",
            "No new pair while this many are live; 1 if empty.",
        )
        .unit("orders")
        .at_least(1),
        Field::number(
            "legTimeoutSeconds",
            "Time for a leg",
            "What has not traded by then is taken off, and what traded on one side only is closed \
             where that is cheapest; 60 if empty.",
        )
        .unit("s")
        .at_least(1),
    ]
}
