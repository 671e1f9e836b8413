//! Watches that no leg stays alone. A leg that does not trade in time is taken off; so is one whose
//! other leg will not trade; and what has traded on one side only is closed where that is cheapest,
//! which finishes the missing leg or undoes the other.

use std::collections::VecDeque;

use domain::execution::{OrderState, Side};
use domain::money::Decimal;

use super::config::ArbitrageConfig;
use super::hedge::{HEDGE, Hedge, hedge, left_open};
use crate::{Action, Decision, MarketSnapshot, OrderProposal, OwnOrder, OwnState};

const OVERDUE: &str = "it did not trade in time";
const ALONE: &str = "its other leg does not trade";

#[derive(Debug)]
pub(super) enum Watched {
    /// What has to be done before anything else.
    First(Decision),
    /// Every leg has its other leg, but for so little that no venue takes it: then how much.
    Covered(Option<String>),
}

pub(super) fn watch(config: &ArbitrageConfig, market: &MarketSnapshot, own: &OwnState) -> Watched {
    if own.live_orders.iter().any(is_in_doubt) {
        return Watched::First(wait(config, own));
    }
    let live = own.live_orders.iter();
    let overdue: Vec<&OwnOrder> = live
        .filter(|order| is_overdue(order, config, own))
        .collect();
    if !overdue.is_empty() {
        return Watched::First(cancel(&overdue, OVERDUE));
    }
    let surplus = surplus(own);
    if config.is_small(&surplus) {
        return Watched::Covered(None);
    }
    let (side, surplus) = (side_of(&surplus), surplus.abs());
    let alone = alone(own, side, &surplus);
    if !alone.is_empty() {
        return Watched::First(cancel(&alone, ALONE));
    }
    match hedge(config, (market, own), side.opposite(), &surplus) {
        Hedge::Orders(orders) => Watched::First(close(orders)),
        Hedge::Refused(orders) => Watched::First(close_in_time(orders, own)),
        Hedge::TooSmall(reason) => Watched::Covered(Some(reason)),
        Hedge::Impossible(reason) => Watched::First(Decision::skip(reason)),
    }
}

fn close(mut orders: VecDeque<OrderProposal>) -> Decision {
    let first = orders.pop_front();
    Decision {
        actions: first.into_iter().map(Action::Place).collect(),
        otherwise: orders.into(),
        unfinished: true,
        ..Decision::default()
    }
}

/// No venue is asked every second for what it refuses again and again.
fn close_in_time(orders: VecDeque<OrderProposal>, own: &OwnState) -> Decision {
    if own.refill {
        return Decision {
            unfinished: true,
            idle: Some("every venue refuses to close what is open: the next check tries again"),
            ..Decision::default()
        };
    }
    close(orders)
}

/// What has traded on one side only, once something has to be done about it.
pub(super) fn open(config: &ArbitrageConfig, own: &OwnState) -> Option<String> {
    let traded = traded(own);
    if config.is_small(&traded) {
        return None;
    }
    let covered = config.is_small(&surplus(own));
    let mut live = own.live_orders.iter();
    let being_closed =
        live.any(|order| order.slot.contains(HEDGE) || is_overdue(order, config, own));
    (!covered || being_closed).then(|| left_open(side_of(&traded).opposite(), &traded.abs()))
}

/// What more has been bought than sold (negative: sold than bought), as far as is known.
fn traded(own: &OwnState) -> Decimal {
    own.net_base.clone().unwrap_or_else(Decimal::zero)
}

/// The same once every live order has traded.
fn surplus(own: &OwnState) -> Decimal {
    own.live_orders
        .iter()
        .fold(traded(own), |sum, order| match order.side {
            Side::Buy => &sum + &order.remaining,
            Side::Sell => &sum - &order.remaining,
        })
}

/// The side that has traded more.
fn side_of(surplus: &Decimal) -> Side {
    if surplus.is_positive() {
        Side::Buy
    } else {
        Side::Sell
    }
}

/// Orders that can go without leaving the other side short, newest first.
fn alone<'a>(own: &'a OwnState, side: Side, surplus: &Decimal) -> Vec<&'a OwnOrder> {
    let mut left = surplus.clone();
    let mut alone = Vec::new();
    for order in own.live_orders.iter().rev() {
        if order.side == side && order.remaining <= left {
            left = &left - &order.remaining;
            alone.push(order);
        }
    }
    alone
}

/// What the venue will say of it decides what is left to do.
fn is_in_doubt(order: &OwnOrder) -> bool {
    order.state != OrderState::Open
}

fn is_overdue(order: &OwnOrder, config: &ArbitrageConfig, own: &OwnState) -> bool {
    own.now - order.placed_at >= config.patience(&order.slot)
}

fn wait(config: &ArbitrageConfig, own: &OwnState) -> Decision {
    Decision {
        skipped: unanswered(config, own).into_iter().collect(),
        unfinished: true,
        idle: Some("a venue has not answered yet"),
        ..Decision::default()
    }
}

/// An answer that is slow is waited for in silence; not while a leg that has traded has long been
/// without the other.
fn unanswered(config: &ArbitrageConfig, own: &OwnState) -> Option<String> {
    let traded = traded(own);
    if config.is_small(&traded) {
        return None;
    }
    let mut doubts = own.live_orders.iter().filter(|order| is_in_doubt(order));
    let order = doubts.find(|order| is_overdue(order, config, own))?;
    let open = left_open(side_of(&traded).opposite(), &traded.abs());
    let exchange = &order.exchange;
    Some(format!(
        "{open}, and {exchange} has not said what became of an order"
    ))
}

fn cancel(orders: &[&OwnOrder], reason: &str) -> Decision {
    let cancel = |order: &&OwnOrder| Action::Cancel {
        client_order_id: order.client_order_id.clone(),
        reason: reason.to_owned(),
    };
    Decision {
        actions: orders.iter().map(cancel).collect(),
        unfinished: true,
        ..Decision::default()
    }
}
