//! Instances as they were, folded from the log by the code that keeps the table.

use std::collections::BTreeMap;

use domain::event::aggregate_type;
use domain::execution::ExecutionId;
use domain::ids::StrategyKey;
use domain::instance::InstanceEvent;
use event_store::{EventLog, Position, Recorded, StreamName};

use super::row::StoredRow;
use super::taken_ids::TakenIds;
use super::{InstanceRow, fold, fold_execution};
use crate::object_text::ObjectText;
use crate::past::{PastError, stream_up_to, up_to};

/// The instance when `position` was the last; `None` before its first start.
///
/// Its id is dealt out by the order of all instances: the caller, who has the table, puts in the one
/// it has there.
pub async fn instance_as_of(
    log: &dyn EventLog,
    key: &StrategyKey,
    position: Position,
) -> Result<Option<InstanceRow>, PastError> {
    let stream = StreamName::new(aggregate_type::INSTANCE, key.as_str());
    let mut events = stream_up_to(log, &stream, position).await?;
    if let Some(run) = current_run(&events)? {
        let execution = ExecutionId::of(key, run);
        let stream = StreamName::new(aggregate_type::EXECUTION, execution.as_str());
        events.extend(stream_up_to(log, &stream, position).await?);
        events.sort_by_key(|recorded| recorded.position);
    }
    let mut ids = TakenIds::default();
    let mut row = None;
    for recorded in events {
        row = Some(after(row, &recorded, &mut ids)?);
    }
    row.map(shown).transpose()
}

/// All instances when `position` was the last, with the ids they have in the table.
pub async fn instances_as_of(
    log: &dyn EventLog,
    position: Position,
) -> Result<Vec<InstanceRow>, PastError> {
    let mut rows: BTreeMap<String, StoredRow> = BTreeMap::new();
    let mut ids = TakenIds::default();
    let reads = [aggregate_type::INSTANCE, aggregate_type::EXECUTION];
    up_to(log, position, &reads, |recorded| {
        let stream = recorded.stream.aggregate_id.as_str();
        let key = if recorded.stream.aggregate_type == aggregate_type::EXECUTION {
            ExecutionId::parts(stream).map_or(stream, |(key, _)| key)
        } else {
            stream
        };
        let key = key.to_owned();
        let row = after(rows.remove(&key), &recorded, &mut ids)?;
        rows.insert(key, row);
        Ok(())
    })
    .await?;
    rows.into_values().map(shown).collect()
}

fn after(
    row: Option<StoredRow>,
    recorded: &Recorded,
    ids: &mut TakenIds,
) -> Result<StoredRow, PastError> {
    let row = if recorded.stream.aggregate_type == aggregate_type::EXECUTION {
        fold_execution::fold(row, &recorded.decode_as()?, recorded)?
    } else {
        fold::fold(row, recorded.decode_as()?, recorded, ids)?
    };
    Ok(row)
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

/// The number of the last run that began.
fn current_run(events: &[Recorded]) -> Result<Option<u32>, PastError> {
    for recorded in events.iter().rev() {
        match recorded.decode_as::<InstanceEvent<ObjectText>>()? {
            InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
                return Ok(Some(run.number));
            }
            InstanceEvent::LegacyInstanceImported(_) => return Ok(Some(1)),
            InstanceEvent::InstanceReconfigured { .. }
            | InstanceEvent::InstanceStopped { .. }
            | InstanceEvent::InstanceFaulted { .. }
            | InstanceEvent::LegacyLinkBackfilled { .. }
            | InstanceEvent::LegacyLinkSkipped { .. } => {}
        }
    }
    Ok(None)
}
