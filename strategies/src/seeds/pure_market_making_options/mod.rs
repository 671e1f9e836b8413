//! The pure-market-making definition's fields, the options included.

mod aside;
mod inventory;
mod placement;
mod quotes;
mod renewal;

use serde_json::Value;

use super::field::{Field, object};

const FRACTION: &str = "fraction of the price";
const PERCENT: &str = "%";
const MILLISECONDS: &str = "ms";
const BASE: &str = "base currency";
const QUOTE: &str = "quote currency";
const PRICE: &str = "quote currency per base currency";

pub(super) fn schema() -> Value {
    let mut fields = market();
    fields.extend(quotes::quotes());
    fields.extend(aside::fields());
    fields.extend(quotes::bounds());
    fields.extend(renewal::fields());
    fields.extend(inventory::fields());
    fields.extend(placement::fields());
    fields.push(Field::on_restart());
    let required = [
        "pair",
        "exchangeName",
        "bidSpread",
        "askSpread",
        "orderAmount",
        "orderRefreshTime",
    ];
    object(&required, fields)
}

fn market() -> Vec<Field> {
    let sources = [
        "mid_price",
        "best_bid",
        "best_ask",
        "last_price",
        "last_own_trade",
        "inventory_cost",
    ];
    vec![
        Field::text("pair", "Pair", "What is traded, as base/quote: BTC/USDT.").fixed(),
        Field::text("exchangeName", "Exchange", "Where the orders go.").fixed(),
        Field::text(
            "oracleExchangeName",
            "Price exchange",
            "Where the reference price comes from; empty: the exchange traded on.",
        )
        .fixed(),
        Field::choice(
            "priceSourceType",
            "Price source",
            "What the reference price is. last_own_trade is the mid price before the first trade; \
             inventory_cost never sells below what the inventory cost.",
            &sources,
        ),
    ]
}
