//! How the projector keeps the instances.

use domain::event::{Event, aggregate_type};
use domain::execution::ExecutionId;
use event_store::{Position, Recorded};
use sqlx::AnyPool;

use super::taken_ids::TakenIds;
use super::{InstanceRow, fold, fold_execution, store};
use crate::projection::{FoldError, Projection};
use crate::sql::{Columns, Record, Table};

#[derive(Debug)]
pub(crate) struct Instances;

impl Projection for Instances {
    const NAME: &'static str = "strategy_instances";
    const READS: &'static [&'static str] = &[aggregate_type::INSTANCE, aggregate_type::EXECUTION];
    const TABLE: Table = store::TABLE;
    type Row = InstanceRow;
    type Memory = TakenIds;

    fn group(recorded: &Recorded) -> &str {
        let stream = recorded.stream.aggregate_id.as_str();
        if recorded.stream.aggregate_type == aggregate_type::EXECUTION {
            ExecutionId::parts(stream).map_or(stream, |(strategy_key, _)| strategy_key)
        } else {
            stream
        }
    }

    fn fold(
        mut rows: Vec<InstanceRow>,
        event: &Event,
        recorded: &Recorded,
        taken_ids: &mut TakenIds,
    ) -> Result<Vec<InstanceRow>, FoldError> {
        let row = match event {
            Event::Instance(event) => fold::fold(rows.pop(), event, recorded, taken_ids)?,
            Event::Execution(event) => fold_execution::fold(rows.pop(), event, recorded)?,
            Event::Definition(_)
            | Event::Installation(_)
            | Event::LegacyRecord(_)
            | Event::LegacyUsage(_) => return Ok(rows),
        };
        Ok(vec![row])
    }

    fn last_position(row: &InstanceRow) -> Position {
        row.last_position
    }

    fn read(columns: &Columns<'_>) -> Result<InstanceRow, sqlx::Error> {
        store::read(columns)
    }

    fn write(row: &InstanceRow, record: &mut Record) {
        store::write(row, record);
    }

    async fn recall(readers: &AnyPool, table: &str) -> Result<TakenIds, sqlx::Error> {
        TakenIds::load(readers, table).await
    }
}
