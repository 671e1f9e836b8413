//! Trying a configuration on market data: nothing is started and nothing is recorded.

mod backtest;
mod cancel;
mod find;
mod options;
mod period;
mod report;
mod report_rows;
mod start;

pub(crate) use cancel::CancelBacktest;
pub(crate) use find::BacktestQuery;
pub(crate) use options::BacktestOptionsQuery;
pub(crate) use start::StartBacktest;
