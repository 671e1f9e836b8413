//! Rows of `strategy_instances` as instances of ours.

use std::collections::{BTreeMap, BTreeSet};

use domain::config::{refuse_hostile, refuse_hostile_text};
use domain::definition::DefinitionVersion;
use domain::ids::{ClientId, DefinitionId, ExecutorType, StrategyKey, UserId};
use domain::instance::{ImportLegacyInstance, InstanceStatus, LegacyInstanceRow};
use domain::legacy_parameters::{config_from_legacy_parameters, executor_type_of};
use serde_json::{Map, Value};

use super::cell::{CellError, SourceRow};
use super::tables::columns;

/// Longer keys would not fit an index row in every database.
const MAX_KEY_BYTES: usize = 512;

/// The definitions of the original by their id there.
pub(super) type Links = BTreeMap<String, Link>;

/// The definition here that a definition of the original became.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) id: DefinitionId,
    pub(super) current_version: DefinitionVersion,
    pub(super) versions: BTreeSet<DefinitionVersion>,
}

/// An instance; what had to be decided about it is in its note as well.
#[derive(Debug)]
pub(super) struct ReadInstance {
    pub(super) import: ImportLegacyInstance,
    pub(super) notes: Vec<String>,
}

pub(super) fn read_instance(
    row: &SourceRow,
    links: &Links,
    mut notes: Vec<String>,
) -> Result<ReadInstance, CellError> {
    let strategy_key = strategy_key(row)?;
    let strategy_type = row.text(&["strategyType"])?;
    let executor_type = executor_type_of(&strategy_type);
    if let Some(executor) = executor_type
        .as_ref()
        .filter(|e| e.as_str() != strategy_type)
    {
        notes.push(format!("its old type {strategy_type} is run by {executor}"));
    }
    let parameters = parameters(row)?;
    let mut imported = LegacyInstanceRow {
        legacy_id: row.integer("id")?,
        user_id: UserId::new(row.text(&["userId"])?),
        client_id: ClientId::new(row.text(&["clientId"])?),
        status: status(row, executor_type.as_ref(), &strategy_type, &mut notes)?,
        start_price: row.decimal("startPrice")?,
        config: config_from_legacy_parameters(&strategy_type, &parameters),
        executed_trades: executed_trades(&parameters),
        definition: definition(row, links, &mut notes),
        market_making_order_id: row.find_text(&["marketMakingOrderId"]),
        created_at: row.time("createdAt")?,
        updated_at: row.time("updatedAt")?,
        note: None,
        strategy_type,
        executor_type,
        parameters,
    };
    imported.note = (!notes.is_empty()).then(|| notes.join("; "));
    Ok(ReadInstance {
        import: ImportLegacyInstance {
            strategy_key,
            row: imported,
        },
        notes,
    })
}

fn strategy_key(row: &SourceRow) -> Result<StrategyKey, CellError> {
    let key = row.text(&["strategyKey"])?;
    if key.is_empty() || key.len() > MAX_KEY_BYTES || refuse_hostile_text("", &key).is_err() {
        return Err(CellError::Unreadable {
            column: "strategyKey",
            expected: "a key of 1 to 512 bytes",
        });
    }
    Ok(StrategyKey::new(key))
}

fn parameters(row: &SourceRow) -> Result<Map<String, Value>, CellError> {
    let parameters = Value::Object(row.object("parameters")?);
    match (refuse_hostile("/parameters", &parameters), parameters) {
        (Ok(()), Value::Object(parameters)) => Ok(parameters),
        (Ok(()) | Err(_), _) => Err(CellError::Unreadable {
            column: "parameters",
            expected: "JSON that can be kept safely",
        }),
    }
}

/// A running row runs on, unless nothing here could run it.
fn status(
    row: &SourceRow,
    executor_type: Option<&ExecutorType>,
    strategy_type: &str,
    notes: &mut Vec<String>,
) -> Result<InstanceStatus, CellError> {
    let said = row.text(&["status"])?;
    if executor_type.is_none() {
        notes.push(format!(
            "no executor runs {strategy_type}: imported as stopped (it was {said})"
        ));
        return Ok(InstanceStatus::Stopped);
    }
    Ok(match said.as_str() {
        "running" => InstanceStatus::Running,
        "stopped" => InstanceStatus::Stopped,
        "failed" => InstanceStatus::Faulted,
        _ => {
            notes.push(format!("its status was {said}: imported as stopped"));
            InstanceStatus::Stopped
        }
    })
}

/// Trades a volume strategy had done; the original's first release always wrote 0.
fn executed_trades(parameters: &Map<String, Value>) -> u32 {
    let counted = parameters.get("executedTrades").and_then(Value::as_u64);
    counted.map_or(0, |trades| u32::try_from(trades).unwrap_or(u32::MAX))
}

/// The original said version 1.0.0 of rows that had no definition at all; those have no link.
fn definition(
    row: &SourceRow,
    links: &Links,
    notes: &mut Vec<String>,
) -> Option<(DefinitionId, DefinitionVersion)> {
    let old_id = row.find_text(columns::DEFINITION)?;
    let Some(link) = links.get(&old_id) else {
        notes.push(format!(
            "its definition {old_id} is not there any more: imported without a link"
        ));
        return None;
    };
    let version = row
        .find_text(&["definitionVersion"])
        .map(DefinitionVersion::imported);
    match version {
        None => Some((link.id, link.current_version.clone())),
        Some(version) if link.versions.contains(&version) => Some((link.id, version)),
        Some(version) => {
            let current = link.current_version.clone();
            notes.push(format!(
                "its definition has no version {version}: linked to version {current}"
            ));
            Some((link.id, current))
        }
    }
}
