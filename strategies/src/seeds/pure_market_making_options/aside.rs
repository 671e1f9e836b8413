//! What moves the quotes of both sides, as the original had it.

use super::FRACTION;
use crate::seeds::field::Field;

pub(super) fn fields() -> Vec<Field> {
    let share = |name, title, description| {
        Field::number(name, title, description)
            .unit("fraction of the inventory's value")
            .at_least(0)
            .at_most(1)
    };
    vec![
        Field::flag(
            "makerHeavyMode",
            "Maker-heavy",
            "Both sides stand farther away, by the bias below.",
        ),
        Field::number(
            "makerHeavyBiasBps",
            "Maker-heavy bias",
            "Added once to every quote's distance while maker-heavy is on; 0 if empty.",
        )
        .unit("bps of the price"),
        Field::number(
            "inventorySkewFactor",
            "Price skew",
            "How far both sides move down per unit by which the current ratio is above the target \
             ratio, or up where it is below; 0 if empty.",
        )
        .unit(FRACTION),
        share(
            "inventoryTargetBaseRatio",
            "Target ratio",
            "What the price skew takes for the share that is to be held in base currency; 0.5 if \
             empty or 0.",
        ),
        share(
            "currentBaseRatio",
            "Current ratio",
            "What the price skew takes for the share that is held in base currency. It is as it is \
             written here, whatever is traded; 0.5 if empty or 0.",
        ),
    ]
}
