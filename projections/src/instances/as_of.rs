//! Instances as they were, folded from the log by the code that keeps the table.

use std::collections::BTreeMap;

use domain::event::{Event, aggregate_type};
use domain::execution::ExecutionId;
use domain::ids::StrategyKey;
use domain::instance::InstanceEvent;
use event_store::{EventLog, Position, Recorded, StreamName};

use super::taken_ids::TakenIds;
use super::{InstanceRow, fold, fold_execution};
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
        row = after(row, &recorded, &mut ids)?;
    }
    Ok(row)
}

/// All instances when `position` was the last, with the ids they have in the table.
pub async fn instances_as_of(
    log: &dyn EventLog,
    position: Position,
) -> Result<Vec<InstanceRow>, PastError> {
    let mut rows: BTreeMap<String, InstanceRow> = BTreeMap::new();
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
        if let Some(row) = after(rows.remove(&key), &recorded, &mut ids)? {
            rows.insert(key, row);
        }
        Ok(())
    })
    .await?;
    Ok(rows.into_values().collect())
}

fn after(
    row: Option<InstanceRow>,
    recorded: &Recorded,
    ids: &mut TakenIds,
) -> Result<Option<InstanceRow>, PastError> {
    match recorded.decode()? {
        Event::Instance(event) => Ok(Some(fold::fold(row, &event, recorded, ids)?)),
        Event::Execution(event) => Ok(Some(fold_execution::fold(row, &event, recorded)?)),
        Event::Definition(_)
        | Event::Installation(_)
        | Event::LegacyRecord(_)
        | Event::LegacyUsage(_) => Ok(row),
    }
}

/// The number of the last run that began.
fn current_run(events: &[Recorded]) -> Result<Option<u32>, PastError> {
    for recorded in events.iter().rev() {
        if let Event::Instance(event) = recorded.decode()? {
            match event {
                InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
                    return Ok(Some(run.number));
                }
                InstanceEvent::LegacyInstanceImported(_) => return Ok(Some(1)),
                InstanceEvent::InstanceStopped { .. }
                | InstanceEvent::InstanceFaulted { .. }
                | InstanceEvent::LegacyLinkBackfilled { .. }
                | InstanceEvent::LegacyLinkSkipped { .. } => {}
            }
        }
    }
    Ok(None)
}
