//! Strategy definitions as they are now, one row each.

mod as_of;
mod fold;
pub mod list;
mod projection;
pub mod query;
mod row;
mod store;

pub use as_of::{definition_as_of, definition_at, definitions_as_of};
pub(crate) use projection::Definitions;
pub use row::DefinitionRow;
