//! Row before + event → row after.

use std::collections::BTreeMap;

use domain::execution::{DecisionBasis, OrderIntent, Side};
use domain::ids::{ClientId, ClientOrderId, ExecutorType, StrategyKey, UserId};
use domain::money::{Decimal, Price, Quantity};
use serde_json::Map;

use super::*;
use crate::object_text::ObjectText;
use crate::recorded_events::{at, recorded};

/// An instance in its second run.
fn row() -> StoredRow {
    StoredRow {
        id: 1,
        strategy_key: StrategyKey::new("a#b"),
        user_id: UserId::new("a#b"),
        client_id: ClientId::new("client"),
        strategy_type: "volume".to_owned(),
        executor_type: Some(ExecutorType::new("volume")),
        definition_id: None,
        definition_key: None,
        definition_name: None,
        definition_version: None,
        market_making_order_id: None,
        start_price: Decimal::zero(),
        parameters: None,
        config: ObjectText::from(&Map::new()),
        run: 2,
        status: InstanceStatus::Running,
        observed: Observed::None,
        fault_reason: None,
        skip_reason: None,
        note: None,
        executed_trades: 0,
        created_at: at(1),
        started_at: Some(at(2)),
        updated_at: at(2),
        revision: 5,
        last_position: event_store::Position(0),
    }
}

fn after(row: StoredRow, run: u32, event: &ExecutionEvent) -> StoredRow {
    let stream = format!("a#b#{run}");
    fold(Some(row), event, &recorded("execution", &stream, 7)).unwrap()
}

fn opened(executed_trades: u32) -> ExecutionEvent {
    ExecutionEvent::ExecutionOpened {
        strategy_key: StrategyKey::new("a#b"),
        run: 2,
        executor_type: ExecutorType::new("volume"),
        executed_trades,
        trading: std::collections::BTreeMap::new(),
        opened_at: at(3),
    }
}

fn intended(executed_trades: Option<u32>) -> ExecutionEvent {
    ExecutionEvent::OrderIntended(OrderIntent {
        client_order_id: ClientOrderId::new("order"),
        slot: "volume".to_owned(),
        exchange: "binance".to_owned(),
        pair: "BTC/USDT".to_owned(),
        side: Side::Buy,
        price: Price::try_new(Decimal::one()).unwrap(),
        quantity: Quantity::try_new(Decimal::one()).unwrap(),
        post_only: true,
        executed_trades,
        basis: DecisionBasis {
            reference_price: Decimal::one(),
            inputs: BTreeMap::new(),
        },
        tick_at: at(4),
        seen: None,
    })
}

fn skipped() -> ExecutionEvent {
    ExecutionEvent::TickSkipped {
        reason: "no price".to_owned(),
        tick_at: at(4),
    }
}

#[test]
fn an_opened_execution_runs_with_its_counter() {
    let row = after(row(), 2, &opened(3));
    assert_eq!((row.observed, row.executed_trades), (Observed::Running, 3));
    assert_eq!((row.revision, row.last_position.0), (5, 70));
    // Only what callers ask for is an update
    assert_eq!(row.updated_at, at(2));
}

#[test]
fn an_execution_opened_after_the_stop_only_cleans_up() {
    let stopped = StoredRow {
        status: InstanceStatus::Stopped,
        ..row()
    };
    assert_eq!(after(stopped, 2, &opened(0)).observed, Observed::Stopping);
}

#[test]
fn orders_count_and_end_a_skip() {
    let row = after(row(), 2, &skipped());
    assert_eq!(row.skip_reason.as_deref(), Some("no price"));
    let row = after(row, 2, &intended(Some(4)));
    assert_eq!((row.executed_trades, row.skip_reason.as_ref()), (4, None));
    // Executors that do not count leave the counter
    assert_eq!(after(row, 2, &intended(None)).executed_trades, 4);
}

#[test]
fn a_closed_execution_is_stopped() {
    let closed = ExecutionEvent::ExecutionClosed {
        reason: "stopped".to_owned(),
        closed_at: at(5),
    };
    assert_eq!(after(row(), 2, &closed).observed, Observed::Stopped);
}

#[test]
fn what_an_earlier_run_does_changes_nothing() {
    for event in [opened(9), skipped(), intended(Some(9))] {
        assert_eq!(after(row(), 1, &event), row());
    }
}

#[test]
fn what_the_row_does_not_show_leaves_it_untouched() {
    let cancelled = ExecutionEvent::OrderCancelled {
        client_order_id: ClientOrderId::new("order"),
        cancelled_at: at(5),
    };
    assert_eq!(after(row(), 2, &cancelled), row());
    assert_eq!(after(row(), 2, &intended(None)), row());
}

#[test]
fn an_execution_of_nothing_is_refused() {
    let refused = fold(None, &opened(0), &recorded("execution", "a#1", 1));
    assert!(matches!(refused, Err(FoldError::NoBeginning(_))));
    let refused = fold(Some(row()), &opened(0), &recorded("execution", "a#b", 1));
    assert!(matches!(refused, Err(FoldError::NoRun(_))));
}
