//! Loss guards: who may lose how much, and what happens then.

mod change;
mod find;
mod guard;
mod remove;
mod reset;
mod set;

pub(crate) use find::GuardsQuery;
pub(crate) use remove::RemoveGuard;
pub(crate) use reset::ResetGuard;
pub(crate) use set::SetGuard;
