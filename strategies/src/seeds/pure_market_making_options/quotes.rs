//! Where quotes stand and how large they are.

use super::{BASE, FRACTION, MILLISECONDS, PERCENT, PRICE};
use crate::seeds::field::Field;

pub(super) fn quotes() -> Vec<Field> {
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
            .unit("layers")
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
            "What each further layer adds to the amount: so much base currency where the kind of \
             change is fixed, so many percent of the layer before where it is percentage.",
        )
        .unit("base currency or %, by the kind of change"),
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

pub(super) fn bounds() -> Vec<Field> {
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
