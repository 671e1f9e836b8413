//! What each event of an execution does to its instance's row.

use domain::execution::{ExecutionEvent, ExecutionId};
use domain::instance::InstanceStatus;
use event_store::Recorded;

use super::Observed;
use super::row::StoredRow;
use crate::projection::FoldError;

/// Pure: the row before and the event give the row after. Orders and fills leave it as it is.
pub(super) fn fold(
    row: Option<StoredRow>,
    event: &ExecutionEvent,
    recorded: &Recorded,
) -> Result<StoredRow, FoldError> {
    let (_, run) = ExecutionId::parts(&recorded.stream.aggregate_id)
        .ok_or_else(|| FoldError::NoRun(recorded.stream.clone()))?;
    let mut row = row.ok_or_else(|| FoldError::NoBeginning(recorded.stream.clone()))?;
    // The run before may still be cancelling its orders while the next one is under way
    if run == row.run && apply(&mut row, event) {
        row.last_position = recorded.position;
    }
    Ok(row)
}

/// Whether the row is another one now.
fn apply(row: &mut StoredRow, event: &ExecutionEvent) -> bool {
    match event {
        ExecutionEvent::ExecutionOpened {
            executed_trades, ..
        } => {
            let observed = taken_up(row);
            set(&mut row.observed, observed) | set(&mut row.executed_trades, *executed_trades)
        }
        ExecutionEvent::ExecutionResumed { .. } => {
            let observed = taken_up(row);
            set(&mut row.observed, observed)
        }
        ExecutionEvent::OrderIntended(intent) => {
            let trades = intent.executed_trades.unwrap_or(row.executed_trades);
            set(&mut row.executed_trades, trades) | set(&mut row.skip_reason, None)
        }
        ExecutionEvent::TickSkipped { reason, .. } => {
            set(&mut row.skip_reason, Some(reason.clone()))
        }
        ExecutionEvent::ExecutionClosed { .. } => set(&mut row.observed, Observed::Stopped),
        ExecutionEvent::OrderAcknowledged { .. }
        | ExecutionEvent::OrderRejected { .. }
        | ExecutionEvent::CancelIntended { .. }
        | ExecutionEvent::OrderCancelled { .. }
        | ExecutionEvent::OrderFilled(_)
        | ExecutionEvent::PriceBandMeasured(_)
        | ExecutionEvent::PositionMarked { .. } => false,
    }
}

/// Whether an event of this type can change a row at all; the others need not be decoded.
pub(super) fn may_change(event_type: &str) -> bool {
    [
        "ExecutionOpened",
        "ExecutionResumed",
        "OrderIntended",
        "TickSkipped",
        "ExecutionClosed",
    ]
    .contains(&event_type)
}

/// An executor may take a run up after it was asked to stop, only to cancel what it left behind.
fn taken_up(row: &StoredRow) -> Observed {
    match row.status {
        InstanceStatus::Running => Observed::Running,
        InstanceStatus::Stopped | InstanceStatus::Faulted => Observed::Stopping,
    }
}

fn set<T: PartialEq>(field: &mut T, value: T) -> bool {
    let changed = *field != value;
    *field = value;
    changed
}

#[cfg(test)]
mod tests;
