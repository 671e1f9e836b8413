//! What a resting order gets of what the market traded. Pure.

use domain::execution::Side;
use domain::money::Decimal;

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
    bought: Offer,
    sold: Offer,
}

/// What one side of the book can still get.
#[derive(Debug, Clone)]
struct Offer {
    volume: Decimal,
    /// At the one price that was reached and not passed, once somebody stands there.
    line: Option<Line>,
}

/// Everybody at one price is served from the same volume, in the order in which they came.
#[derive(Debug, Clone)]
struct Line {
    left: Decimal,
    /// How much of it went to orders that aren't ours.
    served: Decimal,
}

impl From<Traded> for Flow {
    fn from(traded: Traded) -> Self {
        let offer = |volume| Offer { volume, line: None };
        Self {
            low: traded.low,
            high: traded.high,
            bought: offer(traded.bought),
            sold: offer(traded.sold),
        }
    }
}

impl Flow {
    /// Lets the order trade, and answers how much; orders are to be asked best price first, then
    /// first come first served. A price that was passed has taken the whole line with it; one
    /// that was only reached serves the line first, and not all of the volume.
    pub(super) fn fill(
        &mut self,
        order: &mut Resting,
        touch_share: &Decimal,
        lot: &Decimal,
    ) -> Option<Decimal> {
        let (reached, passed, offer) = match order.side {
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
        let offered = if passed {
            order.queue_ahead = Decimal::zero();
            offer.volume.clone()
        } else {
            offer.serve_before(order, touch_share)
        };
        let filled = offered.floor_to(lot).min(order.remaining.clone());
        if !filled.is_positive() {
            return None;
        }
        offer.volume = &offer.volume - &filled;
        if let Some(line) = &mut offer.line {
            line.left = &line.left - &filled;
        }
        order.remaining = &order.remaining - &filled;
        Some(filled)
    }
}

impl Offer {
    /// What comes to an order after those who were before it. Others that stand before two of
    /// ours are served once.
    fn serve_before(&mut self, order: &mut Resting, touch_share: &Decimal) -> Decimal {
        let line = self.line.get_or_insert_with(|| Line {
            left: &self.volume * touch_share,
            served: Decimal::zero(),
        });
        let waiting = &order.queue_ahead - &line.served.clone().min(order.queue_ahead.clone());
        let now = line.left.clone().min(waiting.clone());
        order.queue_ahead = &waiting - &now;
        line.left = &line.left - &now;
        line.served = &line.served + &now;
        line.left.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn flow(low: &str, high: &str) -> Flow {
        Flow::from(Traded {
            low: decimal(low),
            high: decimal(high),
            bought: decimal("8"),
            sold: decimal("8"),
        })
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
    fn two_at_one_price_share_what_comes_by_in_the_order_they_came() {
        // A quarter of 8 comes by
        let mut flow = flow("99", "101");
        let mut first = resting(Side::Buy, "99", "1.5", "0");
        let mut second = resting(Side::Buy, "99", "5", "0");
        assert_eq!(fill(&mut flow, &mut first).unwrap(), "1.5");
        assert_eq!(fill(&mut flow, &mut second).unwrap(), "0.5", "2 in all");
        let mut third = resting(Side::Buy, "99", "5", "0");
        assert_eq!(fill(&mut flow, &mut third), None);
    }

    #[test]
    fn others_before_two_of_ours_are_served_once_and_those_between_them_in_turn() {
        let mut flow = flow("98", "101");
        let mut first = resting(Side::Sell, "101", "0.3", "1");
        let mut second = resting(Side::Sell, "101", "5", "1.2");
        assert_eq!(fill(&mut flow, &mut first).unwrap(), "0.3");
        // 2 came by: 1 to those before both, 0.3 to the first, 0.2 to those between
        assert_eq!(fill(&mut flow, &mut second).unwrap(), "0.5");
        assert!(second.queue_ahead.is_zero());
    }
}
