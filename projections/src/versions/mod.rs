//! Published versions of the definitions in the catalogue, one row each, never changed.

mod fold;
mod projection;
pub mod query;
mod row;
mod store;

pub(crate) use projection::Versions;
pub use row::VersionRow;
