//! What each event of an instance does to its row.

use chrono::{DateTime, Utc};
use domain::ids::StrategyKey;
use domain::instance::{InstanceEvent, InstanceStatus, LegacyInstanceRow, Run};
use event_store::Recorded;

use super::Observed;
use super::row::StoredRow;
use super::taken_ids::TakenIds;
use crate::object_text::ObjectText;
use crate::projection::FoldError;

/// Pure: the row before and the event give the row after.
pub(super) fn fold(
    row: Option<StoredRow>,
    event: InstanceEvent<ObjectText>,
    recorded: &Recorded,
    taken_ids: &mut TakenIds,
) -> Result<StoredRow, FoldError> {
    match event {
        InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
            Ok(begin(row, run, recorded, taken_ids))
        }
        InstanceEvent::LegacyInstanceImported(legacy) => {
            let id = taken_ids.claim(legacy.legacy_id);
            Ok(import(legacy, recorded, id))
        }
        InstanceEvent::InstanceReconfigured {
            config,
            reconfigured_at,
            ..
        } => change(row, recorded, Some(reconfigured_at), |row| {
            row.config = config;
            row.parameters = None;
        }),
        InstanceEvent::InstanceStopped {
            reason, stopped_at, ..
        } => change(row, recorded, Some(stopped_at), |row| {
            end(row, InstanceStatus::Stopped);
            row.note = reason;
        }),
        InstanceEvent::InstanceFaulted {
            reason, faulted_at, ..
        } => change(row, recorded, Some(faulted_at), |row| {
            end(row, InstanceStatus::Faulted);
            row.fault_reason = Some(reason);
        }),
        InstanceEvent::LegacyLinkBackfilled {
            definition_id,
            definition_key,
            definition_version,
            executor_type,
            backfilled_at,
        } => change(row, recorded, Some(backfilled_at), |row| {
            row.definition_id = Some(definition_id);
            row.definition_key = Some(definition_key);
            row.definition_name = None;
            row.definition_version = Some(definition_version);
            row.executor_type = Some(executor_type);
            row.note = None;
        }),
        InstanceEvent::LegacyLinkSkipped { reason, .. } => change(row, recorded, None, |row| {
            row.note = Some(reason);
        }),
    }
}

/// A run begins: id, start price and creation time stay those of the first.
fn begin(
    before: Option<StoredRow>,
    run: Run<ObjectText>,
    recorded: &Recorded,
    taken_ids: &mut TakenIds,
) -> StoredRow {
    let (id, created_at) = match &before {
        Some(row) => (row.id, row.created_at),
        None => (taken_ids.next(), run.started_at),
    };
    let row = StoredRow {
        id,
        strategy_key: StrategyKey::new(&recorded.stream.aggregate_id),
        user_id: run.user_id,
        client_id: run.client_id,
        strategy_type: run.strategy_type,
        executor_type: Some(run.executor_type),
        definition_id: None,
        definition_key: None,
        definition_name: None,
        definition_version: None,
        market_making_order_id: run.market_making_order_id,
        start_price: run.start_price,
        parameters: None,
        config: run.config,
        run: run.number,
        status: InstanceStatus::Running,
        observed: Observed::None,
        fault_reason: None,
        skip_reason: None,
        note: None,
        executed_trades: 0,
        created_at,
        started_at: Some(run.started_at),
        updated_at: run.started_at,
        revision: recorded.version,
        last_position: recorded.position,
    };
    match (run.definition, before) {
        (Some(pin), _) => StoredRow {
            definition_id: Some(pin.definition_id),
            definition_key: Some(pin.key),
            definition_name: Some(pin.name),
            definition_version: Some(pin.version),
            ..row
        },
        // A direct legacy start of a linked instance keeps the link, as the original's row did
        (None, Some(before)) => StoredRow {
            definition_id: before.definition_id,
            definition_key: before.definition_key,
            definition_name: before.definition_name,
            definition_version: before.definition_version,
            ..row
        },
        (None, None) => row,
    }
}

fn import(legacy: LegacyInstanceRow, recorded: &Recorded, id: i64) -> StoredRow {
    let (definition_id, definition_version) = legacy.definition.unzip();
    let own_parameters = (legacy.parameters != legacy.config).then_some(&legacy.parameters);
    StoredRow {
        id,
        strategy_key: StrategyKey::new(&recorded.stream.aggregate_id),
        user_id: legacy.user_id,
        client_id: legacy.client_id,
        strategy_type: legacy.strategy_type,
        executor_type: legacy.executor_type,
        definition_id,
        definition_key: None,
        definition_name: None,
        definition_version,
        market_making_order_id: legacy.market_making_order_id,
        start_price: legacy.start_price,
        parameters: own_parameters.map(ObjectText::from),
        config: ObjectText::from(&legacy.config),
        run: 1,
        status: legacy.status,
        observed: Observed::None,
        fault_reason: None,
        skip_reason: None,
        note: legacy.note,
        executed_trades: legacy.executed_trades,
        created_at: legacy.created_at,
        started_at: None,
        updated_at: legacy.updated_at,
        revision: recorded.version,
        last_position: recorded.position,
    }
}

fn end(row: &mut StoredRow, status: InstanceStatus) {
    row.status = status;
    if row.observed == Observed::Running {
        row.observed = Observed::Stopping;
    }
}

/// `at` is the new `updated_at`; what changes nothing for callers leaves it.
fn change(
    row: Option<StoredRow>,
    recorded: &Recorded,
    at: Option<DateTime<Utc>>,
    change: impl FnOnce(&mut StoredRow),
) -> Result<StoredRow, FoldError> {
    let mut row = row.ok_or_else(|| FoldError::NoBeginning(recorded.stream.clone()))?;
    change(&mut row);
    row.updated_at = at.unwrap_or(row.updated_at);
    row.revision = recorded.version;
    row.last_position = recorded.position;
    Ok(row)
}

#[cfg(test)]
mod tests;
