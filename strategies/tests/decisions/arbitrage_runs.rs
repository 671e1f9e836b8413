//! Arbitrage beside venues that refuse, fill in part and let orders rest, as chance has it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::Side;
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use proptest::prelude::*;
use serde_json::json;
use strategies::{Action, OwnOrder, OwnState, Strategist};

use crate::setup::{Market, PAIR, acknowledged, decimal, parsed, with};

/// What becomes of an order in a round.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Rejected,
    Rests,
    Half,
    Whole,
}

#[derive(Debug)]
struct Run {
    strategist: Box<dyn Strategist>,
    own: OwnState,
    number: usize,
}

impl Run {
    fn new() -> Self {
        let config = json!({
            "pair": PAIR, "amountToTrade": 1, "minProfitability": 0.01, "exchangeAName": "a",
            "exchangeBName": "b", "legTimeoutSeconds": 10,
        });
        Self {
            strategist: parsed("arbitrage", &with(config, json!({}))),
            own: OwnState {
                net_base: Some(Decimal::zero()),
                now: DateTime::<Utc>::UNIX_EPOCH,
                ..OwnState::default()
            },
            number: 0,
        }
    }

    /// A decision and what the venues make of it; `late` trades happen before a cancellation.
    fn round(&mut self, market: &Market, fates: &mut impl Iterator<Item = Fate>) {
        let decision = self.strategist.decide(&market.0, &self.own);
        for action in decision.actions {
            match action {
                Action::Place(order) => {
                    self.number += 1;
                    let order = OwnOrder {
                        client_order_id: ClientOrderId::new(self.number.to_string()),
                        placed_at: self.own.now,
                        ..acknowledged(&order)
                    };
                    self.meet(order, fates.next().unwrap());
                }
                Action::Cancel {
                    client_order_id, ..
                } => {
                    let live = &mut self.own.live_orders;
                    let at = live
                        .iter()
                        .position(|o| o.client_order_id == client_order_id);
                    let order = live.remove(at.unwrap());
                    if fates.next() == Some(Fate::Whole) {
                        self.trade(&order, &order.remaining);
                    }
                }
                Action::Stop { reason } => panic!("{reason}"),
            }
        }
        self.own.refill = decision.unfinished;
        self.own.now += TimeDelta::seconds(1);
    }

    fn meet(&mut self, mut order: OwnOrder, fate: Fate) {
        let half = &order.remaining * &decimal("0.5");
        match fate {
            Fate::Rejected => {}
            Fate::Rests => self.own.live_orders.push(order),
            Fate::Half => {
                self.trade(&order, &half);
                order.remaining = half;
                self.own.live_orders.push(order);
            }
            Fate::Whole => self.trade(&order, &order.remaining),
        }
    }

    fn trade(&mut self, order: &OwnOrder, quantity: &Decimal) {
        let net = self.own.net_base.take().unwrap();
        self.own.net_base = Some(match order.side {
            Side::Buy => &net + quantity,
            Side::Sell => &net - quantity,
        });
    }
}

fn fate() -> impl Strategy<Value = Fate> {
    prop::sample::select(vec![Fate::Rejected, Fate::Rests, Fate::Half, Fate::Whole])
}

proptest! {
    /// However the venues behaved: once they trade what they are sent, nothing is left open that
    /// could have been traded, and it takes no longer than the legs may rest.
    #[test]
    fn no_position_stays_that_no_other_leg_covers(
        fates in prop::collection::vec(fate(), 1..60),
        rounds in 1_usize..60,
    ) {
        let apart = Market::default().book("a", "99/100").book("b", "102/103");
        let mut run = Run::new();
        let mut chance = fates.into_iter().cycle();
        for _ in 0..rounds {
            run.round(&apart, &mut chance);
        }
        let together = Market::default().book("a", "99/100").book("b", "99/100");
        let mut good = std::iter::repeat(Fate::Whole);
        for _ in 0..20 {
            run.round(&together, &mut good);
        }
        prop_assert!(run.own.live_orders.is_empty());
        let left = run.own.net_base.unwrap();
        prop_assert!(left.abs() < decimal("0.01"), "{left} is left");
    }
}
