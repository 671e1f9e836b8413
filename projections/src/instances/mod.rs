//! Strategy instances as they are now, one row each.

mod as_of;
mod fold;
mod fold_execution;
pub mod list;
mod projection;
pub mod query;
mod row;
mod store;
mod taken_ids;

pub use as_of::{instance_as_of, instances_as_of};
pub(crate) use projection::Instances;
pub use query::InstanceFilter;
pub use row::{InstanceRow, Observed};
