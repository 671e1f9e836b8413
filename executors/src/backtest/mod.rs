//! One instance over recorded or generated data: the runtime and the paper venue that a server runs,
//! with a clock that steps instead of ticking. The same question gets the same answer.

mod clock;
mod count;
mod error;
mod report;
mod run;
mod totals;
mod watch;
mod world;

pub use error::BacktestError;
pub use report::{BacktestReport, EquityPoint, Market, Orders, Trade};
pub use run::{Backtest, Progress};
