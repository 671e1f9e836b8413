//! Loss guards: what their runs earn is added up from the log alone, so that whoever reads the same
//! history finds the same trip at the same event; what a tripped guard leaves a run to do is obeyed
//! in its next turn.

mod book;
mod definitions;
mod follow;
mod measures;
mod obey;
mod saved;
mod trip;
mod watch;

pub use measures::GuardMeasures;
pub(super) use obey::require_allowed;
pub(super) use watch::GuardWatch;
