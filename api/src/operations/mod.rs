//! What handlers do in more than one step: starting, stopping, linking and removing.

mod backfill;
mod error;
mod launch;
mod locate;
mod remove;
mod repeated;
mod restart_on_version;
mod stop;

pub(crate) use backfill::{Backfilled, WhyNot, backfill, plan_backfill};
pub(crate) use error::OperationError;
pub(crate) use launch::{Look, StartTerms, plan, start, start_directly};
pub(crate) use remove::{Removal, definition_stream, remove};
pub(crate) use repeated::recorded_before;
pub(crate) use restart_on_version::{VersionWanted, restart_on_version};
pub(crate) use stop::{Named, stop};
