//! Trying a configuration on recorded or generated data: `strategos backtest`, and the same for those
//! who ask a server.

mod answer;
mod args;
mod chart;
mod command;
mod definition;
mod html;
mod text;
mod threaded;
mod trial;

pub(crate) use self::args::BacktestArgs;
pub(crate) use self::command::backtest;
pub(crate) use self::threaded::ThreadedBacktester;
