//! How the projector keeps the definitions.

use domain::event::aggregate_type;
use event_store::{Position, Recorded};

use super::fold::fold;
use super::{DefinitionRow, store};
use crate::projection::{FoldError, Projection};
use crate::sql::{Columns, Format, Record, Table};

#[derive(Debug)]
pub(crate) struct Definitions;

impl Projection for Definitions {
    const NAME: &'static str = "strategy_definitions";
    const READS: &'static [&'static str] = &[aggregate_type::DEFINITION];
    const TABLE: Table = store::TABLE;
    type Row = DefinitionRow;
    type Memory = ();

    fn group(recorded: &Recorded) -> &str {
        &recorded.stream.aggregate_id
    }

    fn fold(
        mut rows: Vec<DefinitionRow>,
        recorded: &Recorded,
        (): &mut (),
    ) -> Result<Vec<DefinitionRow>, FoldError> {
        fold(rows.pop(), &recorded.decode_as()?, recorded).map(|row| row.into_iter().collect())
    }

    fn last_position(row: &DefinitionRow) -> Position {
        row.last_position
    }

    fn read(columns: &Columns<'_>) -> Result<DefinitionRow, sqlx::Error> {
        store::read(columns)
    }

    fn write(row: &DefinitionRow, record: &mut Record<impl Format>) {
        store::write(row, record);
    }
}
