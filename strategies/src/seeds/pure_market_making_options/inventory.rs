//! What may be held and spent.

use super::{BASE, PERCENT, QUOTE};
use crate::seeds::field::Field;

pub(super) fn fields() -> Vec<Field> {
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
