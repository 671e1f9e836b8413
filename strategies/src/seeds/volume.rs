//! The volume definition.

use serde_json::{Value, json};

use super::field::{Field, object};
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
        described_schema: described_schema(),
    }
    .into()
}

fn described_schema() -> Value {
    let required = [
        "exchangeName",
        "symbol",
        "incrementPercentage",
        "intervalTime",
        "tradeAmount",
        "numTrades",
    ];
    let mut fields = market();
    fields.extend(trades());
    fields.push(Field::on_restart());
    object(&required, fields)
}

fn market() -> Vec<Field> {
    vec![
        Field::text("exchangeName", "Exchange", "Where the orders go.").fixed(),
        Field::text("symbol", "Pair", "What is traded, as base/quote: BTC/USDT.").fixed(),
    ]
}

fn trades() -> Vec<Field> {
    vec![
        Field::number("tradeAmount", "Trade amount", "The size of each trade.")
            .unit("base currency")
            .at_least(0),
        Field::number(
            "numTrades",
            "Trades",
            "After so many the run has done its work.",
        )
        .unit("trades")
        .at_least(1),
        Field::number(
            "intervalTime",
            "Interval",
            "Between one trade and the next.",
        )
        .unit("s")
        .at_least(1),
        Field::number(
            "incrementPercentage",
            "Increment",
            "How far from the mid price the orders are.",
        )
        .unit("%")
        .at_least(0),
        Field::number(
            "pricePushRate",
            "Price push",
            "How far each trade pushes the price that the next one starts from.",
        )
        .unit("%")
        .at_least(0),
        Field::choice(
            "postOnlySide",
            "Side",
            "Which way every order trades. Start without it to alternate, buying first.",
            &["buy", "sell"],
        ),
    ]
}
