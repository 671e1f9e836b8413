//! Reports of run 1 of `u-c-arbitrage`, for the tests of the decisions.

use cqrs_es::test::{AggregateResultValidator, TestFramework};

use super::{Execution, ExecutionCommand, ExecutionEvent, Fill, Side};
use crate::examples::{at, intent, plan};
use crate::ids::ClientOrderId;
use crate::money::{Price, Quantity};

pub(super) fn opened() -> ExecutionEvent {
    let plan = plan();
    ExecutionEvent::ExecutionOpened {
        strategy_key: plan.strategy_key,
        run: 1,
        executor_type: plan.executor_type,
        executed_trades: 0,
        trading: std::collections::BTreeMap::new(),
        opened_at: at(0),
    }
}

pub(super) fn closed() -> ExecutionEvent {
    ExecutionEvent::ExecutionClosed {
        reason: "stopped".to_owned(),
        closed_at: at(9),
    }
}

pub(super) fn id(order: &str) -> ClientOrderId {
    ClientOrderId::new(order)
}

/// Two of base currency are bought at 100.
pub(super) fn intended(order: &str) -> ExecutionEvent {
    ExecutionEvent::OrderIntended(intent(order, Side::Buy, 2))
}

pub(super) fn acknowledged(order: &str) -> ExecutionEvent {
    ExecutionEvent::OrderAcknowledged {
        client_order_id: id(order),
        venue_order_id: format!("venue-{order}"),
        acknowledged_at: at(2),
    }
}

pub(super) fn cancel_intended(order: &str) -> ExecutionEvent {
    ExecutionEvent::CancelIntended {
        client_order_id: id(order),
        reason: "refresh".to_owned(),
        tick_at: at(3),
    }
}

pub(super) fn cancelled(order: &str) -> ExecutionEvent {
    ExecutionEvent::OrderCancelled {
        client_order_id: id(order),
        cancelled_at: at(4),
    }
}

pub(super) fn fill(order: &str, fill_id: &str, quantity: i64) -> Fill {
    Fill {
        client_order_id: id(order),
        fill_id: fill_id.to_owned(),
        price: Price::try_new(100.into()).unwrap(),
        quantity: Quantity::try_new(quantity.into()).unwrap(),
        fee: "0.5".parse().unwrap(),
        fee_currency: "USDT".to_owned(),
        filled_at: at(5),
    }
}

/// What an execution with this history makes of the command.
pub(super) fn when(
    history: Vec<ExecutionEvent>,
    command: ExecutionCommand,
) -> AggregateResultValidator<Execution> {
    TestFramework::with(()).given(history).when(command)
}
