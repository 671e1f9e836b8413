//! What a run's executor decided and what became of it, read from the run's own stream: the latest
//! first, a window at a time. No table is kept: runs are long, and seldom looked into.

mod decisions;
mod fills;
mod orders;
mod window;

pub use decisions::{DecisionKind, DecisionView, decisions};
pub use fills::{FillView, fills};
pub use orders::{OrderProgress, OrderView, orders};

use domain::execution::Execution;
use domain::ids::StrategyKey;
use event_store::Loaded;

/// A run, as it was when it was loaded. Pages of it all end there.
#[derive(Debug, Clone, PartialEq)]
pub struct RunLog {
    pub key: StrategyKey,
    pub run: u32,
    pub loaded: Loaded<Execution>,
}

/// Which part of a run's history to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// Only what is older than this version of the stream; `None` begins at the latest.
    pub version: Option<u64>,
    pub limit: u32,
}

/// Things found, the latest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<T> {
    /// With the stream's version where each was recorded: pass the last one on as
    /// [`Behind::version`].
    pub items: Vec<(u64, T)>,
    pub more: bool,
}
