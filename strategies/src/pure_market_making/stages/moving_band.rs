//! Bounds that are measured from the reference price, and anew once they have lasted.

use chrono::{DateTime, Utc};
use domain::execution::{PriceBand, Side};
use domain::money::Decimal;

use super::super::options::MovingBand;
use super::super::proposal::{Proposal, View};

/// Where quotients are rounded too.
const PLACES: u32 = 20;

pub(super) fn apply(proposal: &mut Proposal, view: &View<'_>) {
    let Some(moving) = &view.config.options.moving_band else {
        return;
    };
    let (reference, now) = (view.reference(), view.own.now);
    let kept = view.own.history.band.as_ref();
    let kept = kept.filter(|band| now < band.set_at + moving.lasts && is_measured_so(band, moving));
    let measured = match kept {
        Some(_) => None,
        None => measure(reference, moving, now),
    };
    let Some(band) = kept.or(measured.as_ref()) else {
        let reason = "the moving bounds have too many digits".to_owned();
        proposal.buys.clear();
        proposal.drop_side(Side::Sell, reason);
        return;
    };
    if *reference >= band.ceiling {
        let reason = format!("no buys: at or above the moving ceiling {}", band.ceiling);
        proposal.drop_side(Side::Buy, reason);
    }
    if *reference <= band.floor {
        let reason = format!("no sells: at or below the moving floor {}", band.floor);
        proposal.drop_side(Side::Sell, reason);
    }
    proposal.band = measured;
}

/// Whether the bounds were measured with the same distances: a run may be given others on its way.
fn is_measured_so(band: &PriceBand, moving: &MovingBand) -> bool {
    let off = &(&band.floor * &moving.ceiling) - &(&band.ceiling * &moving.floor);
    // Both were rounded
    off.round_to(PLACES - 2).is_zero()
}

/// `None` when the log could not read the bounds back.
fn measure(reference: &Decimal, moving: &MovingBand, now: DateTime<Utc>) -> Option<PriceBand> {
    let bound = |factor: &Decimal| {
        let bound = (reference * factor).round_to(PLACES);
        bound.is_storable().then_some(bound)
    };
    Some(PriceBand {
        floor: bound(&moving.floor)?,
        ceiling: bound(&moving.ceiling)?,
        set_at: now,
    })
}
