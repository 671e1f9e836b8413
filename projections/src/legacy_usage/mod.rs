//! Who still calls legacy endpoints, one row per UTC day, caller and endpoint.

mod fold;
pub mod list;
mod projection;
pub mod query;
mod row;
mod store;

pub(crate) use projection::LegacyUsage;
pub use row::UsageRow;
