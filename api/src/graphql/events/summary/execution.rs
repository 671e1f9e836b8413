//! What happened in a run.

use domain::execution::{ExecutionEvent, OrderIntent, Side};
use domain::phrase::{Param, Phrase};

pub(super) fn said(event: &ExecutionEvent) -> Phrase {
    match event {
        ExecutionEvent::ExecutionOpened { run, .. } => Phrase::ExecutionOpened {
            run: Param::text(run),
        },
        ExecutionEvent::ExecutionResumed { open_orders, .. } => Phrase::ExecutionResumed {
            orders: Param::text(open_orders),
        },
        ExecutionEvent::OrderIntended(order) => intended(order),
        ExecutionEvent::OrderAcknowledged { .. } => Phrase::OrderAcknowledged {},
        ExecutionEvent::OrderRejected { reason, .. } => Phrase::OrderRejected {
            reason: Param::text(reason),
        },
        ExecutionEvent::CancelIntended { reason, .. } => Phrase::CancelIntended {
            reason: Param::text(reason),
        },
        ExecutionEvent::OrderCancelled { .. } => Phrase::OrderCancelled {},
        ExecutionEvent::OrderFilled(fill) => Phrase::OrderFilled {
            quantity: Param::text(&fill.quantity),
            price: Param::text(&fill.price),
        },
        ExecutionEvent::TickSkipped { reason, .. } => Phrase::TickSkipped {
            reason: Param::text(reason),
        },
        ExecutionEvent::PriceBandMeasured(band) => Phrase::PriceBandMeasured {
            floor: Param::text(&band.floor),
            ceiling: Param::text(&band.ceiling),
        },
        ExecutionEvent::PositionMarked { pair, price, .. } => Phrase::PositionMarked {
            pair: Param::text(pair),
            price: Param::text(price),
        },
        ExecutionEvent::ExecutionClosed { reason, .. } => Phrase::ExecutionClosed {
            reason: Param::text(reason),
        },
    }
}

fn intended(order: &OrderIntent) -> Phrase {
    let (quantity, pair) = (Param::text(&order.quantity), Param::text(&order.pair));
    let (price, slot) = (Param::text(&order.price), Param::text(&order.slot));
    match order.side {
        Side::Buy => Phrase::BuyIntended {
            quantity,
            pair,
            price,
            slot,
        },
        Side::Sell => Phrase::SellIntended {
            quantity,
            pair,
            price,
            slot,
        },
    }
}
