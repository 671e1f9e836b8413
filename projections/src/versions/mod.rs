//! Published versions of the definitions in the catalogue, one row each, never changed.

mod as_of;
mod fold;
pub mod list;
mod projection;
pub mod query;
mod row;
mod store;

pub use as_of::versions_as_of;
pub(crate) use projection::Versions;
pub use row::VersionRow;
