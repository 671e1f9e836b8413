//! What a run's log tells of orders that are no longer live: enough for a strategy to know when it
//! last acted, what filled and what that cost, and small however long the run.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{OrderIntent, Refusals, Side};
use crate::money::{Decimal, Price, Quantity};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// When the run last intended an order.
    pub last_placed_at: Option<DateTime<Utc>>,
    /// Orders that filled whole, oldest first: of the last batch, and of batches that still have a
    /// live order.
    pub completed: Vec<CompletedOrder>,
    /// Buys that filled whole, over the whole run.
    pub filled_buys: u32,
    pub filled_sells: u32,
    pub last_trade_price: Option<Decimal>,
    /// As last measured.
    pub band: Option<PriceBand>,
    #[serde(default, skip_serializing_if = "Refusals::is_empty")]
    pub refusals: Refusals,
    bought: Option<Bought>,
}

/// An order that filled whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompletedOrder {
    pub slot: String,
    pub side: Side,
    /// When it was decided: one moment for all orders of a batch.
    pub placed_at: DateTime<Utc>,
    pub completed_at: DateTime<Utc>,
}

/// Bounds that were measured from a reference price, and hold for a while.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceBand {
    pub floor: Decimal,
    pub ceiling: Decimal,
    pub set_at: DateTime<Utc>,
}

/// The inventory bought and not sold again, at cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Bought {
    base: Decimal,
    quote: Decimal,
}

impl History {
    /// What one unit of the inventory bought so far cost; `None` while none is held.
    pub fn inventory_cost(&self) -> Option<Decimal> {
        let bought = self.bought.as_ref()?;
        let held = bought.base.is_positive();
        held.then(|| bought.quote.checked_div(&bought.base))
            .flatten()
    }

    /// An order was intended; `live` are the batches that have a live order.
    pub fn intended(&mut self, at: DateTime<Utc>, live: impl Fn(DateTime<Utc>) -> bool) {
        self.last_placed_at = self.last_placed_at.max(Some(at));
        let last = self.last_placed_at;
        self.completed
            .retain(|order| Some(order.placed_at) == last || live(order.placed_at));
    }

    /// Some of an order traded. A sale takes its part out at the average cost, so that it does not
    /// change what the rest cost.
    pub fn traded(&mut self, side: Side, price: &Price, quantity: &Quantity) {
        self.last_trade_price = Some(price.amount().clone());
        let held = self.bought.take().unwrap_or(Bought {
            base: Decimal::zero(),
            quote: Decimal::zero(),
        });
        self.bought = match side {
            Side::Buy => Some(Bought {
                base: &held.base + quantity.amount(),
                quote: (&held.quote + &price.notional(quantity)).round_to(PLACES),
            }),
            Side::Sell => {
                let left = &held.base - quantity.amount();
                let cost = held.quote.checked_div(&held.base);
                cost.filter(|_| left.is_positive()).map(|cost| Bought {
                    quote: (&cost * &left).round_to(PLACES),
                    base: left,
                })
            }
        };
    }

    /// The whole of an order traded.
    pub fn completed(&mut self, intent: &OrderIntent, at: DateTime<Utc>) {
        match intent.side {
            Side::Buy => self.filled_buys += 1,
            Side::Sell => self.filled_sells += 1,
        }
        self.completed.push(CompletedOrder {
            slot: intent.slot.clone(),
            side: intent.side,
            placed_at: intent.tick_at,
            completed_at: at,
        });
    }
}

/// Keeps the cost's digits from growing with every trade.
const PLACES: u32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    fn trade(history: &mut History, side: Side, price: &str, quantity: &str) {
        let price = Price::try_new(price.parse().unwrap()).unwrap();
        let quantity = Quantity::try_new(quantity.parse().unwrap()).unwrap();
        history.traded(side, &price, &quantity);
    }

    fn cost(history: &History) -> Option<String> {
        history.inventory_cost().map(|cost| cost.to_string())
    }

    #[test]
    fn a_sale_at_any_price_leaves_the_cost_of_the_rest() {
        let mut history = History::default();
        assert_eq!(cost(&history), None);
        trade(&mut history, Side::Buy, "100", "1");
        trade(&mut history, Side::Buy, "103", "2");
        assert_eq!(cost(&history).as_deref(), Some("102"));
        trade(&mut history, Side::Sell, "500", "1.5");
        assert_eq!(cost(&history).as_deref(), Some("102"));
        trade(&mut history, Side::Sell, "90", "2");
        assert_eq!(cost(&history), None);
    }
}
