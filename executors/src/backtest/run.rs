//! From the first step to the report.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ExecutorCatalogue;
use domain::clock::Clock;
use domain::event::{Event, aggregate_type};
use domain::execution::{Execution, ExecutionId};
use domain::instance::{
    Instance, InstanceCommand, InstanceEvent, InstanceStatus, LaunchPlan, Run, StartInstance,
    StopInstance,
};
use domain::money::Decimal;
use event_store::{Actor, CommandGateway, EventLog, Metadata, Role, Source, StreamName};
use strategies::MarketRef;
use uuid::Uuid;

use super::clock::SteppedClock;
use super::count::Counted;
use super::error::BacktestError;
use super::report::BacktestReport;
use super::watch::Watch;
use crate::executor::StartContext;
use crate::market::{MarketConfig, PaperMarket};
use crate::registry::StrategyExecutorRegistry;
use crate::runtime::{Runtime, RuntimeParts, RuntimeSettings};
use crate::venue::paper::{PaperLedger, PaperSettings, PaperVenue};

const FIRST_RUN: u32 = 1;
/// Steps that an end may take until no order is left.
const LAST_STEPS: i32 = 60;
/// A backtest's instance starts and ends once.
const LIFECYCLE_EVENTS: usize = 16;

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

/// The world of one backtest, which nobody else sees.
struct World {
    _folder: tempfile::TempDir,
    clock: Arc<SteppedClock>,
    log: Arc<dyn EventLog>,
    market: Arc<PaperMarket>,
    instances: CommandGateway<Instance>,
    executions: CommandGateway<Execution>,
    runtime: Runtime,
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
        world.start(&self, &places, start).await?;
        let market = world.market.clone();
        let mut watch = Watch::new(&market, &places, steps);
        let id = ExecutionId::of(&self.plan.strategy_key, FIRST_RUN);
        let mut now = start;
        let mut done = 0;
        for step in 0..=steps {
            now = start + self.step * i32::try_from(step).unwrap_or(i32::MAX);
            world.step(now).await?;
            let execution = world.executions.load(id.as_str()).await?.aggregate;
            watch.look(&execution, now);
            done = step as u64;
            tell(Progress {
                done,
                of: steps as u64,
            });
            if execution.closed {
                break;
            }
            world.refuse_fault(&self.plan).await?;
        }
        let execution = world.executions.load(id.as_str()).await?.aggregate;
        let ended_early = execution.closed && done < steps as u64;
        let (until, markets) = (now, watch.markets(&execution, now));
        let profit = watch.profit(&execution, now);
        world.end(&self, &id, now).await?;
        let counted = Counted::of(world.log.as_ref()).await?;
        let positions = &execution.ledger.positions;
        let sum = |of: fn(&domain::execution::Position) -> Decimal| {
            positions
                .iter()
                .fold(Decimal::zero(), |sum, p| &sum + &of(p))
        };
        let realised = sum(|position| position.realised.clone());
        let fees = sum(|position| position.fees.clone());
        let mut other_fees = std::collections::BTreeMap::new();
        for (coin, fee) in positions.iter().flat_map(|position| &position.other_fees) {
            let paid = other_fees.entry(coin.clone()).or_insert_with(Decimal::zero);
            *paid = &*paid + fee;
        }
        Ok(BacktestReport {
            from: start,
            until,
            step_seconds: self.step.as_seconds_f64(),
            unrealised: &(&profit - &realised) + &fees,
            profit,
            realised,
            fees,
            other_fees,
            volume: sum(|position| position.volume()),
            max_drawdown: watch.max_drawdown.clone(),
            both_sides_quoted: watch.both_sides_quoted(),
            orders: counted.orders,
            markets,
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

impl World {
    async fn make(backtest: &Backtest, start: DateTime<Utc>) -> Result<Self, BacktestError> {
        let folder = tempfile::tempdir()?;
        let clock = Arc::new(SteppedClock::at(start));
        let url = format!("sqlite:{}", folder.path().join("log.sqlite").display());
        let log = event_store::open(&url, clock.clone()).await?;
        let market = Arc::new(PaperMarket::try_new(backtest.market.clone())?);
        let ledger = PaperLedger::open(&folder.path().join("venue.sqlite")).await?;
        let shared: Arc<dyn Clock> = clock.clone();
        let venues = PaperVenue::all(&market, &ledger, &shared, &backtest.paper);
        let runtime = Runtime::open(RuntimeParts {
            log: log.clone(),
            registry: backtest.registry.clone(),
            venues: Arc::new(venues),
            clock: shared,
            settings: RuntimeSettings {
                // One at a time: the same events in the same order, whatever the machine does
                concurrency: 1,
                ..backtest.runtime.clone()
            },
        });
        let catalogue: Arc<dyn ExecutorCatalogue> = backtest.registry.clone();
        Ok(Self {
            _folder: folder,
            clock,
            market,
            instances: CommandGateway::new(log.clone(), catalogue),
            executions: CommandGateway::new(log.clone(), ()),
            runtime: runtime.await?,
            log,
        })
    }

    async fn start(
        &self,
        backtest: &Backtest,
        places: &[MarketRef],
        now: DateTime<Utc>,
    ) -> Result<(), BacktestError> {
        let mut first = Decimal::one();
        for place in places.iter().rev() {
            let price = self.market.price_at(&place.exchange, &place.pair, now);
            first = price.ok_or_else(|| BacktestError::NoMarket {
                exchange: place.exchange.clone(),
                pair: place.pair.clone(),
            })?;
        }
        let start = InstanceCommand::Start(Box::new(StartInstance {
            plan: backtest.plan.clone(),
            start_price: Some(first),
            started_at: now,
        }));
        let key = backtest.plan.strategy_key.as_str();
        self.instances.execute(key, start, metadata()).await?;
        Ok(())
    }

    async fn step(&mut self, now: DateTime<Utc>) -> Result<(), BacktestError> {
        self.clock.set(now);
        Ok(self.runtime.step(now).await?)
    }

    /// A run that its executor could not take up will not do anything more.
    async fn refuse_fault(&self, plan: &LaunchPlan) -> Result<(), BacktestError> {
        let instance = self.instances.load(plan.strategy_key.as_str()).await?;
        let known = instance.aggregate.known();
        if known.is_none_or(|known| known.status == InstanceStatus::Running) {
            return Ok(());
        }
        let stream = StreamName::new(aggregate_type::INSTANCE, plan.strategy_key.as_str());
        for recorded in self.log.load(&stream, 0, LIFECYCLE_EVENTS).await? {
            if let Event::Instance(InstanceEvent::InstanceFaulted { reason, .. }) =
                recorded.decode()?
            {
                return Err(BacktestError::Faulted(reason));
            }
        }
        Ok(())
    }

    /// Takes the orders off, so that each of them is counted with its end.
    async fn end(
        &mut self,
        backtest: &Backtest,
        id: &ExecutionId,
        mut now: DateTime<Utc>,
    ) -> Result<(), BacktestError> {
        let stop = InstanceCommand::Stop(StopInstance {
            reason: Some("the data ended".to_owned()),
            only_run: Some(FIRST_RUN),
            stopped_at: now,
        });
        let key = backtest.plan.strategy_key.as_str();
        self.instances.execute(key, stop, metadata()).await?;
        for _ in 0..LAST_STEPS {
            self.step(now).await?;
            if self.executions.load(id.as_str()).await?.aggregate.closed {
                break;
            }
            now += backtest.step;
        }
        Ok(())
    }
}

fn metadata() -> Metadata {
    let actor = Actor::new("backtest", Role::System);
    Metadata::new(actor, Source::CommandLine, Uuid::nil()).because("a backtest")
}

fn steps(length: TimeDelta, step: TimeDelta) -> usize {
    let steps = length.num_milliseconds() / step.num_milliseconds().max(1);
    usize::try_from(steps).unwrap_or(0)
}
