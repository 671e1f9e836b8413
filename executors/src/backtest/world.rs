//! The world of one backtest, which nobody else sees: a log, a venue and a clock of its own.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::ExecutorCatalogue;
use domain::clock::Clock;
use domain::event::{Event, aggregate_type};
use domain::execution::{Execution, ExecutionId};
use domain::instance::{
    Instance, InstanceCommand, InstanceEvent, InstanceStatus, LaunchPlan, StartInstance,
    StopInstance, StopMode,
};
use domain::money::Decimal;
use event_store::{Actor, CommandGateway, EventLog, Metadata, Role, Source, StreamName};
use strategies::MarketRef;
use uuid::Uuid;

use super::clock::SteppedClock;
use super::error::BacktestError;
use super::run::Backtest;
use crate::market::PaperMarket;
use crate::ownership::Alone;
use crate::runtime::{GuardMeasures, Runtime, RuntimeParts, RuntimeSettings};
use crate::venue::paper::{PaperLedger, PaperVenue};

pub(super) const FIRST_RUN: u32 = 1;
/// Steps that an end may take until no order is left.
const LAST_STEPS: usize = 60;
/// A backtest's instance starts and ends once.
const LIFECYCLE_EVENTS: usize = 16;

pub(super) struct World {
    pub(super) log: Arc<dyn EventLog>,
    pub(super) market: Arc<PaperMarket>,
    plan: LaunchPlan,
    step: TimeDelta,
    id: ExecutionId,
    clock: Arc<SteppedClock>,
    instances: CommandGateway<Instance>,
    executions: CommandGateway<Execution>,
    runtime: Runtime,
    /// Goes when the world does.
    _folder: tempfile::TempDir,
}

impl World {
    pub(super) async fn make(
        backtest: &Backtest,
        start: DateTime<Utc>,
    ) -> Result<Self, BacktestError> {
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
            ownership: Arc::new(Alone),
            measures: GuardMeasures::default(),
            clock: shared,
            settings: RuntimeSettings {
                // One at a time: the same events in the same order, whatever the machine does
                concurrency: 1,
                ..backtest.runtime.clone()
            },
        });
        let catalogue: Arc<dyn ExecutorCatalogue> = backtest.registry.clone();
        Ok(Self {
            plan: backtest.plan.clone(),
            step: backtest.step,
            id: ExecutionId::of(&backtest.plan.strategy_key, FIRST_RUN),
            _folder: folder,
            clock,
            market,
            instances: CommandGateway::new(log.clone(), catalogue),
            executions: CommandGateway::new(log.clone(), ()),
            runtime: runtime.await?,
            log,
        })
    }

    /// The first market's price is the one that the instance is started at.
    pub(super) async fn start(
        &self,
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
            plan: self.plan.clone(),
            start_price: Some(first),
            started_at: now,
        }));
        let key = self.plan.strategy_key.as_str();
        self.instances.execute(key, start, metadata()).await?;
        Ok(())
    }

    /// Lets the runtime do what is due, and answers what has become of the run.
    pub(super) async fn step(&mut self, now: DateTime<Utc>) -> Result<Execution, BacktestError> {
        self.clock.set(now);
        self.runtime.step(now).await?;
        Ok(self.executions.load(self.id.as_str()).await?.aggregate)
    }

    /// A run that its executor could not take up will not do anything more.
    pub(super) async fn refuse_fault(&self) -> Result<(), BacktestError> {
        let key = self.plan.strategy_key.as_str();
        let instance = self.instances.load(key).await?;
        let known = instance.aggregate.known();
        if known.is_none_or(|known| known.status == InstanceStatus::Running) {
            return Ok(());
        }
        let stream = StreamName::new(aggregate_type::INSTANCE, key);
        for recorded in self.log.load(&stream, 0, LIFECYCLE_EVENTS).await? {
            if let Event::Instance(InstanceEvent::InstanceFaulted { reason, .. }) =
                recorded.decode()?
            {
                return Err(BacktestError::Faulted(reason));
            }
        }
        Ok(())
    }

    /// Takes the orders off, so that each of them is counted with its end; answers what the run came to,
    /// with the trades that were told only then.
    pub(super) async fn end(&mut self, mut now: DateTime<Utc>) -> Result<Execution, BacktestError> {
        let stop = InstanceCommand::Stop(StopInstance {
            reason: Some("the data ended".to_owned()),
            only_run: Some(FIRST_RUN),
            mode: StopMode::Cancel,
            stopped_at: now,
        });
        let key = self.plan.strategy_key.as_str();
        self.instances.execute(key, stop, metadata()).await?;
        let mut execution = self.step(now).await?;
        for _ in 1..LAST_STEPS {
            if execution.closed {
                break;
            }
            now += self.step;
            execution = self.step(now).await?;
        }
        Ok(execution)
    }
}

fn metadata() -> Metadata {
    let actor = Actor::new("backtest", Role::System);
    Metadata::new(actor, Source::CommandLine, Uuid::nil()).because("a backtest")
}
