//! Why a backtest could not be run to its end.

use domain::config::Violation;
use domain::execution::ExecutionError;
use domain::instance::InstanceError;
use event_store::{CommandError, StoreError};

use crate::market::RecordingError;
use crate::venue::paper::PaperError;

#[derive(Debug, thiserror::Error)]
pub enum BacktestError {
    #[error("the backtest needs room for its own log")]
    Folder(#[from] std::io::Error),
    #[error("the backtest's own log failed")]
    Log(#[from] StoreError),
    #[error("the backtest's own venue failed")]
    Venue(#[from] PaperError),
    #[error("the market data cannot be used")]
    Market(#[from] RecordingError),
    #[error("the instance could not be started")]
    Start(#[from] CommandError<InstanceError>),
    #[error("the run could not be looked at")]
    Run(#[from] CommandError<ExecutionError>),
    #[error("the executor refuses the configuration: {}", in_words(.0))]
    Configuration(Vec<Violation>),
    #[error("no executor runs {0}")]
    NoExecutor(String),
    #[error("{exchange} has no market {pair}")]
    NoMarket { exchange: String, pair: String },
    #[error("an event of the run cannot be read")]
    Event(#[from] domain::event::DecodeError),
    /// It was faulted, which a running instance would have been too.
    #[error("the run came to a fault: {0}")]
    Faulted(String),
}

fn in_words(violations: &[Violation]) -> String {
    let messages: Vec<&str> = violations.iter().map(|v| v.message.as_str()).collect();
    messages.join("; ")
}
