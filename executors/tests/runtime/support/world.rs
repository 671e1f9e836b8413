//! Everything around a runtime that stays when the runtime goes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::Aggregate;
use domain::ExecutorCatalogue;
use domain::clock::Clock;
use domain::event::Event;
use domain::execution::{Execution, ExecutionCommand, ExecutionEvent, ExecutionId, SkipTick};
use domain::ids::{ClientId, ExecutorType, StrategyKey, UserId};
use domain::instance::{
    DefinitionPin, Instance, InstanceCommand, InstanceEvent, InstanceStatus, LaunchPlan,
    LaunchRequest, StartInstance, StopInstance, StopMode, plan_direct_launch,
};
use domain::money::Decimal;
use event_store::{Actor, CommandGateway, EventLog, Loaded, Metadata, Role, Source, StreamName};
use executors::venue::{Venue, Venues};
use executors::{
    Executor, GuardMeasures, Ownership, Runtime, RuntimeParts, RuntimeSettings,
    StrategyExecutorRegistry, built_in_executors,
};
use serde_json::{Map, Value};
use strategies::default_strategy_definitions;
use tempfile::TempDir;
use uuid::Uuid;

use super::{Exchange, Fuse, FusedLog, FusedVenue, Unchecked};

pub(crate) fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A seed's default configuration with some members changed.
pub(crate) fn config(executor_type: &str, changes: Value) -> Map<String, Value> {
    let seed = default_strategy_definitions()
        .into_iter()
        .find(|seed| seed.content.executor_type.as_str() == executor_type)
        .unwrap();
    let mut config = seed.content.default_config;
    match changes {
        Value::Object(changes) => config.extend(changes),
        other => panic!("{other} has no members"),
    }
    config
}

/// Stands still until a test moves it.
#[derive(Debug)]
pub(crate) struct MovedClock(Mutex<DateTime<Utc>>);

impl Clock for MovedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) dir: TempDir,
    pub(crate) clock: Arc<MovedClock>,
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) binance: Arc<Exchange>,
    pub(crate) mexc: Arc<Exchange>,
    executors: Vec<Arc<dyn Executor>>,
    pub(crate) settings: RuntimeSettings,
    pub(crate) measures: GuardMeasures,
    /// Of the newest process.
    claim: Mutex<Arc<Claim>>,
}

/// Whether a process may take runs up: the newest may.
#[derive(Debug)]
struct Claim(AtomicBool);

