//! How the projector keeps the moments.

use event_store::{Position, Recorded};

use super::store;
use crate::instances::{Instances, StoredRow, TakenIds, row_after};
use crate::projection::{FoldError, Projection};
use crate::sql::{Columns, Format, Record, Table};

#[derive(Debug)]
pub(crate) struct InstanceMoments;

impl Projection for InstanceMoments {
    const NAME: &'static str = "strategy_instance_moments";
    const READS: &'static [&'static str] = Instances::READS;
    const TABLE: Table = store::TABLE;
    /// Without the columns that the table lacks; folding asks for none of them.
    type Row = StoredRow;
    /// Ids are the other table's.
    type Memory = TakenIds;

    fn concerns(recorded: &Recorded) -> bool {
        Instances::concerns(recorded)
    }

    fn group(recorded: &Recorded) -> &str {
        Instances::group(recorded)
    }

    fn fold(
        mut rows: Vec<StoredRow>,
        recorded: &Recorded,
        taken_ids: &mut TakenIds,
    ) -> Result<Vec<StoredRow>, FoldError> {
        let row = row_after(rows.last().cloned(), recorded, taken_ids)?;
        if row.last_position == recorded.position {
            rows.push(row);
        }
        Ok(rows)
    }

    fn last_position(row: &StoredRow) -> Position {
        row.last_position
    }

    fn read(columns: &Columns<'_>) -> Result<StoredRow, sqlx::Error> {
        store::read(columns)
    }

    fn write(row: &StoredRow, record: &mut Record<impl Format>) {
        store::write(row, record);
    }
}
