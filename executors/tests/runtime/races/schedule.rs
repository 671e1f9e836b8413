//! Two market makers on one exchange, and the processes that run them one after the other.

use std::sync::Arc;
use std::time::Duration;

use domain::ids::{ClientOrderId, StrategyKey};
use event_store::Position;
use executors::Runtime;
use executors::venue::{Venue, Venues};
use serde_json::json;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::agreement::assert_agreement;
use super::dice::Dice;
use super::race::Race;
use super::raced::{RacedLog, RacedVenue};
use crate::support::{Exchange, World, config, decimal};

const PMM: &str = "pureMarketMaking";

pub(super) struct Schedule {
    pub(super) world: Arc<World>,
    pub(super) dice: Dice,
    pub(super) keys: [StrategyKey; 2],
    /// Of the process that runs now.
    pub(super) process: Process,
    pub(super) now: i64,
    races: Vec<Arc<Race>>,
}

/// A process, and what it is seen to do.
pub(super) struct Process {
    /// `None` once it was left to run by the clock.
    runtime: Option<Runtime>,
    pub(super) race: Arc<Race>,
    pub(super) seen: Seen,
}

/// How much a process knows.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// How far it has read what is asked of the instances.
    pub(super) read: watch::Receiver<Position>,
    /// How many trades it was told of, and how many it has recorded.
    pub(super) told: watch::Receiver<usize>,
    pub(super) recorded: watch::Receiver<usize>,
}

impl Process {
    pub(super) async fn begin(world: &World) -> Self {
        let race = Arc::new(Race::default());
        let (read, read_so_far) = watch::channel(Position(0));
        let (told, told_so_far) = watch::channel(0);
        let (recorded, recorded_so_far) = watch::channel(0);
        let log = RacedLog {
            log: world.log.clone(),
            race: race.clone(),
            read,
            recorded,
        };
        let venue = |venue: &Arc<Exchange>, told| -> Arc<dyn Venue> {
            Arc::new(RacedVenue {
                venue: venue.clone(),
                race: race.clone(),
                told,
            })
        };
        let venues = [
            ("binance".to_owned(), venue(&world.binance, told)),
            ("mexc".to_owned(), venue(&world.mexc, watch::Sender::new(0))),
        ];
        let runtime = world.runtime_with(Arc::new(log), Venues::new(venues)).await;
        Self {
            runtime: Some(runtime),
            race,
            seen: Seen {
                read: read_so_far,
                told: told_so_far,
                recorded: recorded_so_far,
            },
        }
    }

    /// Does what is due now.
    pub(super) async fn step(&mut self, world: &World) {
        let runtime = self.runtime.as_mut().unwrap();
        runtime.step(world.clock_now()).await.unwrap();
    }

    /// Runs by the clock until something has happened, and ends as a process does that is asked to.
    async fn live_until(&mut self, happened: impl Future<Output = ()>) {
        let shutdown = CancellationToken::new();
        let runtime = self.runtime.take().unwrap();
        let life = tokio::spawn(runtime.run(shutdown.clone()));
        timeout(Duration::from_secs(30), happened).await.unwrap();
        shutdown.cancel();
        life.await.unwrap();
    }
}

impl Schedule {
    /// Both are started, and nothing has run yet.
    pub(super) async fn begin(mut dice: Dice) -> Self {
        let mut world = World::new().await;
        world.binance.replaces_at_once(dice.flip());
        // So often that processes also begin where another one saved
        world.settings.save_every = 7;
        // The interference takes its time, and is not what a venue is waited for
        world.settings.venue_timeout = Duration::from_mins(1);
        world.settings.tick = Duration::from_millis(1);
        let keys = [start(&world, "near").await, start(&world, "far").await];
        let process = Process::begin(&world).await;
        Self {
            races: vec![process.race.clone()],
            world: Arc::new(world),
            dice,
            keys,
            process,
            now: 0,
        }
    }

    pub(super) fn race(&self) -> &Race {
        &self.process.race
    }

    pub(super) async fn pass(&mut self, ms: i64) {
        self.now += ms;
        self.world.set_time(self.now);
        self.process.step(&self.world).await;
    }

    /// The market moves, so that every order is replaced; before that one of them may trade.
    pub(super) async fn refresh(&mut self) {
        if self.dice.between(0, 3) == 0 {
            self.trade();
        }
        let bid = self.dice.between(80, 120);
        self.quote(bid);
        let ms = self.dice.between(5000, 7000);
        self.pass(ms.into()).await;
    }

    /// The process runs by the clock until something has happened in it; then another one begins.
    pub(super) async fn live_until(&mut self, happened: impl Future<Output = ()>) {
        self.process.live_until(happened).await;
        self.replace().await;
    }

    pub(super) fn quote(&self, bid: u32) {
        let (bid, ask) = (bid.to_string(), (bid + 1).to_string());
        self.world.binance.quote(&bid, &ask);
    }

    fn trade(&mut self) {
        let open = self.world.binance.open();
        if open.is_empty() {
            return;
        }
        let which = self.dice.between(0, u32::try_from(open.len()).unwrap());
        let id = &open[usize::try_from(which).unwrap()]
            .request
            .client_order_id;
        let whole = self.dice.flip();
        trade(&self.world.binance, id, whole);
    }

    /// The process is gone, and another one begins.
    pub(super) async fn replace(&mut self) {
        let next = Process::begin(&self.world).await;
        drop(self.take_over(next));
    }

    /// The one before lives on for as long as whoever gets it keeps it.
    pub(super) fn take_over(&mut self, next: Process) -> Process {
        self.races.push(next.race.clone());
        std::mem::replace(&mut self.process, next)
    }

    /// Everything is stopped and has the time it needs; then venue and log must agree.
    pub(super) async fn rest(mut self) {
        for key in &self.keys {
            self.world.stop(key).await;
        }
        for _ in 0..30 {
            self.pass(2000).await;
            if self.is_over().await {
                break;
            }
        }
        // Also what was told last is recorded
        self.pass(2000).await;
        assert_agreement(&self.world, &self.keys).await;
        for race in &self.races {
            assert_eq!(race.seen(), [""; 0]);
        }
    }

    async fn is_over(&self) -> bool {
        for key in &self.keys {
            for run in 1..=self.world.runs(key).await {
                let execution = self.world.execution(key, run).await;
                if execution.is_open() {
                    return false;
                }
            }
        }
        true
    }
}

/// One of the two, also when it was stopped before.
pub(super) async fn start(world: &World, user: &str) -> StrategyKey {
    let changes = match user {
        "near" => json!({"bidSpread": 0.01, "askSpread": 0.01, "orderAmount": 1}),
        _ => json!({"bidSpread": 0.02, "askSpread": 0.005, "orderAmount": 2, "numberOfLayers": 2}),
    };
    let mut config = config(PMM, changes);
    config.insert("orderRefreshTime".to_owned(), json!(5000));
    world.start(user, PMM, config).await
}

/// An order trades in part or as a whole, if anything of it is left; says whether it did.
pub(super) fn trade(exchange: &Exchange, id: &ClientOrderId, whole: bool) -> bool {
    let mut orders = exchange.all();
    orders.retain(|order| order.request.client_order_id == *id && order.left().is_positive());
    let Some(order) = orders.first() else {
        return false;
    };
    let part = if whole { "1" } else { "0.5" };
    let quantity = &order.left() * &decimal(part);
    exchange.fill(id, &quantity.to_string());
    true
}