#[async_trait]
impl Ownership for Claim {
    async fn is_ours(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

impl World {
    /// Both exchanges quote 100 / 101; the time is 0 ms.
    pub(crate) async fn new() -> Self {
        let clock = Arc::new(MovedClock(Mutex::new(at(0))));
        let dir = TempDir::new().unwrap();
        let log = open_log(&dir, &clock).await;
        let (binance, mexc) = (
            Exchange::new("binance", clock.clone()),
            Exchange::new("mexc", clock.clone()),
        );
        binance.quote("100", "101");
        mexc.quote("100", "101");
        Self {
            dir,
            clock,
            log,
            binance,
            mexc,
            executors: built_in_executors(),
            settings: RuntimeSettings {
                // Short: some venues here never answer
                venue_timeout: Duration::from_millis(200),
                concurrency: 1,
                ..RuntimeSettings::default()
            },
            measures: GuardMeasures::default(),
            claim: Mutex::new(Arc::new(Claim(AtomicBool::new(false)))),
        }
    }

    pub(crate) fn also_runs(&mut self, executor: Arc<dyn Executor>) {
        self.executors.push(executor);
    }

    pub(crate) fn registry(&self) -> Arc<StrategyExecutorRegistry> {
        let venues = vec!["binance".to_owned(), "mexc".to_owned()];
        Arc::new(StrategyExecutorRegistry::try_new(self.executors.clone(), venues).unwrap())
    }

    pub(crate) async fn runtime(&self) -> Runtime {
        self.runtime_on(self.log.clone()).await
    }

    pub(crate) async fn runtime_on(&self, log: Arc<dyn EventLog>) -> Runtime {
        let venues: [Arc<dyn Venue>; 2] = [self.binance.clone(), self.mexc.clone()];
        self.runtime_over(log, venues).await
    }

    /// A runtime that dies when the fuse blows; its log is opened anew, as a new process would.
    pub(crate) async fn fused_runtime(&self, fuse: &Arc<Fuse>) -> Runtime {
        let log = Arc::new(FusedLog {
            log: open_log(&self.dir, &self.clock).await,
            fuse: fuse.clone(),
            unreadable: AtomicBool::new(false),
        });
        let venue = |venue: &Arc<Exchange>| -> Arc<dyn Venue> {
            Arc::new(FusedVenue {
                venue: venue.clone(),
                fuse: fuse.clone(),
            })
        };
        let venues = [venue(&self.binance), venue(&self.mexc)];
        self.runtime_over(log, venues).await
    }

    async fn runtime_over(&self, log: Arc<dyn EventLog>, venues: [Arc<dyn Venue>; 2]) -> Runtime {
        let names = ["binance".to_owned(), "mexc".to_owned()];
        self.runtime_with(log, Venues::new(names.into_iter().zip(venues)))
            .await
    }

    pub(crate) async fn runtime_with(&self, log: Arc<dyn EventLog>, venues: Venues) -> Runtime {
        let parts = RuntimeParts {
            log,
            registry: self.registry(),
            venues: Arc::new(venues),
            clock: self.clock.clone(),
            ownership: self.next_claim(),
            measures: self.measures.clone(),
            settings: self.settings.clone(),
        };
        Runtime::open(parts).await.unwrap()
    }

    fn next_claim(&self) -> Arc<dyn Ownership> {
        let next = Arc::new(Claim(AtomicBool::new(true)));
        let before = std::mem::replace(&mut *self.claim.lock().unwrap(), next.clone());
        before.0.store(false, Ordering::SeqCst);
        next
    }

    /// Moves the clock.
    pub(crate) fn set_time(&self, ms: i64) -> DateTime<Utc> {
        *self.clock.0.lock().unwrap() = at(ms);
        at(ms)
    }

    /// Moves the clock and lets the runtime do what is due.
    pub(crate) async fn step(&self, runtime: &mut Runtime, ms: i64) {
        let now = self.set_time(ms);
        runtime.step(now).await.unwrap();
    }

    pub(crate) fn clock_now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) async fn start(
        &self,
        user: &str,
        executor_type: &str,
        config: Map<String, Value>,
    ) -> StrategyKey {
        self.start_on(None, user, executor_type, config).await
    }

    pub(crate) async fn start_on(
        &self,
        definition: Option<DefinitionPin>,
        user: &str,
        executor_type: &str,
        config: Map<String, Value>,
    ) -> StrategyKey {
        let catalogue = Unchecked(self.registry());
        let request = LaunchRequest {
            user_id: Some(UserId::new(user)),
            client_id: Some(ClientId::new("c")),
            market_making_order_id: None,
            overrides: Value::Object(config),
        };
        let executor_type = ExecutorType::new(executor_type);
        let plan = plan_direct_launch(&executor_type, request, &catalogue).unwrap();
        let plan = LaunchPlan { definition, ..plan };
        let key = plan.strategy_key.clone();
        let start = StartInstance {
            plan,
            start_price: Some(decimal("100.5")),
            started_at: self.clock.now(),
        };
        self.command(&key, InstanceCommand::Start(Box::new(start)))
            .await;
        key
    }

    pub(crate) async fn stop(&self, key: &StrategyKey) {
        self.stop_as(key, StopMode::Cancel).await;
    }

    pub(crate) async fn stop_as(&self, key: &StrategyKey, mode: StopMode) {
        let stop = StopInstance {
            reason: Some("enough".to_owned()),
            only_run: None,
            mode,
            stopped_at: self.clock.now(),
        };
        self.command(key, InstanceCommand::Stop(stop)).await;
    }

    pub(crate) async fn command(&self, key: &StrategyKey, command: InstanceCommand) {
        let metadata = Metadata::new(
            Actor::new("tester", Role::Operator),
            Source::Rest,
            Uuid::nil(),
        )
        .because("a test");
        self.instances()
            .execute(key.as_str(), command, metadata)
            .await
            .unwrap();
    }

    /// Writes to a run's stream, as another process might.
    pub(crate) async fn skip_tick(&self, key: &StrategyKey, run: u32, reason: &str) {
        let skip = ExecutionCommand::SkipTick(SkipTick {
            reason: reason.to_owned(),
            tick_at: self.clock.now(),
        });
        let actor = Actor::new("tester", Role::System);
        let metadata = Metadata::new(actor, Source::Executor, Uuid::nil());
        CommandGateway::<Execution>::new(self.log.clone(), ())
            .execute(ExecutionId::of(key, run).as_str(), skip, metadata)
            .await
            .unwrap();
    }

    pub(crate) async fn status(&self, key: &StrategyKey) -> InstanceStatus {
        let loaded = self.instances().load(key.as_str()).await.unwrap();
        loaded.aggregate.known().unwrap().status
    }

    /// How often it was started.
    pub(crate) async fn runs(&self, key: &StrategyKey) -> u32 {
        let loaded = self.instances().load(key.as_str()).await.unwrap();
        loaded.aggregate.known().map_or(0, |known| known.runs)
    }

    pub(crate) async fn execution(&self, key: &StrategyKey, run: u32) -> Execution {
        let gateway = CommandGateway::<Execution>::new(self.log.clone(), ());
        let id = ExecutionId::of(key, run);
        let Loaded { aggregate, .. } = gateway.load(id.as_str()).await.unwrap();
        aggregate
    }

    pub(crate) async fn events(&self, key: &StrategyKey, run: u32) -> Vec<ExecutionEvent> {
        let id = ExecutionId::of(key, run);
        let stream = StreamName::new(Execution::TYPE, id.as_str());
        let recorded = self.log.load(&stream, 0, 100_000).await.unwrap();
        let events = recorded.iter().map(|event| match event.decode().unwrap() {
            Event::Execution(event) => event,
            other => panic!("{other:?} in an execution's stream"),
        });
        events.collect()
    }

    /// The run's history in words: `intended volume-0 buy 100.3995`, `closed`.
    pub(crate) async fn story(&self, key: &StrategyKey, run: u32) -> Vec<String> {
        self.events(key, run).await.iter().map(in_words).collect()
    }

    /// Why the instance was faulted, each time.
    pub(crate) async fn faults(&self, key: &StrategyKey) -> Vec<String> {
        let stream = StreamName::new(Instance::TYPE, key.as_str());
        let recorded = self.log.load(&stream, 0, 100_000).await.unwrap();
        let reasons = recorded
            .iter()
            .filter_map(|event| match event.decode().unwrap() {
                Event::Instance(InstanceEvent::InstanceFaulted { reason, .. }) => Some(reason),
                _ => None,
            });
        reasons.collect()
    }

    fn instances(&self) -> CommandGateway<Instance> {
        let catalogue: Arc<dyn ExecutorCatalogue> = self.registry();
        CommandGateway::new(self.log.clone(), catalogue)
    }
}

fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_750_000_000_000).unwrap() + TimeDelta::milliseconds(ms)
}

