//! One run of a market maker.

use super::config::PmmConfig;
use super::hanging::fill_up;
use super::hanging_pairs::is_hanging;
use super::proposal::View;
use super::quotes::orders;
use super::reconcile::reconcile;
use super::reference_price::reference_price;
use super::refresh;
use super::stages::propose;
use super::timers::Timers;
use crate::{Decision, MarketSnapshot, OwnState};

pub(super) fn decide(config: &PmmConfig, market: &MarketSnapshot, own: &OwnState) -> Decision {
    let basis = match reference_price(config, market, own) {
        Ok(basis) => basis,
        Err(reason) => return Decision::skip(reason),
    };
    let mut view = View {
        config,
        market,
        rules: market.rules.get(&config.market).map(AsRef::as_ref),
        own,
        quotes: own.live_orders.iter().collect(),
        hanging: Vec::new(),
        basis: &basis,
    };
    if let Some(timing) = &config.options.timing {
        let timers = Timers::of(own, timing);
        let live = own.live_orders.iter();
        (view.hanging, view.quotes) =
            live.partition(|order| is_hanging(order, timing, timers.cancel, own));
        return refresh::decide(&view, timing, timers);
    }
    let proposal = propose(&view);
    let (wanted, left_out) = orders(&proposal, &view);
    let decision = if config.hanging_orders {
        fill_up(wanted, config, own)
    } else {
        let orders = wanted.into_iter().map(|wanted| wanted.order).collect();
        reconcile(orders, own, &config.tolerance_percent)
    };
    Decision {
        // Where something is left out, that is the reason
        idle: decision.idle.filter(|_| left_out.is_empty()),
        skipped: left_out,
        band: proposal.band,
        ..decision
    }
}
