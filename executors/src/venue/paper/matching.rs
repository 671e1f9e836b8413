//! What a resting order gets of what the market traded. Pure.

use domain::execution::Side;
use domain::money::Decimal;
use strategies::{Book, Level};

use crate::market::Traded;

/// An order in the book.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resting {
    pub(super) side: Side,
    pub(super) price: Decimal,
    pub(super) remaining: Decimal,
    /// What trades before it does, once its price is reached.
    pub(super) queue_ahead: Decimal,
}

/// Volume of one span that nobody of ours has taken yet.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    low: Decimal,
    high: Decimal,
    bought: Decimal,
    sold: Decimal,
}

impl From<Traded> for Flow {
    fn from(traded: Traded) -> Self {
        let Traded {
            low,
            high,
            bought,
            sold,
        } = traded;
        Self {
            low,
            high,
            bought,
            sold,
        }
    }
}

impl Flow {
    /// Lets the order trade, and answers how much. A price that was passed has taken the whole
    /// line with it; one that was only reached serves the line first, and not all of the volume.
    pub(super) fn fill(
        &mut self,
        order: &mut Resting,
        touch_share: &Decimal,
        lot: &Decimal,
    ) -> Option<Decimal> {
        let (reached, passed, volume) = match order.side {
            Side::Buy => (
                self.low <= order.price,
                self.low < order.price,
                &mut self.sold,
            ),
            Side::Sell => (
                self.high >= order.price,
                self.high > order.price,
                &mut self.bought,
            ),
        };
        if !reached {
            return None;
        }
        let mut offered = volume.clone();
        if passed {
            order.queue_ahead = Decimal::zero();
        } else {
            offered = &offered * touch_share;
            let served = offered.clone().min(order.queue_ahead.clone());
            order.queue_ahead = &order.queue_ahead - &served;
            offered = &offered - &served;
        }
        let filled = offered.floor_to(lot).min(order.remaining.clone());
        if !filled.is_positive() {
            return None;
        }
        *volume = &*volume - &filled;
        order.remaining = &order.remaining - &filled;
        Some(filled)
    }
}

/// The trades of an order that arrives and takes what is there within its limit: price and
/// quantity of each, best first.
pub(super) fn take(side: Side, limit: &Decimal, quantity: &Decimal, book: &Book) -> Vec<Level> {
    let (levels, within): (_, fn(&Decimal, &Decimal) -> bool) = match side {
        Side::Buy => (&book.asks, |price, limit| price <= limit),
        Side::Sell => (&book.bids, |price, limit| price >= limit),
    };
    let mut remaining = quantity.clone();
    let mut trades = Vec::new();
    for level in levels {
        if !remaining.is_positive() || !within(&level.price, limit) {
            break;
        }
        let quantity = level.quantity.clone().min(remaining.clone());
        remaining = &remaining - &quantity;
        trades.push(Level {
            price: level.price.clone(),
            quantity,
        });
    }
    trades
}

/// What stands in line at the order's price when it arrives. Deeper than the book shows, the last
/// level stands for what isn't seen.
pub(super) fn queue_ahead(side: Side, price: &Decimal, book: &Book) -> Decimal {
    let (levels, deeper): (_, fn(&Decimal, &Decimal) -> bool) = match side {
        Side::Buy => (&book.bids, |price, level| price < level),
        Side::Sell => (&book.asks, |price, level| price > level),
    };
    if let Some(level) = levels.iter().find(|level| level.price == *price) {
        return level.quantity.clone();
    }
    levels
        .last()
        .filter(|last| deeper(price, &last.price))
        .map_or_else(Decimal::zero, |last| last.quantity.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn flow(low: &str, high: &str) -> Flow {
        Flow {
            low: decimal(low),
            high: decimal(high),
            bought: decimal("8"),
            sold: decimal("8"),
        }
    }

    fn resting(side: Side, price: &str, remaining: &str, queue_ahead: &str) -> Resting {
        Resting {
            side,
            price: decimal(price),
            remaining: decimal(remaining),
            queue_ahead: decimal(queue_ahead),
        }
    }

    fn fill(flow: &mut Flow, order: &mut Resting) -> Option<String> {
        let filled = flow.fill(order, &decimal("0.25"), &decimal("0.1"));
        filled.map(|quantity| quantity.to_string())
    }

    #[test]
    fn nothing_trades_before_its_price_is_reached() {
        let mut flow = flow("99", "101");
        assert_eq!(
            fill(&mut flow, &mut resting(Side::Buy, "98", "1", "0")),
            None
        );
        assert_eq!(
            fill(&mut flow, &mut resting(Side::Sell, "102", "1", "0")),
            None
        );
    }

    #[test]
    fn a_price_that_is_only_reached_serves_the_line_first() {
        let mut order = resting(Side::Buy, "99", "5", "1.5");
        // A quarter of 8 comes by; 1.5 of it go to those before
        assert_eq!(fill(&mut flow("99", "101"), &mut order).unwrap(), "0.5");
        assert!(order.queue_ahead.is_zero());
        assert_eq!(fill(&mut flow("99", "101"), &mut order).unwrap(), "2");
        assert_eq!(order.remaining, decimal("2.5"));
    }

    #[test]
    fn a_price_that_was_passed_fills_up_to_what_was_traded() {
        let mut flow = flow("98", "101");
        let mut first = resting(Side::Buy, "99.5", "5", "100");
        let mut second = resting(Side::Buy, "99", "5", "100");
        assert_eq!(fill(&mut flow, &mut first).unwrap(), "5");
        assert_eq!(fill(&mut flow, &mut second).unwrap(), "3", "8 in all");
        assert_eq!(fill(&mut flow, &mut second), None);
    }

    #[test]
    fn what_arrives_takes_level_by_level_within_its_limit() {
        let level = |price, quantity| Level {
            price: decimal(price),
            quantity: decimal(quantity),
        };
        let book = Book {
            bids: vec![level("99", "3"), level("98", "4")],
            asks: vec![level("100", "1"), level("101", "2"), level("103", "9")],
        };
        let trades = take(Side::Buy, &decimal("102"), &decimal("5"), &book);
        assert_eq!(trades, [level("100", "1"), level("101", "2")]);
        let trades = take(Side::Sell, &decimal("99"), &decimal("2"), &book);
        assert_eq!(trades, [level("99", "2")]);
        assert_eq!(queue_ahead(Side::Buy, &decimal("98"), &book), decimal("4"));
        assert_eq!(
            queue_ahead(Side::Buy, &decimal("98.5"), &book),
            decimal("0")
        );
        assert_eq!(
            queue_ahead(Side::Sell, &decimal("104"), &book),
            decimal("9")
        );
    }
}
