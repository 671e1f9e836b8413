//! Runs as their executors carried them out.

mod decision;
mod execution;
mod fill;
mod find;
mod market_position;
mod order;

pub(crate) use execution::Execution;
pub(crate) use find::{ExecutionQuery, find_execution, positions_of};
pub(crate) use market_position::{MarketPosition, OtherFee};
pub(crate) use order::Side;
