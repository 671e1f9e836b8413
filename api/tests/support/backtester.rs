//! Backtests that go on when the test lets them.

use api::{
    BacktestAnswer, BacktestFailure, BacktestOrders, BacktestPoint, BacktestQuestion,
    BacktestReport, Backtester, Recording, TellProgress,
};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::money::Decimal;
use tokio::sync::{Mutex, mpsc, oneshot};

type Answer = Result<BacktestAnswer, BacktestFailure>;

/// Each backtest, when its turn has come, waits here for the test.
#[derive(Debug)]
pub(crate) struct OnCommand {
    begun: mpsc::UnboundedSender<Begun>,
    waiting: Mutex<mpsc::UnboundedReceiver<Begun>>,
}

pub(crate) struct Begun {
    pub(crate) question: BacktestQuestion,
    pub(crate) tell: TellProgress,
    /// Closed when nobody waits for it any more.
    pub(crate) answer: oneshot::Sender<Answer>,
}

impl std::fmt::Debug for Begun {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.question.fmt(to)
    }
}

impl Default for OnCommand {
    fn default() -> Self {
        let (begun, waiting) = mpsc::unbounded_channel();
        Self {
            begun,
            waiting: Mutex::new(waiting),
        }
    }
}

impl OnCommand {
    /// The next one whose turn has come.
    pub(crate) async fn next(&self) -> Begun {
        self.waiting.lock().await.recv().await.unwrap()
    }

    pub(crate) async fn nothing_runs(&self) -> bool {
        self.waiting.lock().await.is_empty()
    }
}

#[async_trait]
impl Backtester for OnCommand {
    fn recording(&self) -> Recording {
        let from: DateTime<Utc> = "2023-09-12T22:00:00Z".parse().unwrap();
        Recording {
            pair: "WLD/USDT".to_owned(),
            from,
            until: from + TimeDelta::days(90),
        }
    }

    async fn run(&self, question: BacktestQuestion, tell: TellProgress) -> Answer {
        let (answer, answered) = oneshot::channel();
        let begun = Begun {
            question,
            tell,
            answer,
        };
        self.begun.send(begun).unwrap();
        answered.await.unwrap()
    }
}

/// It says little, and has so many trades.
pub(crate) fn found(trades: usize) -> BacktestAnswer {
    BacktestAnswer {
        report: report(trades),
        page: "<!doctype html>".repeat(trades),
    }
}

fn report(trades: usize) -> BacktestReport {
    let at: DateTime<Utc> = "2023-09-12T22:00:00Z".parse().unwrap();
    let amount = |text: &str| text.parse::<Decimal>().unwrap();
    let trade = |number| api::BacktestTrade {
        at: at + TimeDelta::seconds(number),
        exchange: "binance".to_owned(),
        pair: "WLD/USDT".to_owned(),
        side: domain::execution::Side::Buy,
        price: amount("1.0349"),
        quantity: amount("20"),
    };
    BacktestReport {
        from: at,
        until: at + TimeDelta::hours(6),
        step_seconds: 1.0,
        profit: amount("0.12345678901234567891"),
        realised: amount("1"),
        unrealised: amount("-0.5"),
        fees: amount("0.37654321098765432109"),
        other_fees: [("BNB".to_owned(), amount("0.0001"))].into(),
        volume: amount("2069.8"),
        max_drawdown: amount("0.25"),
        both_sides_quoted: Some(0.75),
        orders: BacktestOrders {
            placed: 9,
            rejected: 1,
            cancelled: 5,
            filled: 3,
        },
        markets: vec![],
        skipped: [("no price".to_owned(), 2)].into(),
        ended_early: None,
        equity: vec![BacktestPoint {
            at,
            profit: amount("0"),
            price: amount("1.0349"),
            inventory: amount("0"),
        }],
        trades: (0..).map(trade).take(trades).collect(),
    }
}
