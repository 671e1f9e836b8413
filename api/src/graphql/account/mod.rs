//! Who asks, and whom.

mod about;
mod me;

pub(crate) use about::AboutQuery;
pub(crate) use me::{MeQuery, Role};
