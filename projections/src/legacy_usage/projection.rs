//! How the projector keeps the usage counts.

use domain::event::aggregate_type;
use event_store::{Position, Recorded};

use super::fold::fold;
use super::{UsageRow, store};
use crate::projection::{FoldError, Projection};
use crate::sql::{Columns, Format, Record, Table};

#[derive(Debug)]
pub(crate) struct LegacyUsage;

impl Projection for LegacyUsage {
    const NAME: &'static str = "legacy_usage";
    const READS: &'static [&'static str] = &[aggregate_type::LEGACY_USAGE];
    const TABLE: Table = store::TABLE;
    type Row = UsageRow;
    type Memory = ();

    fn group(recorded: &Recorded) -> &str {
        &recorded.stream.aggregate_id
    }

    fn fold(
        rows: Vec<UsageRow>,
        recorded: &Recorded,
        (): &mut (),
    ) -> Result<Vec<UsageRow>, FoldError> {
        fold(rows, &recorded.decode_as()?, recorded)
    }

    fn last_position(row: &UsageRow) -> Position {
        row.last_position
    }

    fn read(columns: &Columns<'_>) -> Result<UsageRow, sqlx::Error> {
        store::read(columns)
    }

    fn write(row: &UsageRow, record: &mut Record<impl Format>) {
        store::write(row, record);
    }
}
