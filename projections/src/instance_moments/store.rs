//! Which columns a moment has: what lists filter and sort by, and what executions say.

use chrono::{DateTime, Utc};
use domain::definition::DefinitionVersion;
use domain::ids::{ClientId, ExecutorType, StrategyKey, UserId};
use domain::money::Decimal;

use crate::instances::{StoredRow, definition_id, observed, status};
use crate::object_text::ObjectText;
use crate::sql::{Columns, Format, Record, Table, integer, text};

pub(super) const TABLE: Table = Table {
    name: "strategy_instance_moments",
    group: "strategy_key",
    newest: Some("since"),
    primary_key: &["strategy_key", "since"],
    columns: &[
        text("strategy_key"),
        integer("since"),
        text("user_id"),
        text("client_id"),
        text("executor_type"),
        text("definition_id"),
        text("definition_version"),
        integer("run"),
        text("status"),
        text("observed"),
        text("skip_reason"),
        integer("executed_trades"),
        text("updated_at"),
    ],
};

pub(super) fn write(row: &StoredRow, record: &mut Record<impl Format>) {
    record.text("strategy_key", row.strategy_key.as_str());
    record.position("since", row.last_position);
    record.text("user_id", row.user_id.as_str());
    record.text("client_id", row.client_id.as_str());
    record.optional_text(
        "executor_type",
        row.executor_type.as_ref().map(ExecutorType::as_str),
    );
    record.optional_text("definition_id", row.definition_id.map(|id| id.to_string()));
    record.optional_text(
        "definition_version",
        row.definition_version
            .as_ref()
            .map(DefinitionVersion::as_str),
    );
    record.integer("run", row.run);
    record.text("status", row.status.as_str());
    record.text("observed", row.observed.as_str());
    record.optional_text("skip_reason", row.skip_reason.as_ref());
    record.integer("executed_trades", row.executed_trades);
    record.time("updated_at", row.updated_at);
}

/// To fold on from: columns that the table lacks are empty.
pub(super) fn read(columns: &Columns<'_>) -> Result<StoredRow, sqlx::Error> {
    Ok(StoredRow {
        strategy_key: columns.text("strategy_key").map(StrategyKey::new)?,
        user_id: columns.text("user_id").map(UserId::new)?,
        client_id: columns.text("client_id").map(ClientId::new)?,
        executor_type: columns
            .optional_text("executor_type")?
            .map(ExecutorType::new),
        definition_id: definition_id(columns)?,
        definition_version: columns
            .optional_text("definition_version")?
            .map(DefinitionVersion::imported),
        run: columns.count("run")?,
        status: status(&columns.text("status")?)?,
        observed: observed(&columns.text("observed")?)?,
        skip_reason: columns.optional_text("skip_reason")?,
        executed_trades: columns.count("executed_trades")?,
        updated_at: columns.time("updated_at")?,
        last_position: columns.position("since")?,
        id: 0,
        strategy_type: String::new(),
        definition_key: None,
        definition_name: None,
        market_making_order_id: None,
        start_price: Decimal::zero(),
        parameters: None,
        config: ObjectText::default(),
        fault_reason: None,
        note: None,
        created_at: DateTime::<Utc>::UNIX_EPOCH,
        started_at: None,
        revision: 0,
    })
}
