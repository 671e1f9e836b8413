//! Closes what a run has bought or sold short, at what the market gives: at its end, or because a
//! guard tripped.

use chrono::{DateTime, Utc};
use domain::execution::{DecisionBasis, Position, Side};
use domain::guard::{GuardAction, Restraints};
use domain::money::{Decimal, Price, Quantity};
use strategies::{Level, MarketRef, MarketSnapshot, OrderProposal, TradingRules};

use super::active_run::ActiveRun;
use super::market_view::MarketView;
use super::shared::Shared;
use super::turn::TurnError;

const SLOT: &str = "flatten";

/// Fees taken in base currency leave a rest each time, and a market may be gone for good: after so
/// many orders the rest stays, and the history says so.
const MOST_ORDERS: usize = 10;

/// How far a run is with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flattening {
    /// Orders are out, or will be when the market allows.
    Underway,
    Done,
}

/// What is to be closed.
#[derive(Debug, Clone, Copy)]
pub(super) enum ToClose<'a> {
    Everything {
        halted: bool,
    },
    /// Where a tripped guard wants it.
    Guarded(&'a Restraints),
}

impl ToClose<'_> {
    fn is_halted(self) -> bool {
        matches!(self, Self::Everything { halted: true })
    }

    /// Since when the position is to be closed, if it is.
    fn since(self, held: &Position) -> Option<DateTime<Utc>> {
        match self {
            Self::Everything { .. } => Some(DateTime::UNIX_EPOCH),
            Self::Guarded(restraints) => {
                let restraint = restraints.on(&held.exchange)?;
                (restraint.action == GuardAction::Flatten).then_some(restraint.since)
            }
        }
    }
}

impl ActiveRun {
    /// Called again soon, once the orders placed here are known to be gone. Answers also what stays
    /// open, and why.
    pub(super) async fn flatten(
        &mut self,
        shared: &Shared,
        market: &MarketView,
        what: ToClose<'_>,
        now: DateTime<Utc>,
    ) -> Result<(Flattening, Vec<String>), TurnError> {
        let open = self.open_positions(what);
        let Some(since) = open.iter().filter_map(|held| what.since(held)).min() else {
            return Ok((Flattening::Done, vec![]));
        };
        let all_stay = |why| open.iter().map(|held| left_open(held, why)).collect();
        if what.is_halted() {
            return Ok((Flattening::Underway, all_stay("trading is halted")));
        }
        if self.flattening_orders(since) >= MOST_ORDERS {
            return Ok((Flattening::Done, all_stay("it stays")));
        }
        let places = open.iter().map(place).collect();
        let market = market.snapshot(places).await;
        let (mut proposals, mut skipped, mut waits) = (vec![], vec![], false);
        for held in &open {
            match closing_order(held, &market) {
                Closing::Order(order) => proposals.push(*order),
                Closing::TooSmall => skipped.push(left_open(held, "no venue takes so little")),
                Closing::NoBook => {
                    waits = true;
                    skipped.push(left_open(held, "its book cannot take it now"));
                }
            }
        }
        let wanted = !proposals.is_empty();
        // Each market on its own: that one is refused must not keep the others open
        for proposal in proposals {
            // No decision of a strategy, which could be taken again
            let seen = (&market, None, &Restraints::default());
            skipped.extend(self.place(shared, vec![proposal], seen, now).await?);
        }
        let flattening = if wanted || waits {
            Flattening::Underway
        } else {
            Flattening::Done
        };
        Ok((flattening, skipped))
    }

    fn open_positions(&self, what: ToClose<'_>) -> Vec<Position> {
        let positions = self.execution().ledger.positions.iter();
        let open = positions.filter(|held| !held.base.is_zero() && what.since(held).is_some());
        open.cloned().collect()
    }

    fn flattening_orders(&self, since: DateTime<Utc>) -> usize {
        let ended = self.execution().ended_orders.since(since);
        ended
            .filter(|order| order.intent.slot.starts_with(SLOT))
            .count()
    }
}

enum Closing {
    Order(Box<OrderProposal>),
    TooSmall,
    NoBook,
}

fn closing_order(held: &Position, market: &MarketSnapshot) -> Closing {
    let place = place(held);
    let side = if held.base.is_positive() {
        Side::Sell
    } else {
        Side::Buy
    };
    let book = market.books.get(&place);
    let levels = book.map(|book| match side {
        Side::Buy => &book.asks,
        Side::Sell => &book.bids,
    });
    let amount = held.base.abs();
    let Some(price) = levels.and_then(|levels| last_price(levels, &amount)) else {
        return Closing::NoBook;
    };
    let rules = market.rules.get(&place).map(AsRef::as_ref);
    let Some((price, quantity)) = sized(price, &amount, rules) else {
        return Closing::TooSmall;
    };
    Closing::Order(Box::new(OrderProposal {
        slot: format!("{SLOT}-{}-{}", held.exchange, side.as_str()),
        exchange: held.exchange.clone(),
        pair: held.pair.clone(),
        side,
        basis: DecisionBasis {
            reference_price: price.amount().clone(),
            inputs: [("position".to_owned(), held.base.clone())].into(),
        },
        price,
        quantity,
        post_only: false,
        counts_trade: false,
    }))
}

/// Of the last level that an order for `amount` takes from; of the last there is when all of them
/// hold less.
fn last_price<'a>(levels: &'a [Level], amount: &Decimal) -> Option<&'a Decimal> {
    let mut remaining = amount.clone();
    let mut last = None;
    for level in levels.iter().filter(|level| level.price.is_positive()) {
        if !remaining.is_positive() {
            break;
        }
        remaining = &remaining - &level.quantity;
        last = Some(&level.price);
    }
    last
}

fn sized(
    price: &Decimal,
    amount: &Decimal,
    rules: Option<&TradingRules>,
) -> Option<(Price, Quantity)> {
    let lot = rules.and_then(|rules| rules.lot_at(amount));
    let amount = lot.map_or_else(|| amount.clone(), |lot| amount.floor_to(&lot));
    let (price, quantity) = (
        Price::try_new(price.clone()).ok()?,
        Quantity::try_new(amount).ok()?,
    );
    let accepted = rules.is_none_or(|rules| rules.check_minimums(&price, &quantity).is_ok());
    accepted.then_some((price, quantity))
}

fn place(held: &Position) -> MarketRef {
    MarketRef::new(&held.exchange, &held.pair)
}

fn left_open(held: &Position, why: &str) -> String {
    format!(
        "{} of {} on {} is still held: {why}",
        held.base, held.pair, held.exchange
    )
}
