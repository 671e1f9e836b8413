//! Trying configurations on market data before they run: what it takes is a port, because markets and
//! runtimes are not ours to know; here is who waits for whom and what is kept of it.

mod backtester;
mod download;
mod kept;
mod queue;
mod report;

pub use backtester::{
    BacktestAnswer, BacktestData, BacktestFailure, BacktestQuestion, Backtester, Recording,
    TellProgress,
};
pub(crate) use download::{download, path_of};
pub(crate) use kept::{Asked, Found, State};
pub(crate) use queue::{Backtests, Full};
pub use report::{BacktestMarket, BacktestOrders, BacktestPoint, BacktestReport, BacktestTrade};
