//! How long quotes stay.

use super::{FRACTION, MILLISECONDS, PERCENT};
use crate::seeds::field::Field;

pub(super) fn fields() -> Vec<Field> {
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
