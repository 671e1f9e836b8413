//! Runs strategy instances: the executor contract and its registry, the runtime, the venues.
//!
//! Follows the log and appends through the command gateway like everybody else; never reads a view.

pub mod backtest;
pub mod built_in;
pub mod executor;
pub mod market;
mod ownership;
pub mod registry;
pub mod runtime;
mod start_price;
pub mod venue;

pub use built_in::built_in_executors;
pub use executor::{Executor, RunExecutor};
pub use ownership::{Alone, Ownership};
pub use registry::{DuplicateExecutor, StrategyExecutorRegistry};
pub use runtime::{GateLimits, GuardMeasures, Runtime, RuntimeParts, RuntimeSettings};
pub use start_price::{StartPriceError, start_price};
