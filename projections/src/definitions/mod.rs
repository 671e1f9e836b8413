//! Strategy definitions as they are now, one row each.

mod fold;
mod projection;
pub mod query;
mod row;
mod store;

pub(crate) use projection::Definitions;
pub use row::DefinitionRow;
