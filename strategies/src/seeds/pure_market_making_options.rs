//! The pure-market-making definition's fields, the options included.

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
    fields.extend(quotes());
    fields.extend(bounds());
    fields.extend(renewal());
    fields.extend(inventory());
    fields.extend(placement());
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

fn quotes() -> Vec<Field> {
    vec![
        Field::number(
            "bidSpread",
            "Bid spread",
            "How far below the reference price the nearest buy is.",
        )
        .unit(FRACTION)
        .at_least(0),
        Field::number(
            "askSpread",
            "Ask spread",
            "How far above the reference price the nearest sell is.",
        )
        .unit(FRACTION)
        .at_least(0),
        Field::number(
            "orderAmount",
            "Order amount",
            "The size of the nearest quotes.",
        )
        .unit(BASE)
        .at_least(0),
        Field::number("numberOfLayers", "Layers", "Quotes on each side.")
            .at_least(0)
            .at_most(100),
        Field::number(
            "levelSpread",
            "Layer spread",
            "How much farther away each further layer is; empty: layer n is n spreads away.",
        )
        .unit(FRACTION)
        .at_least(0),
        Field::number(
            "amountChangePerLayer",
            "Amount change per layer",
            "What each further layer adds to the amount.",
        ),
        Field::choice(
            "amountChangeType",
            "Kind of amount change",
            "fixed adds an amount of base currency, percentage compounds.",
            &["fixed", "percentage"],
        ),
        one_by_one(),
    ]
}

fn one_by_one() -> Field {
    Field::list(
        "orderOverride",
        "Orders one by one",
        "In place of the layers.",
        vec![
            Field::choice("side", "Side", "Which way it trades.", &["buy", "sell"]),
            Field::number(
                "spread",
                "Spread",
                "How far from the reference price it is.",
            )
            .unit(FRACTION)
            .at_least(0),
            Field::number("amount", "Amount", "Its size.")
                .unit(BASE)
                .at_least(0),
        ],
    )
}

fn bounds() -> Vec<Field> {
    vec![
        Field::number(
            "ceilingPrice",
            "Ceiling price",
            "No buys while the reference price is above it.",
        )
        .unit(PRICE),
        Field::number(
            "floorPrice",
            "Floor price",
            "No sells while the reference price is below it.",
        )
        .unit(PRICE),
        Field::flag(
            "movingPriceBandEnabled",
            "Moving price band",
            "No sells at or below, no buys at or above bounds measured from the reference price now and then.",
        ),
        Field::number(
            "priceFloorPct",
            "Lower bound",
            "Distance from the measured price; -1 if empty.",
        )
        .unit(PERCENT),
        Field::number(
            "priceCeilingPct",
            "Upper bound",
            "Distance from the measured price; 1 if empty.",
        )
        .unit(PERCENT),
        Field::number(
            "priceBandRefreshTime",
            "Bounds last",
            "When they are measured anew; a day if empty.",
        )
        .unit(MILLISECONDS)
        .at_least(0),
    ]
}

fn renewal() -> Vec<Field> {
    vec![
        Field::number("orderRefreshTime", "Refresh time", "How long quotes stay before they are renewed.")
            .unit(MILLISECONDS)
            .at_least(1000),
        Field::flag("refreshTogether", "Renew together", "All quotes at once instead of one by one."),
        Field::number(
            "orderRefreshTolerancePct",
            "Refresh tolerance",
            "Quotes that are this near to where they should be stay.",
        )
        .unit(PERCENT),
        Field::choice(
            "orderReplacement",
            "Replacement",
            "overlap replaces in the same tick, cancel_first places a tick after it cancelled.",
            &["overlap", "cancel_first"],
        ),
        Field::number(
            "filledOrderDelay",
            "Delay after a fill",
            "How much later new quotes come after an order filled whole; the refresh time if empty.",
        )
        .unit(MILLISECONDS)
        .at_least(0),
        Field::number(
            "minimumSpread",
            "Minimum spread",
            "Quotes that come nearer to the reference price than this are taken off.",
        )
        .unit(FRACTION),
        Field::number("maxOrderAge", "Longest age", "Quotes older than this are taken off.")
            .unit(MILLISECONDS),
        Field::flag(
            "hangingOrdersEnabled",
            "Fill up only",
            "Only what is missing on a side is placed; what stands there stays.",
        ),
        Field::number(
            "hangingOrdersCancelPct",
            "Hanging orders until",
            "Once one order of a pair filled, the other stays until it fills or is this far away.",
        )
        .unit(PERCENT),
    ]
}

fn inventory() -> Vec<Field> {
    vec![
        Field::number(
            "baseBudget",
            "Base budget",
            "What the run may sell, before what it has traded.",
        )
        .unit(BASE)
        .at_least(0)
        .fixed(),
        Field::number(
            "quoteBudget",
            "Quote budget",
            "What the run may spend, before what it has traded.",
        )
        .unit(QUOTE)
        .at_least(0)
        .fixed(),
        Field::flag(
            "inventorySkewEnabled",
            "Inventory skew",
            "Sizes shift to the side that brings the inventory back to its target. Needs both budgets.",
        ),
        Field::number(
            "inventoryTargetBasePct",
            "Inventory target",
            "The share of the value that is to be held in base currency; 50 if empty.",
        )
        .unit(PERCENT)
        .at_least(0)
        .at_most(100),
        Field::number(
            "inventoryRangeMultiplier",
            "Inventory range",
            "Around the target within which sizes shift; 1 if empty.",
        )
        .unit("total order sizes")
        .at_least(0),
        Field::flag(
            "pingPongEnabled",
            "Ping-pong",
            "The side of which more orders filled loses that many of its nearest quotes.",
        ),
    ]
}

fn placement() -> Vec<Field> {
    vec![
        Field::flag(
            "postOnly",
            "Post only",
            "Quotes never take liquidity; on if empty.",
        ),
        Field::flag(
            "takeIfCrossed",
            "Take if crossed",
            "Off leaves out quotes that would trade at once, on sends them; empty: the venue decides.",
        ),
        Field::flag(
            "orderOptimizationEnabled",
            "Order optimisation",
            "The nearest quote goes one tick ahead of where the book holds the depth below.",
        ),
        Field::number(
            "bidOrderOptimizationDepth",
            "Bid depth",
            "How much may stay ahead of the nearest buy.",
        )
        .unit(BASE)
        .at_least(0),
        Field::number(
            "askOrderOptimizationDepth",
            "Ask depth",
            "How much may stay ahead of the nearest sell.",
        )
        .unit(BASE)
        .at_least(0),
        Field::flag(
            "addTransactionCosts",
            "Add transaction costs",
            "Quotes move away by the fee.",
        ),
        Field::number(
            "makerFeeRate",
            "Maker fee",
            "What the venue takes of a trade's value.",
        )
        .unit("fraction of the value")
        .at_least(0)
        .below(1),
        Field::choice(
            "priceRounding",
            "Rounding of prices",
            "own_favour never pays more nor takes less than computed; down rounds every price down; \
             down_at_venue leaves the last digits to the venue.",
            &["own_favour", "down", "down_at_venue"],
        ),
    ]
}
