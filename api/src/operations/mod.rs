//! What handlers do in more than one step: starting, stopping and linking instances.

mod backfill;
mod error;
mod launch;
mod stop;

pub(crate) use backfill::{Backfilled, backfill};
pub(crate) use error::OperationError;
pub(crate) use launch::{Look, plan, start, start_directly};
pub(crate) use stop::{Named, stop};
