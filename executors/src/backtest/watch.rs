//! Looks at a run after every step: what it earned until then, how deep it fell, whether it quoted.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::execution::{Execution, Position, Side};
use domain::money::Decimal;
use strategies::MarketRef;

use super::report::{EquityPoint, Market};
use crate::market::PaperMarket;

/// So many points a chart can show; between them the extremes are still counted.
const POINTS: usize = 600;

#[derive(Debug)]
pub(super) struct Watch<'a> {
    market: &'a PaperMarket,
    places: &'a [MarketRef],
    every: usize,
    steps: usize,
    best: Decimal,
    pub(super) max_drawdown: Decimal,
    pub(super) equity: Vec<EquityPoint>,
    largest: BTreeMap<(String, String), Decimal>,
    quoting: u64,
    quoted: u64,
}

impl<'a> Watch<'a> {
    pub(super) fn new(market: &'a PaperMarket, places: &'a [MarketRef], steps: usize) -> Self {
        Self {
            market,
            places,
            every: steps.div_ceil(POINTS).max(1),
            steps: 0,
            best: Decimal::zero(),
            max_drawdown: Decimal::zero(),
            equity: vec![],
            largest: BTreeMap::new(),
            quoting: 0,
            quoted: 0,
        }
    }

    pub(super) fn look(&mut self, execution: &Execution, now: DateTime<Utc>) {
        let profit = self.measure(execution, now);
        if execution.intended > 0 {
            let has = |side| {
                let mut orders = execution.live_orders.values();
                orders.any(|order| order.intent.side == side)
            };
            self.quoting += 1;
            self.quoted += u64::from(has(Side::Buy) && has(Side::Sell));
        }
        if self.steps.is_multiple_of(self.every) {
            self.mark(execution, profit, now);
        }
        self.steps += 1;
    }

    /// Answers the profit.
    pub(super) fn measure(&mut self, execution: &Execution, now: DateTime<Utc>) -> Decimal {
        let profit = self.profit(execution, now);
        if profit > self.best {
            self.best = profit.clone();
        }
        let fall = &self.best - &profit;
        if fall > self.max_drawdown {
            self.max_drawdown = fall;
        }
        for position in &execution.ledger.positions {
            let place = (position.exchange.clone(), position.pair.clone());
            let largest = self.largest.entry(place).or_insert_with(Decimal::zero);
            if position.base.abs() > *largest {
                *largest = position.base.abs();
            }
        }
        profit
    }

    fn mark(&mut self, execution: &Execution, profit: Decimal, at: DateTime<Utc>) {
        let Some(place) = self.places.first() else {
            return;
        };
        let price = self.price(&place.exchange, &place.pair, at);
        let is_here = |p: &&Position| p.exchange == place.exchange && p.pair == place.pair;
        let held = execution.ledger.positions.iter().find(is_here);
        self.equity.push(EquityPoint {
            at,
            profit,
            price: price.unwrap_or_else(Decimal::zero),
            inventory: held.map_or_else(Decimal::zero, |position| position.base.clone()),
        });
    }

    pub(super) fn both_sides_quoted(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts of steps")]
        (self.quoting > 0).then(|| self.quoted as f64 / self.quoting as f64)
    }

    /// At the last prices.
    pub(super) fn markets(&self, execution: &Execution, now: DateTime<Utc>) -> Vec<Market> {
        let positions = execution.ledger.positions.iter();
        positions
            .map(|position| {
                let place = (position.exchange.clone(), position.pair.clone());
                let largest = self.largest.get(&place).cloned();
                Market {
                    exchange: position.exchange.clone(),
                    pair: position.pair.clone(),
                    last_price: self.worth(position, now),
                    trades: position.trades,
                    bought: position.bought.base.clone(),
                    sold: position.sold.base.clone(),
                    inventory: position.base.clone(),
                    largest_inventory: largest.unwrap_or_else(Decimal::zero),
                    profit: position.profit_at(&self.worth(position, now)),
                }
            })
            .collect()
    }

    pub(super) fn profit(&self, execution: &Execution, now: DateTime<Utc>) -> Decimal {
        let positions = execution.ledger.positions.iter();
        positions.fold(Decimal::zero(), |sum, position| {
            &sum + &position.profit_at(&self.worth(position, now))
        })
    }

    fn worth(&self, position: &Position, now: DateTime<Utc>) -> Decimal {
        self.price(&position.exchange, &position.pair, now)
            .or_else(|| position.mark.clone())
            .unwrap_or_else(Decimal::zero)
    }

    fn price(&self, exchange: &str, pair: &str, now: DateTime<Utc>) -> Option<Decimal> {
        self.market.price_at(exchange, pair, now)
    }
}
