//! From the first step to the report.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::Execution;
use domain::instance::{LaunchPlan, Run};
use domain::money::Decimal;
use strategies::MarketRef;

use super::count::Counted;
use super::error::BacktestError;
use super::report::BacktestReport;
use super::totals::Totals;
use super::watch::Watch;
use super::world::{FIRST_RUN, World};
use crate::executor::StartContext;
use crate::market::MarketConfig;
use crate::registry::StrategyExecutorRegistry;
use crate::runtime::RuntimeSettings;
use crate::venue::paper::PaperSettings;

/// What is to be tried.
#[derive(Debug, Clone)]
pub struct Backtest {
    pub plan: LaunchPlan,
    pub registry: Arc<StrategyExecutorRegistry>,
    /// Its epoch is where the data begins.
    pub market: MarketConfig,
    pub paper: PaperSettings,
    pub runtime: RuntimeSettings,
    /// Into the data.
    pub from: TimeDelta,
    pub length: TimeDelta,
    /// Between two looks of the runtime; a server's is a second.
    pub step: TimeDelta,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub of: u64,
}

impl Backtest {
    /// `tell` hears of every step.
    pub async fn run(
        self,
        mut tell: impl FnMut(Progress),
    ) -> Result<BacktestReport, BacktestError> {
        let start = self.market.epoch + self.from;
        let steps = steps(self.length, self.step);
        let mut world = World::make(&self, start).await?;
        let places = self.places(start)?;
        world.start(&places, start).await?;
        let market = world.market.clone();
        let mut watch = Watch::new(&market, &places, steps);
        let mut now = start;
        let mut execution = Execution::default();
        for step in 0..=steps {
            now = start + self.step * i32::try_from(step).unwrap_or(i32::MAX);
            execution = world.step(now).await?;
            watch.look(&execution, now);
            tell(Progress {
                done: step as u64,
                of: steps as u64,
            });
            if execution.closed {
                break;
            }
            if !execution.is_open() {
                world.refuse_fault().await?;
            }
        }
        let ended_early = execution.closed;
        execution = world.end(now).await?;
        watch.measure(&execution, now);
        let counted = Counted::of(world.log.as_ref()).await?;
        let totals = Totals::of(&execution.ledger);
        let profit = watch.profit(&execution, now);
        Ok(BacktestReport {
            from: start,
            until: now,
            step_seconds: self.step.as_seconds_f64(),
            unrealised: &(&profit - &totals.realised) + &totals.fees,
            profit,
            realised: totals.realised,
            fees: totals.fees,
            other_fees: totals.other_fees,
            volume: totals.volume,
            max_drawdown: watch.max_drawdown.clone(),
            both_sides_quoted: watch.both_sides_quoted(),
            orders: counted.orders,
            markets: watch.markets(&execution, now),
            skipped: counted.skipped,
            ended_early: counted.closed.filter(|_| ended_early),
            equity: watch.equity,
            trades: counted.trades,
        })
    }

    /// The markets that the strategy will look at.
    fn places(&self, now: DateTime<Utc>) -> Result<Vec<MarketRef>, BacktestError> {
        let plan = &self.plan;
        let unknown = || BacktestError::NoExecutor(plan.executor_type.to_string());
        let executor = self
            .registry
            .find(&plan.executor_type)
            .ok_or_else(unknown)?;
        let run = Run {
            number: FIRST_RUN,
            user_id: plan.user_id.clone(),
            client_id: plan.client_id.clone(),
            strategy_type: plan.strategy_type.clone(),
            executor_type: plan.executor_type.clone(),
            definition: plan.definition.clone(),
            config: plan.config.clone(),
            market_making_order_id: plan.market_making_order_id.clone(),
            start_price: Decimal::one(),
            started_at: now,
        };
        let context = StartContext {
            strategy_key: &plan.strategy_key,
            run: &run,
        };
        let started = executor.on_start(&context);
        Ok(started.map_err(BacktestError::Configuration)?.markets())
    }
}

fn steps(length: TimeDelta, step: TimeDelta) -> usize {
    let steps = length.num_milliseconds() / step.num_milliseconds().max(1);
    usize::try_from(steps).unwrap_or(0)
}
