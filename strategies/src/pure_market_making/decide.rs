//! One run of a market maker.

use super::config::PmmConfig;
use super::hanging::fill_up;
use super::quotes::Quotes;
use super::reconcile::reconcile;
use super::reference_price::reference_price;
use crate::{Decision, MarketSnapshot, OwnState};

pub(super) fn decide(config: &PmmConfig, market: &MarketSnapshot, own: &OwnState) -> Decision {
    let basis = match reference_price(config, market) {
        Ok(basis) => basis,
        Err(reason) => return Decision::skip(reason),
    };
    let rules = market.rules.get(&config.market).map(AsRef::as_ref);
    let Quotes { wanted, left_out } = Quotes::around(&basis, config, rules);
    let decision = if config.hanging_orders {
        fill_up(wanted, &config.layers, own)
    } else {
        let orders = wanted.into_iter().map(|quote| quote.order).collect();
        reconcile(orders, own, &config.tolerance_percent)
    };
    Decision {
        skipped: left_out,
        ..decision
    }
}
