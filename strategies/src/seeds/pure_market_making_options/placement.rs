//! How a quote meets the book.

use super::BASE;
use crate::seeds::field::Field;

pub(super) fn fields() -> Vec<Field> {
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
