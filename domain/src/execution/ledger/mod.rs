//! What a run's trades came to: positions, profit and fees, in decimals, from its events alone.

mod course;
mod currency;
mod position;
mod turnover;

use serde::{Deserialize, Serialize};

use super::{Fill, OrderIntent};
use crate::money::{Decimal, Price};

pub use course::Course;
pub use currency::PaidIn;
pub use position::Position;
pub use turnover::Turnover;

/// One position per market, in the order in which they were first traded.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    pub positions: Vec<Position>,
    /// Of the profit of all positions together, which a run has in one quote currency.
    #[serde(default)]
    pub course: Course,
}

impl Ledger {
    /// A decision saw the market at this price.
    pub fn decided(&mut self, intent: &OrderIntent) {
        let reference = &intent.basis.reference_price;
        if reference.is_positive()
            && let Some(position) = self.find(&intent.exchange, &intent.pair)
        {
            position.mark = Some(reference.clone());
            self.note_profit();
        }
    }

    /// The market gives this price for what is held.
    pub fn marked(&mut self, exchange: &str, pair: &str, price: &Price) {
        if let Some(position) = self.find(exchange, pair) {
            position.mark = Some(price.amount().clone());
            self.note_profit();
        }
    }

    /// Some of the order traded.
    pub fn traded(&mut self, intent: &OrderIntent, fill: &Fill) {
        self.position(&intent.exchange, &intent.pair)
            .traded(intent.side, fill);
        self.note_profit();
    }

    /// Takes over what a later run of the same instance came to: its positions add to those that
    /// are open, or close them, at what they cost.
    pub fn continue_with(&mut self, later: &Self) {
        for position in &later.positions {
            self.position(&position.exchange, &position.pair)
                .continue_with(position);
        }
        self.note_profit();
    }

    /// Base currency held in a market; negative when more was sold than bought.
    pub fn base_held(&self, exchange: &str, pair: &str) -> Decimal {
        let held = self.position_in(exchange, pair);
        held.map_or_else(Decimal::zero, |held| held.base.clone())
    }

    pub fn position_in(&self, exchange: &str, pair: &str) -> Option<&Position> {
        let mut positions = self.positions.iter();
        positions.find(|held| held.exchange == exchange && held.pair == pair)
    }

    /// After fees, with what is held at the latest price seen.
    pub fn profit_in(&self, exchange: &str, pair: &str) -> Decimal {
        let held = self.position_in(exchange, pair);
        let profit = held.and_then(|held| Some(held.profit_at(held.mark.as_ref()?)));
        profit.unwrap_or_else(Decimal::zero)
    }

    fn note_profit(&mut self) {
        let marked = self.positions.iter();
        let profits = marked.filter_map(|held| Some(held.profit_at(held.mark.as_ref()?)));
        let profit = profits.fold(Decimal::zero(), |sum, profit| &sum + &profit);
        self.course.reach(&profit);
    }

    fn find(&mut self, exchange: &str, pair: &str) -> Option<&mut Position> {
        let mut positions = self.positions.iter_mut();
        positions.find(|position| position.exchange == exchange && position.pair == pair)
    }

    fn position(&mut self, exchange: &str, pair: &str) -> &mut Position {
        let is_it = |position: &Position| position.exchange == exchange && position.pair == pair;
        let index = self.positions.iter().position(is_it);
        let index = index.unwrap_or_else(|| {
            self.positions.push(Position::new(exchange, pair));
            self.positions.len() - 1
        });
        &mut self.positions[index]
    }
}

#[cfg(test)]
mod tests;
