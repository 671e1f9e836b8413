//! How the projector keeps the instances.

use domain::event::{DecodeError, aggregate_type};
use domain::execution::ExecutionId;
use event_store::{Position, Recorded};
use sqlx::AnyPool;

use super::row::StoredRow;
use super::taken_ids::TakenIds;
use super::{fold, fold_execution, store};
use crate::projection::{FoldError, Projection};
use crate::sql::{Columns, Record, Table};

#[derive(Debug)]
pub(crate) struct Instances;

impl Projection for Instances {
    const NAME: &'static str = "strategy_instances";
    const READS: &'static [&'static str] = &[aggregate_type::INSTANCE, aggregate_type::EXECUTION];
    const TABLE: Table = store::TABLE;
    type Row = StoredRow;
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
        mut rows: Vec<StoredRow>,
        recorded: &Recorded,
        taken_ids: &mut TakenIds,
    ) -> Result<Vec<StoredRow>, FoldError> {
        let before = rows.pop();
        rows.push(match recorded.stream.aggregate_type.as_str() {
            aggregate_type::INSTANCE => {
                fold::fold(before, recorded.decode_as()?, recorded, taken_ids)?
            }
            aggregate_type::EXECUTION => {
                fold_execution::fold(before, &recorded.decode_as()?, recorded)?
            }
            other => return Err(DecodeError::UnknownAggregate(other.to_owned()).into()),
        });
        Ok(rows)
    }

    fn last_position(row: &StoredRow) -> Position {
        row.last_position
    }

    fn read(columns: &Columns<'_>) -> Result<StoredRow, sqlx::Error> {
        store::read(columns)
    }

    fn write(row: &StoredRow, record: &mut Record) {
        store::write(row, record);
    }

    async fn recall(readers: &AnyPool, table: &str) -> Result<TakenIds, sqlx::Error> {
        TakenIds::load(readers, table).await
    }
}
