//! The executors that come with Strategos: the built-in strategies behind the executor contract.

use std::sync::Arc;
use std::time::Duration;

use domain::config::Violation;
use domain::definition::DefinitionContent;
use domain::ids::ExecutorType;
use serde_json::{Map, Value};
use strategies::{
    Decision, MarketRef, OnRestart, StartPriceSource, Strategist, Strategy, built_in_strategies,
    default_strategy_definitions,
};

use crate::executor::{Executor, RunExecutor, StartContext, TickContext};

/// `arbitrage`, `pureMarketMaking` and `volume`.
pub fn built_in_executors() -> Vec<Arc<dyn Executor>> {
    built_in_strategies()
        .into_iter()
        .map(|strategy| Arc::new(StrategyExecutor(strategy)) as Arc<dyn Executor>)
        .collect()
}

#[derive(Debug)]
struct StrategyExecutor(Arc<dyn Strategy>);

impl Executor for StrategyExecutor {
    fn executor_type(&self) -> ExecutorType {
        self.0.executor_type()
    }

    fn template(&self) -> Option<DefinitionContent> {
        let defaults = default_strategy_definitions().into_iter();
        let mut contents = defaults.map(|default| default.described.1);
        contents.find(|content| content.executor_type == self.executor_type())
    }

    fn validate_config(
        &self,
        config: &Map<String, Value>,
        venues: &[String],
    ) -> Result<Vec<MarketRef>, Vec<Violation>> {
        Ok(self.0.validate_config(config, venues)?.markets())
    }

    fn start_price_source(
        &self,
        config: &Map<String, Value>,
    ) -> Result<StartPriceSource, Vec<Violation>> {
        Ok(self.0.parse(config)?.start_price_source())
    }

    fn markets(&self, config: &Map<String, Value>) -> Result<Vec<MarketRef>, Vec<Violation>> {
        Ok(self.0.parse(config)?.markets())
    }

    fn on_start(&self, context: &StartContext<'_>) -> Result<Box<dyn RunExecutor>, Vec<Violation>> {
        let strategist = self.0.parse(&context.run.config)?;
        Ok(Box::new(StrategistRun(strategist)))
    }
}

#[derive(Debug)]
struct StrategistRun(Box<dyn Strategist>);

impl RunExecutor for StrategistRun {
    fn cadence(&self) -> Duration {
        self.0.cadence()
    }

    fn markets(&self) -> Vec<MarketRef> {
        self.0.markets()
    }

    fn on_restart(&self) -> OnRestart {
        self.0.on_restart()
    }

    fn on_tick(&self, context: &TickContext<'_>) -> Decision {
        self.0.decide(context.market, context.own)
    }
}
