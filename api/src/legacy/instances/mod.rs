//! `/admin/strategy/instances`: starting and stopping from definitions.

mod backfill;
mod list;
mod start;
mod stop;
mod target;
mod validate;

pub use backfill::BackfillAnswer;
pub use target::{LaunchBody, StopBody};
pub use validate::Validated;

pub(crate) use backfill::*;
pub(crate) use list::*;
pub(crate) use start::*;
pub(crate) use stop::*;
pub(crate) use target::{Acted, launch_request, started_before};
pub(crate) use validate::*;
