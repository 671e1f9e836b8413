//! An execution's state as a decision sees it.

use chrono::{DateTime, Utc};
use domain::execution::{Execution, LiveOrder};
use strategies::{OwnOrder, OwnState};

/// In the order in which they were intended. The ids of one run differ only in their order
/// number, which has no leading zeros: shorter is older.
pub(crate) fn live_orders_in_order(execution: &Execution) -> Vec<&LiveOrder> {
    let mut orders: Vec<_> = execution.live_orders.iter().collect();
    orders.sort_by_key(|(id, _)| (id.as_str().len(), *id));
    orders.into_iter().map(|(_, order)| order).collect()
}

/// `refill`: this decision only completes the one before it.
pub(crate) fn own_state(execution: &Execution, refill: bool, now: DateTime<Utc>) -> OwnState {
    OwnState {
        live_orders: live_orders_in_order(execution)
            .into_iter()
            .map(own_order)
            .collect(),
        executed_trades: execution.executed_trades,
        refill,
        now,
        history: execution.history.clone(),
        net_base: execution.net_base.clone(),
        net_quote: execution.net_quote.clone(),
    }
}

fn own_order(order: &LiveOrder) -> OwnOrder {
    let intent = &order.intent;
    OwnOrder {
        client_order_id: intent.client_order_id.clone(),
        slot: intent.slot.clone(),
        exchange: intent.exchange.clone(),
        pair: intent.pair.clone(),
        side: intent.side,
        price: intent.price.clone(),
        quantity: intent.quantity.clone(),
        remaining: order.remaining(),
        state: order.state,
        placed_at: intent.tick_at,
    }
}
