//! One code path for two databases: the few places where their SQL differs, and how rows travel.

mod bulk;
mod columns;
mod conditions;
mod dialect;
mod live_writer;
mod record;
mod shadow;
mod table;

pub(crate) use bulk::{BulkTarget, BulkWriter, Copier, Destination, Inserter};
pub(crate) use columns::{Columns, undecodable};
pub use conditions::Direction;
pub(crate) use conditions::{Conditions, Tie, Use};
pub(crate) use dialect::Dialect;
pub(crate) use live_writer::{Advance, LiveWriter};
pub(crate) use record::{Cells, Format, Objects, Record, Rows, time_text};
pub(crate) use shadow::{create_shadow, drop_lookups, drop_shadow, index_shadow, swap};
pub(crate) use table::{Kind, Table, integer, text};
