//! Bounds that are measured from the reference price, and anew once they have lasted.

use domain::execution::{PriceBand, Side};

use super::super::proposal::{Proposal, View};

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    let Some(moving) = &view.config.options.moving_band else {
        return;
    };
    let (reference, now) = (view.reference(), view.own.now);
    let kept = view.own.history.band.as_ref();
    let kept = kept.filter(|band| now < band.set_at + moving.lasts);
    let measured = kept.is_none().then(|| PriceBand {
        floor: reference * &moving.floor,
        ceiling: reference * &moving.ceiling,
        set_at: now,
    });
    if let Some(band) = kept.or(measured.as_ref()) {
        if *reference >= band.ceiling {
            let reason = format!("no buys: at or above the moving ceiling {}", band.ceiling);
            proposal.drop_side(Side::Buy, reason);
        }
        if *reference <= band.floor {
            let reason = format!("no sells: at or below the moving floor {}", band.floor);
            proposal.drop_side(Side::Sell, reason);
        }
    }
    proposal.band = measured;
}
