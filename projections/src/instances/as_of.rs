//! What the log itself says of an instance's past, folded by the code that keeps the table.

use domain::event::aggregate_type;
use domain::ids::StrategyKey;
use event_store::{EventLog, Position, StreamName};

use super::InstanceRow;
use super::projection::row_after;
use super::row::StoredRow;
use super::taken_ids::TakenIds;
use crate::object_text::ObjectText;
use crate::past::{PastError, stream_up_to};

/// The row that the events of the instance, without those of its executions, make up to `position`;
/// `None` before its first start. Its id is dealt out by the order of all instances: it is not said.
pub(crate) async fn of_its_own_stream(
    log: &dyn EventLog,
    key: &StrategyKey,
    position: Position,
) -> Result<Option<InstanceRow>, PastError> {
    let stream = StreamName::new(aggregate_type::INSTANCE, key.as_str());
    let mut ids = TakenIds::default();
    let mut row = None;
    for recorded in stream_up_to(log, &stream, position).await? {
        row = Some(row_after(row, &recorded, &mut ids)?);
    }
    row.map(shown).transpose()
}

/// With its configuration read: what is folded passes it on as text.
fn shown(row: StoredRow) -> Result<InstanceRow, PastError> {
    let read = |text: &ObjectText| serde_json::from_str(text.as_str()).map_err(PastError::Config);
    Ok(InstanceRow {
        parameters: row.parameters.as_ref().map(read).transpose()?,
        config: read(&row.config)?,
        id: row.id,
        strategy_key: row.strategy_key,
        user_id: row.user_id,
        client_id: row.client_id,
        strategy_type: row.strategy_type,
        executor_type: row.executor_type,
        definition_id: row.definition_id,
        definition_key: row.definition_key,
        definition_name: row.definition_name,
        definition_version: row.definition_version,
        market_making_order_id: row.market_making_order_id,
        start_price: row.start_price,
        run: row.run,
        status: row.status,
        observed: row.observed,
        fault_reason: row.fault_reason,
        skip_reason: row.skip_reason,
        note: row.note,
        executed_trades: row.executed_trades,
        created_at: row.created_at,
        started_at: row.started_at,
        updated_at: row.updated_at,
        revision: row.revision,
        last_position: row.last_position,
    })
}
