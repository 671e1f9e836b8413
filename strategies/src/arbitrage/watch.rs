//! Watches that no leg stays alone. A leg that does not trade in time is taken off; so is one whose
//! other leg will not trade; and what has traded on one side only is closed where that is cheapest,
//! which finishes the missing leg or undoes the other.

use domain::execution::{OrderState, Side};
use domain::money::Decimal;

use super::config::ArbitrageConfig;
use super::hedge::{Hedge, hedge};
use crate::{Action, Decision, MarketSnapshot, OwnOrder, OwnState};

const OVERDUE: &str = "it did not trade in time";
const ALONE: &str = "its other leg does not trade";

/// What has to be done before anything else; `None` when every leg has its other leg.
pub(super) fn watch(
    config: &ArbitrageConfig,
    market: &MarketSnapshot,
    own: &OwnState,
) -> Option<Decision> {
    if own.live_orders.iter().any(is_in_doubt) {
        return Some(wait());
    }
    let overdue = own.live_orders.iter().filter(|order| {
        let age = own.now - order.placed_at;
        age >= config.patience(&order.slot)
    });
    let overdue: Vec<&OwnOrder> = overdue.collect();
    if !overdue.is_empty() {
        return Some(cancel(&overdue, OVERDUE));
    }
    let surplus = surplus(own);
    if config.is_small(&surplus) {
        return None;
    }
    let side = if surplus.is_positive() {
        Side::Buy
    } else {
        Side::Sell
    };
    let surplus = surplus.abs();
    let alone = alone(own, side, &surplus);
    if !alone.is_empty() {
        return Some(cancel(&alone, ALONE));
    }
    match hedge(config, market, side.opposite(), &surplus) {
        Hedge::Order(order) => Some(Decision {
            actions: vec![Action::Place(order)],
            unfinished: true,
            ..Decision::default()
        }),
        Hedge::TooSmall => None,
        Hedge::Impossible(reason) => Some(Decision::skip(reason)),
    }
}

/// What more will have been bought than sold (negative: sold than bought) when every live order
/// has traded.
fn surplus(own: &OwnState) -> Decimal {
    let bought = own.net_base.clone().unwrap_or_else(Decimal::zero);
    own.live_orders
        .iter()
        .fold(bought, |sum, order| match order.side {
            Side::Buy => &sum + &order.remaining,
            Side::Sell => &sum - &order.remaining,
        })
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

fn wait() -> Decision {
    Decision {
        unfinished: true,
        idle: Some("a venue has not answered yet"),
        ..Decision::default()
    }
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
