//! What the server brings.

use async_graphql::Enum;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::instance::LaunchPlan;

use super::report::BacktestReport;

/// Runs one configuration over market data in a world of its own: nothing of it is recorded.
#[async_trait]
pub trait Backtester: std::fmt::Debug + Send + Sync {
    fn recording(&self) -> Recording;

    /// Ends early when nobody waits for it any more.
    async fn run(
        &self,
        question: BacktestQuestion,
        tell: TellProgress,
    ) -> Result<BacktestAnswer, BacktestFailure>;
}

#[derive(Debug, Clone, PartialEq)]
pub struct BacktestAnswer {
    pub report: BacktestReport,
    /// The report as one file that a browser shows without asking anybody for anything.
    pub page: String,
}

/// Hears the part that is done, from 0 to 1.
pub type TellProgress = Box<dyn FnMut(f64) + Send>;

/// The market data that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The pair that was recorded; prices of others are made from it.
    pub pair: String,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// The same question gets the same answer.
#[derive(Debug, Clone, PartialEq)]
pub struct BacktestQuestion {
    pub plan: LaunchPlan,
    pub data: BacktestData,
    pub seed: u64,
    /// Into the data.
    pub from: TimeDelta,
    pub length: TimeDelta,
    /// Between two looks of the runtime.
    pub step: TimeDelta,
}

/// Where the prices of the pair traded come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
pub enum BacktestData {
    /// The recording; pairs that it does not have are made from it.
    #[default]
    Recorded,
    /// A random walk, by the seed.
    Generated,
}

/// Why there is no report, in a sentence for whoever asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BacktestFailure(pub String);
