//! What is tried, whoever asks.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use domain::instance::LaunchPlan;
use executors::backtest::Backtest;
use executors::market::{MarketConfig, Tape, TradeSource, recorded_from};
use executors::venue::paper::PaperSettings;
use executors::{RuntimeSettings, StrategyExecutorRegistry};

use crate::config::Settings;
use crate::engine;

/// What a trial shares with the instances of an installation.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    registry: Arc<StrategyExecutorRegistry>,
    paper: PaperSettings,
    runtime: RuntimeSettings,
}

#[derive(Debug)]
pub(super) struct Trial {
    pub(super) plan: LaunchPlan,
    pub(super) data: Data,
    /// Decides what generated prices look like, and the way of prices inside a candle.
    pub(super) seed: u64,
    pub(super) from: TimeDelta,
    pub(super) length: TimeDelta,
    pub(super) step: TimeDelta,
}

/// Prices of the pair traded.
#[derive(Debug)]
pub(super) enum Data {
    /// The candles that are built in; pairs that they do not have are made from them.
    Recorded,
    /// A random walk.
    Generated,
    Trades(Arc<Tape>),
}

impl Ground {
    pub(super) fn of(settings: &Settings, registry: Arc<StrategyExecutorRegistry>) -> Self {
        Self {
            registry,
            paper: engine::paper(settings),
            runtime: engine::runtime(settings),
        }
    }
}

impl Trial {
    pub(super) fn on(self, ground: &Ground) -> Backtest {
        Backtest {
            market: self.market(),
            plan: self.plan,
            registry: ground.registry.clone(),
            paper: ground.paper.clone(),
            runtime: ground.runtime.clone(),
            from: self.from,
            length: self.length,
            step: self.step,
        }
    }

    fn market(&self) -> MarketConfig {
        let begins = match self.data {
            Data::Recorded => recorded_from(),
            Data::Generated | Data::Trades(_) => DateTime::UNIX_EPOCH,
        };
        MarketConfig {
            loop_recorded: false,
            trades: self.trades(),
            ..MarketConfig::new(self.seed, begins)
        }
    }

    fn trades(&self) -> BTreeMap<String, TradeSource> {
        let source = match &self.data {
            Data::Recorded => None,
            Data::Generated => Some(TradeSource::Generated),
            Data::Trades(tape) => Some(TradeSource::Recorded(tape.clone())),
        };
        let pair = ["pair", "symbol"]
            .iter()
            .find_map(|field| self.plan.config.get(*field)?.as_str());
        source
            .and_then(|source| Some((pair?.to_owned(), source)))
            .into_iter()
            .collect()
    }
}
