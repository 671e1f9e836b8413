//! How the projector keeps the versions.

use domain::event::aggregate_type;
use event_store::{Position, Recorded};

use super::fold::fold;
use super::{VersionRow, store};
use crate::projection::{FoldError, Projection};
use crate::sql::{Columns, Format, Record, Table};

#[derive(Debug)]
pub(crate) struct Versions;

impl Projection for Versions {
    const NAME: &'static str = "strategy_definition_versions";
    const READS: &'static [&'static str] = &[aggregate_type::DEFINITION];
    const TABLE: Table = store::TABLE;
    type Row = VersionRow;
    type Memory = ();

    fn group(recorded: &Recorded) -> &str {
        &recorded.stream.aggregate_id
    }

    fn fold(
        rows: Vec<VersionRow>,
        recorded: &Recorded,
        (): &mut (),
    ) -> Result<Vec<VersionRow>, FoldError> {
        fold(rows, &recorded.decode_as()?, recorded)
    }

    fn last_position(row: &VersionRow) -> Position {
        row.last_position
    }

    fn read(columns: &Columns<'_>) -> Result<VersionRow, sqlx::Error> {
        store::read(columns)
    }

    fn write(row: &VersionRow, record: &mut Record<impl Format>) {
        store::write(row, record);
    }
}
