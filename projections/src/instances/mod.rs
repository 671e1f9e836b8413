//! Strategy instances as they are now, one row each.

mod fold;
mod fold_execution;
mod projection;
pub mod query;
mod row;
mod store;
mod taken_ids;

pub(crate) use projection::Instances;
pub use query::InstanceFilter;
pub use row::{InstanceRow, Observed};
