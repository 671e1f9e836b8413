//! Which columns an instance has.

use domain::definition::DefinitionVersion;
use domain::ids::{ClientId, DefinitionId, DefinitionKey, ExecutorType, StrategyKey, UserId};
use domain::instance::InstanceStatus;
use serde::de::DeserializeOwned;

use super::row::StoredRow;
use super::{InstanceRow, Observed};
use crate::object_text::ObjectText;
use crate::sql::{Columns, Format, Record, Table, integer, text, undecodable};

pub(super) const TABLE: Table = Table {
    name: "strategy_instances",
    group: "strategy_key",
    newest: None,
    primary_key: &["strategy_key"],
    columns: &[
        text("strategy_key"),
        integer("id"),
        text("user_id"),
        text("client_id"),
        text("strategy_type"),
        text("executor_type"),
        text("definition_id"),
        text("definition_key"),
        text("definition_name"),
        text("definition_version"),
        text("market_making_order_id"),
        text("start_price"),
        text("parameters"),
        text("config"),
        integer("run"),
        text("status"),
        text("observed"),
        text("fault_reason"),
        text("skip_reason"),
        text("note"),
        integer("executed_trades"),
        text("created_at"),
        text("started_at"),
        text("updated_at"),
        integer("revision"),
        integer("last_position"),
    ],
};

pub(super) fn write(row: &StoredRow, record: &mut Record<impl Format>) {
    record.text("strategy_key", row.strategy_key.as_str());
    record.integer("id", row.id);
    record.text("user_id", row.user_id.as_str());
    record.text("client_id", row.client_id.as_str());
    record.text("strategy_type", &row.strategy_type);
    record.optional_text(
        "executor_type",
        row.executor_type.as_ref().map(ExecutorType::as_str),
    );
    record.optional_text("definition_id", row.definition_id.map(|id| id.to_string()));
    record.optional_text(
        "definition_key",
        row.definition_key.as_ref().map(DefinitionKey::as_str),
    );
    record.optional_text("definition_name", row.definition_name.as_ref());
    record.optional_text(
        "definition_version",
        row.definition_version
            .as_ref()
            .map(DefinitionVersion::as_str),
    );
    record.optional_text(
        "market_making_order_id",
        row.market_making_order_id.as_ref(),
    );
    record.displayed("start_price", &row.start_price);
    record.optional_text(
        "parameters",
        row.parameters.as_ref().map(ObjectText::as_str),
    );
    record.text("config", row.config.as_str());
    record.integer("run", row.run);
    record.text("status", row.status.as_str());
    record.text("observed", row.observed.as_str());
    record.optional_text("fault_reason", row.fault_reason.as_ref());
    record.optional_text("skip_reason", row.skip_reason.as_ref());
    record.optional_text("note", row.note.as_ref());
    record.integer("executed_trades", row.executed_trades);
    record.time("created_at", row.created_at);
    record.optional_time("started_at", row.started_at);
    record.time("updated_at", row.updated_at);
    record.count("revision", row.revision);
    record.position("last_position", row.last_position);
}

pub(super) fn read<C: DeserializeOwned>(
    columns: &Columns<'_>,
) -> Result<InstanceRow<C>, sqlx::Error> {
    Ok(InstanceRow {
        id: columns.integer("id")?,
        strategy_key: columns.text("strategy_key").map(StrategyKey::new)?,
        user_id: columns.text("user_id").map(UserId::new)?,
        client_id: columns.text("client_id").map(ClientId::new)?,
        strategy_type: columns.text("strategy_type")?,
        executor_type: columns
            .optional_text("executor_type")?
            .map(ExecutorType::new),
        definition_id: definition_id(columns)?,
        definition_key: columns
            .optional_text("definition_key")?
            .map(DefinitionKey::new),
        definition_name: columns.optional_text("definition_name")?,
        definition_version: columns
            .optional_text("definition_version")?
            .map(DefinitionVersion::imported),
        market_making_order_id: columns.optional_text("market_making_order_id")?,
        start_price: columns.parsed("start_price")?,
        parameters: columns.optional_json("parameters")?,
        config: columns.json("config")?,
        run: columns.count("run")?,
        status: status(&columns.text("status")?)?,
        observed: observed(&columns.text("observed")?)?,
        fault_reason: columns.optional_text("fault_reason")?,
        skip_reason: columns.optional_text("skip_reason")?,
        note: columns.optional_text("note")?,
        executed_trades: columns.count("executed_trades")?,
        created_at: columns.time("created_at")?,
        started_at: columns.optional_time("started_at")?,
        updated_at: columns.time("updated_at")?,
        revision: columns.count("revision")?,
        last_position: columns.position("last_position")?,
    })
}

pub(crate) fn definition_id(columns: &Columns<'_>) -> Result<Option<DefinitionId>, sqlx::Error> {
    let id = columns.optional_text("definition_id")?;
    let id = id.map(|id| id.parse().map(DefinitionId));
    id.transpose()
        .map_err(|source| undecodable("definition_id", source))
}

pub(crate) fn status(text: &str) -> Result<InstanceStatus, sqlx::Error> {
    use InstanceStatus::{Faulted, Running, Stopped};
    [Running, Stopped, Faulted]
        .into_iter()
        .find(|status| status.as_str() == text)
        .ok_or_else(|| undecodable("status", format!("no status is called {text}")))
}

pub(crate) fn observed(text: &str) -> Result<Observed, sqlx::Error> {
    use Observed::{None, Running, Stopped, Stopping};
    [None, Running, Stopping, Stopped]
        .into_iter()
        .find(|observed| observed.as_str() == text)
        .ok_or_else(|| undecodable("observed", format!("nothing observed is called {text}")))
}