async fn open_log(dir: &TempDir, clock: &Arc<MovedClock>) -> Arc<dyn EventLog> {
    let url = format!("sqlite:{}", dir.path().join("log.sqlite").display());
    event_store::open(&url, clock.clone()).await.unwrap()
}

fn in_words(event: &ExecutionEvent) -> String {
    match event {
        ExecutionEvent::ExecutionOpened { trading, .. } => {
            let real = trading.iter();
            let real = real.map(|(exchange, how)| format!(", {} on {exchange}", how.as_str()));
            format!("opened{}", real.collect::<String>())
        }
        ExecutionEvent::ExecutionResumed { open_orders, .. } => format!("resumed {open_orders}"),
        ExecutionEvent::OrderIntended(intent) => format!(
            "intended {} {} {}",
            intent.slot,
            intent.side.as_str(),
            intent.price
        ),
        ExecutionEvent::OrderAcknowledged { .. } => "acknowledged".to_owned(),
        ExecutionEvent::OrderRejected { reason, .. } => format!("rejected: {reason}"),
        ExecutionEvent::CancelIntended { reason, .. } => format!("cancelling: {reason}"),
        ExecutionEvent::OrderCancelled { .. } => "cancelled".to_owned(),
        ExecutionEvent::OrderFilled(fill) => format!("filled {}", fill.quantity),
        ExecutionEvent::TickSkipped { reason, .. } => format!("skipped: {reason}"),
        ExecutionEvent::PositionMarked { price, .. } => format!("marked {price}"),
        ExecutionEvent::PriceBandMeasured(band) => {
            format!("band {} to {}", band.floor, band.ceiling)
        }
        ExecutionEvent::ExecutionClosed { reason, .. } => format!("closed: {reason}"),
    }
}
