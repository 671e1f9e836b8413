//! One market: what is held, what it cost, what was earned.
//!
//! Values in quote currency have 20 decimal places at most. What a division loses stays in the cost
//! of what is held, so that at any price profit is cash plus inventory to the last digit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{PaidIn, Turnover};
use crate::execution::{Fill, Side};
use crate::money::Decimal;

const PLACES: u32 = 20;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Position {
    pub exchange: String,
    pub pair: String,
    /// Base currency held; negative when more was sold than bought.
    pub base: Decimal,
    /// What it cost in quote currency; negative, as what is held, when it was sold short.
    pub cost: Decimal,
    /// Profit of what was closed, before fees.
    pub realised: Decimal,
    /// Paid in quote or base currency, less rebates, in quote currency at the price of their trade.
    pub fees: Decimal,
    /// The part of them that was paid in quote currency.
    pub fees_in_quote: Decimal,
    /// Paid in other coins, by coin. Not part of any profit: nothing here knows what they are worth.
    pub other_fees: BTreeMap<String, Decimal>,
    pub bought: Turnover,
    pub sold: Turnover,
    pub trades: u64,
    /// The latest price of the market that a decision, a trade or a look at what is held has seen.
    pub mark: Option<Decimal>,
}

impl Position {
    pub(super) fn new(exchange: &str, pair: &str) -> Self {
        Self {
            exchange: exchange.to_owned(),
            pair: pair.to_owned(),
            base: Decimal::zero(),
            cost: Decimal::zero(),
            realised: Decimal::zero(),
            fees: Decimal::zero(),
            fees_in_quote: Decimal::zero(),
            other_fees: BTreeMap::new(),
            bought: Turnover::default(),
            sold: Turnover::default(),
            trades: 0,
            mark: None,
        }
    }

    /// What one unit of what is held cost.
    pub fn average_cost(&self) -> Option<Decimal> {
        self.cost.checked_div(&self.base)
    }

    /// Quote currency received less what was spent and paid in fees.
    pub fn cash(&self) -> Decimal {
        &(&self.sold.quote - &self.bought.quote) - &self.fees_in_quote
    }

    /// What is held would bring at a price, less what it cost.
    pub fn unrealised_at(&self, price: &Decimal) -> Decimal {
        &(&self.base * price).round_to(PLACES) - &self.cost
    }

    /// After fees, with what is held at a price: cash plus inventory.
    pub fn profit_at(&self, price: &Decimal) -> Decimal {
        &(&self.realised - &self.fees) + &self.unrealised_at(price)
    }

    /// Quote currency that changed hands.
    pub fn volume(&self) -> Decimal {
        &self.bought.quote + &self.sold.quote
    }

    pub(super) fn traded(&mut self, side: Side, fill: &Fill) {
        let (price, quantity) = (fill.price.amount(), fill.quantity.amount());
        let value = (price * quantity).round_to(PLACES);
        match side {
            Side::Buy => {
                self.bought.add(quantity, &value);
                self.exchange_for(quantity, &value);
            }
            Side::Sell => {
                self.sold.add(quantity, &value);
                self.exchange_for(&-quantity, &-&value);
            }
        }
        self.trades += 1;
        self.mark = Some(price.clone());
        self.pay(fill);
    }

    /// A fee in base currency is what is held, sold at the price of the trade to pay it.
    fn pay(&mut self, fill: &Fill) {
        match PaidIn::of(&fill.fee_currency, &self.pair) {
            PaidIn::Quote => {
                self.fees = &self.fees + &fill.fee;
                self.fees_in_quote = &self.fees_in_quote + &fill.fee;
            }
            PaidIn::Base => {
                let value = (fill.price.amount() * &fill.fee).round_to(PLACES);
                self.exchange_for(&-&fill.fee, &-&value);
                self.fees = &self.fees + &value;
            }
            PaidIn::Other => add_fee(&mut self.other_fees, &fill.fee_currency, &fill.fee),
        }
    }

    /// `base` comes in for `cost`; both are negative when it goes out.
    fn exchange_for(&mut self, base: &Decimal, cost: &Decimal) {
        let adds = self.base.is_zero() || self.base.is_negative() == base.is_negative();
        if adds {
            self.base = &self.base + base;
            self.cost = &self.cost + cost;
            return;
        }
        let closes_all = base.abs() >= self.base.abs();
        let (released, received) = if closes_all {
            (self.cost.clone(), -&part(cost, &self.base, base))
        } else {
            (part(&self.cost, base, &self.base), -cost)
        };
        self.realised = &(&self.realised + &received) - &released;
        self.cost = if closes_all {
            cost + &received
        } else {
            &self.cost - &released
        };
        self.base = &self.base + base;
    }

    pub(super) fn continue_with(&mut self, later: &Self) {
        self.exchange_for(&later.base, &later.cost);
        self.realised = &self.realised + &later.realised;
        self.fees = &self.fees + &later.fees;
        self.fees_in_quote = &self.fees_in_quote + &later.fees_in_quote;
        for (coin, fee) in &later.other_fees {
            add_fee(&mut self.other_fees, coin, fee);
        }
        self.bought.add(&later.bought.base, &later.bought.quote);
        self.sold.add(&later.sold.base, &later.sold.quote);
        self.trades += later.trades;
        if later.mark.is_some() {
            self.mark.clone_from(&later.mark);
        }
    }
}

/// The part of `cost` that falls on `base` of `whole`, which are of opposite signs.
fn part(cost: &Decimal, base: &Decimal, whole: &Decimal) -> Decimal {
    let part = (cost * &-base).checked_div(whole);
    part.unwrap_or_else(Decimal::zero)
}

fn add_fee(fees: &mut BTreeMap<String, Decimal>, coin: &str, fee: &Decimal) {
    let paid = fees.entry(coin.to_owned()).or_insert_with(Decimal::zero);
    *paid = &*paid + fee;
}
