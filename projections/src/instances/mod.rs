//! Strategy instances as they are now, one row each.

mod alone;
mod as_of;
mod fold;
mod fold_execution;
pub mod list;
pub mod of_definitions;
mod projection;
pub mod query;
mod row;
mod store;
mod taken_ids;

pub use alone::alone;
pub(crate) use as_of::of_its_own_stream;
pub(crate) use projection::{Instances, row_after};
pub use query::InstanceFilter;
pub(crate) use row::StoredRow;
pub use row::{InstanceRow, Observed};
pub(crate) use store::{definition_id, observed, status};
pub use taken_ids::TakenIds;
