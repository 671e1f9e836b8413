//! Backtests for those who ask the server: each on a thread of its own, beside the instances that run.

use std::sync::Arc;

use api::{
    BacktestAnswer, BacktestData, BacktestFailure, BacktestQuestion, Backtester, Recording,
    TellProgress,
};
use async_trait::async_trait;
use domain::ErrorChain;
use executors::StrategyExecutorRegistry;
use executors::backtest::{Backtest, BacktestError, BacktestReport as Found};
use executors::market::{RECORDED_PAIR, RecordingError, recorded_from, recorded_until};
use metrics::NoopRecorder;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use tracing::subscriber::NoSubscriber;

use super::answer::answer;
use super::command::Question;
use super::html;
use super::trial::{Data, Ground, Trial};
use crate::config::Settings;

/// Progress is told so many times at most: nobody sees smaller steps.
const TOLD: u64 = 200;

#[derive(Debug)]
pub(crate) struct ThreadedBacktester {
    ground: Ground,
    recording: Recording,
}

impl ThreadedBacktester {
    pub(crate) fn try_new(
        settings: &Settings,
        registry: Arc<StrategyExecutorRegistry>,
    ) -> Result<Self, RecordingError> {
        Ok(Self {
            ground: Ground::of(settings, registry),
            recording: Recording {
                pair: RECORDED_PAIR.to_owned(),
                from: recorded_from(),
                until: recorded_until()?,
            },
        })
    }
}

#[async_trait]
impl Backtester for ThreadedBacktester {
    fn recording(&self) -> Recording {
        self.recording.clone()
    }

    async fn run(
        &self,
        question: BacktestQuestion,
        tell: TellProgress,
    ) -> Result<BacktestAnswer, BacktestFailure> {
        let asked = as_shown(&question);
        let trial = Trial {
            plan: question.plan,
            data: match question.data {
                BacktestData::Recorded => Data::Recorded,
                BacktestData::Generated => Data::Generated,
            },
            seed: question.seed,
            from: question.from,
            length: question.length,
            step: question.step,
        };
        let backtest = trial.on(&self.ground);
        let abandoned = CancellationToken::new();
        let _when_dropped = abandoned.clone().drop_guard();
        let thread = tokio::task::spawn_blocking(move || alone(backtest, tell, &abandoned));
        match thread.await {
            Ok(Ok(found)) => Ok(BacktestAnswer {
                page: html::page(&asked, &found),
                report: answer(found),
            }),
            Ok(Err(failure)) => Err(failure),
            Err(panicked) => {
                tracing::error!(error = %panicked, "a backtest panicked");
                Err(BacktestFailure(
                    "the backtest failed; the server's log says why".to_owned(),
                ))
            }
        }
    }
}

fn as_shown(question: &BacktestQuestion) -> Question {
    let plan = &question.plan;
    let definition = plan.definition.as_ref();
    let data = match question.data {
        BacktestData::Recorded => "recorded",
        BacktestData::Generated => "generated",
    };
    Question {
        definition: definition.map_or_else(String::new, |pin| pin.key.to_string()),
        version: definition.map_or_else(String::new, |pin| pin.version.to_string()),
        data: data.to_owned(),
        config: Value::Object(plan.config.clone()),
    }
}

/// In a runtime of its own, so that nothing of it waits for the server's or holds it up. Neither
/// figures nor log lines: they would be taken for those of the instances that run.
fn alone(
    backtest: Backtest,
    tell: TellProgress,
    abandoned: &CancellationToken,
) -> Result<Found, BacktestFailure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| failure(&error))?;
    let run = || runtime.block_on(abandoned.run_until_cancelled(told(backtest, tell)));
    let silent = || tracing::subscriber::with_default(NoSubscriber::default(), run);
    match metrics::with_local_recorder(&NoopRecorder, silent) {
        Some(found) => found.map_err(|error| failure(&error)),
        None => Err(BacktestFailure("nobody waited for it any more".to_owned())),
    }
}

async fn told(backtest: Backtest, mut tell: TellProgress) -> Result<Found, BacktestError> {
    let mut said = 0;
    let tell = move |progress: executors::backtest::Progress| {
        let now = progress.done * TOLD / progress.of.max(1);
        if now > said {
            said = now;
            #[expect(clippy::cast_precision_loss, reason = "a few hundred parts of a whole")]
            tell(now as f64 / TOLD as f64);
        }
    };
    backtest.run(tell).await
}

fn failure(error: &(impl std::error::Error + 'static)) -> BacktestFailure {
    BacktestFailure(ErrorChain(error).to_string())
}
