//! One backtest as this process remembers it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::definition::LiveDefinition;
use uuid::Uuid;

use super::backtester::BacktestAnswer;
use super::backtester::BacktestQuestion;
use super::report::BacktestReport;

/// Trades that are shown of one report.
const MOST_TRADES: usize = 1_000;
/// A page that is longer is not kept: twenty are in memory.
const LONGEST_PAGE: usize = 1 << 20;

/// What was asked, and what has become of it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) id: Uuid,
    /// As it was tried: on the version that was asked for.
    pub(crate) definition: Arc<LiveDefinition>,
    pub(crate) question: Arc<BacktestQuestion>,
    /// When it was asked.
    pub(crate) at: DateTime<Utc>,
    pub(crate) began_at: Option<DateTime<Utc>>,
    pub(crate) ended_at: Option<DateTime<Utc>>,
    pub(crate) state: State,
}

#[derive(Debug, Clone)]
pub(crate) enum State {
    Queued,
    /// The part that is done.
    Running(f64),
    Done(Arc<Found>),
    /// In a sentence.
    Failed(String),
    Cancelled,
}

impl Asked {
    pub(crate) fn has_ended(&self) -> bool {
        match self.state {
            State::Queued | State::Running(_) => false,
            State::Done(_) | State::Failed(_) | State::Cancelled => true,
        }
    }
}

/// A report, with no more trades than anybody looks at.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) report: BacktestReport,
    pub(crate) trades_left_out: usize,
    pub(crate) page: Option<String>,
}

impl From<BacktestAnswer> for Found {
    fn from(BacktestAnswer { mut report, page }: BacktestAnswer) -> Self {
        let all = report.trades.len();
        report.trades = spread(report.trades, MOST_TRADES);
        Self {
            trades_left_out: all - report.trades.len(),
            report,
            page: Some(page).filter(|page| page.len() <= LONGEST_PAGE),
        }
    }
}

/// So many of them at most, from the first on and evenly: a chart of the beginning alone would mislead.
fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let every = all.len().div_ceil(most).max(1);
    all.into_iter().step_by(every).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_all_shown_and_many_evenly() {
        assert_eq!(spread(vec![1, 2, 3], 3), [1, 2, 3]);
        assert_eq!(spread((0..10).collect(), 4), [0, 3, 6, 9]);
        assert_eq!(spread(Vec::<u8>::new(), 4), [0; 0]);
    }
}
