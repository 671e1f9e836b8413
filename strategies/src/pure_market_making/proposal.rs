//! The quotes that a decision works on, before they are orders.

use domain::execution::{DecisionBasis, PriceBand, Side};
use domain::money::Decimal;

use super::config::PmmConfig;
use crate::sizing::{price_down, round_quantity};
use crate::{MarketSnapshot, OwnOrder, OwnState, TradingRules};

/// Each side from the nearest quote outwards.
#[derive(Debug, Default)]
pub(super) struct Proposal {
    pub(super) buys: Vec<Quote>,
    pub(super) sells: Vec<Quote>,
    /// Why a side or a quote was left out.
    pub(super) left_out: Vec<String>,
    /// A band that was measured anew.
    pub(super) band: Option<PriceBand>,
}

#[derive(Debug)]
pub(super) struct Quote {
    /// Counted from 1.
    pub(super) layer: usize,
    pub(super) price: Decimal,
    pub(super) size: Decimal,
}

/// What the stages look at.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) config: &'a PmmConfig,
    pub(super) market: &'a MarketSnapshot,
    pub(super) rules: Option<&'a TradingRules>,
    pub(super) own: &'a OwnState,
    /// The run's orders that are not hanging.
    pub(super) quotes: Vec<&'a OwnOrder>,
    pub(super) hanging: Vec<&'a OwnOrder>,
    pub(super) basis: &'a DecisionBasis,
}

impl View<'_> {
    pub(super) fn reference(&self) -> &Decimal {
        &self.basis.reference_price
    }

    /// As the configuration rounds prices that are still to be worked on.
    pub(super) fn rounded_price(&self, price: Decimal) -> Decimal {
        if self.config.options.rounding.is_down() {
            price_down(&price, self.rules)
        } else {
            price
        }
    }

    /// As the configuration rounds sizes that are still to be worked on.
    pub(super) fn rounded_down_size(&self, size: &Decimal) -> Decimal {
        if self.config.options.rounding.is_down() {
            self.rounded_size(size.clone())
        } else {
            size.clone()
        }
    }

    pub(super) fn rounded_size(&self, size: Decimal) -> Decimal {
        match self.rules {
            Some(rules) => round_quantity(&size, rules),
            None => size,
        }
    }

    /// What the run may use of base and quote currency, its quotes' share included.
    pub(super) fn balances(&self) -> Option<(Decimal, Decimal)> {
        let budget = self.config.options.budget.as_ref()?;
        let after = |amount: &Decimal, net: &Option<Decimal>| match net {
            Some(net) => amount + net,
            None => amount.clone(),
        };
        let mut base = after(&budget.base, &self.own.net_base);
        let mut quote = after(&budget.quote, &self.own.net_quote);
        for hanging in &self.hanging {
            match hanging.side {
                Side::Buy => quote = &quote - &(hanging.price.amount() * &hanging.remaining),
                Side::Sell => base = &base - &hanging.remaining,
            }
        }
        Some((base.max(Decimal::zero()), quote.max(Decimal::zero())))
    }
}

impl Proposal {
    pub(super) fn side_mut(&mut self, side: Side) -> &mut Vec<Quote> {
        match side {
            Side::Buy => &mut self.buys,
            Side::Sell => &mut self.sells,
        }
    }

    pub(super) fn drop_side(&mut self, side: Side, reason: String) {
        self.side_mut(side).clear();
        self.left_out.push(reason);
    }
}
