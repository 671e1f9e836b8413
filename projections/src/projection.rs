//! What a read model says of itself; the projector does the rest.

use std::fmt;

use domain::event::DecodeError;
use event_store::{Position, Recorded, StreamName};
use sqlx::AnyPool;

use crate::sql::{Columns, Format, Record, Table};

/// A read model: which events it reads, and the rows they make.
///
/// Rows come in groups, loaded and folded together: all rows that events of one stream touch. A
/// group's rows are changed or added one by one, but removed only all at once.
pub(crate) trait Projection: fmt::Debug + Send + Sync + 'static {
    /// Names the checkpoint; never change it.
    const NAME: &'static str;
    /// The aggregate types whose events it reads.
    const READS: &'static [&'static str];
    const TABLE: Table;

    type Row: Clone + Send + Sync;
    /// What folding needs to know beyond the group's own rows.
    type Memory: Default + Send;

    /// Whether an event of [`Self::READS`] can change a row at all; the others are not even decoded.
    fn concerns(_recorded: &Recorded) -> bool {
        true
    }

    /// The group an event belongs to.
    fn group(recorded: &Recorded) -> &str;

    /// Pure: the rows before and the event give the rows after. A row that changed carries the
    /// event's position.
    fn fold(
        rows: Vec<Self::Row>,
        recorded: &Recorded,
        memory: &mut Self::Memory,
    ) -> Result<Vec<Self::Row>, FoldError>;

    /// The last event that changed the row.
    fn last_position(row: &Self::Row) -> Position;

    fn read(columns: &Columns<'_>) -> Result<Self::Row, sqlx::Error>;

    fn write(row: &Self::Row, record: &mut Record<impl Format>);

    /// The memory that belongs to a table as it is now.
    fn recall(
        _readers: &AnyPool,
        _table: &str,
    ) -> impl Future<Output = Result<Self::Memory, sqlx::Error>> + Send {
        async { Ok(Self::Memory::default()) }
    }
}

/// Why an event cannot be folded. Its projection waits there for an operator.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    #[error(transparent)]
    Payload(#[from] DecodeError),
    #[error("the metadata cannot be read")]
    Metadata(#[source] serde_json::Error),
    #[error("the log cannot read it")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("{0} has no beginning")]
    NoBeginning(StreamName),
    #[error("{0} does not name a run")]
    NoRun(StreamName),
    #[error("{0} is not a day")]
    NoDay(String),
}
