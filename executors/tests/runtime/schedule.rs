//! When runs get their ticks, and that one does not spoil another's.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use domain::config::Violation;
use domain::ids::ExecutorType;
use executors::executor::{Executor, RunExecutor, StartContext, TickContext};
use serde_json::{Map, Value, json};
use strategies::{Decision, MarketRef, StartPriceSource};
use tokio_util::sync::CancellationToken;

use crate::support::{Script, World, config};

const PMM: &str = "pureMarketMaking";

/// Counts its ticks and panics at each.
#[derive(Debug, Clone, Default)]
struct Faulty(Arc<AtomicU32>);

impl Executor for Faulty {
    fn executor_type(&self) -> ExecutorType {
        ExecutorType::new("faulty")
    }

    fn validate_config(
        &self,
        _: &Map<String, Value>,
        _: &[String],
    ) -> Result<Vec<MarketRef>, Vec<Violation>> {
        Ok(vec![])
    }

    fn start_price_source(
        &self,
        _: &Map<String, Value>,
    ) -> Result<StartPriceSource, Vec<Violation>> {
        Ok(StartPriceSource::MidPrice(MarketRef::new(
            "binance", "ETH/USDT",
        )))
    }

    fn markets(&self, _: &Map<String, Value>) -> Result<Vec<MarketRef>, Vec<Violation>> {
        Ok(vec![])
    }

    fn on_start(&self, _: &StartContext<'_>) -> Result<Box<dyn RunExecutor>, Vec<Violation>> {
        Ok(Box::new(self.clone()))
    }
}

impl RunExecutor for Faulty {
    fn cadence(&self) -> Duration {
        Duration::from_secs(2)
    }

    fn markets(&self) -> Vec<MarketRef> {
        vec![]
    }

    fn on_tick(&self, _: &TickContext<'_>) -> Decision {
        let tick = self.0.fetch_add(1, Ordering::SeqCst);
        panic!("tick {tick}");
    }
}

#[tokio::test]
async fn a_failing_instance_fails_alone_and_keeps_its_cadence() {
    let mut world = World::new().await;
    let faulty = Faulty::default();
    world.also_runs(Arc::new(faulty.clone()));
    let failing = world.start("a", "faulty", Map::new()).await;
    let fine = world.start("b", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    for second in 0..5 {
        world.step(&mut runtime, second * 1000).await;
    }
    assert_eq!(faulty.0.load(Ordering::SeqCst), 3, "at 0, 2 and 4 s");
    assert_eq!(
        world.story(&failing, 1).await,
        [
            "opened",
            "skipped: the executor failed: tick 0",
            "skipped: the executor failed: tick 1",
            "skipped: the executor failed: tick 2",
        ]
    );
    assert_eq!(world.execution(&fine, 1).await.live_orders.len(), 2);
}

#[tokio::test]
async fn late_ticks_run_once_and_stay_in_phase() {
    let mut world = World::new().await;
    let faulty = Faulty::default();
    world.also_runs(Arc::new(faulty.clone()));
    world.start("a", "faulty", Map::new()).await;
    let mut runtime = world.runtime().await;
    let ticks = || faulty.0.load(Ordering::SeqCst);
    world.step(&mut runtime, 0).await;
    assert_eq!(ticks(), 1);
    // Eight and a half seconds late: one tick, not four
    world.step(&mut runtime, 8500).await;
    assert_eq!(ticks(), 2);
    world.step(&mut runtime, 9900).await;
    assert_eq!(ticks(), 2);
    world.step(&mut runtime, 10_000).await;
    assert_eq!(ticks(), 3);
}

#[tokio::test]
async fn a_hanging_order_delays_only_its_own_run() {
    let mut world = World::new().await;
    world.settings.concurrency = 8;
    world.binance.next_place(Script::Hang);
    let hanging = world.start("a", PMM, config(PMM, json!({}))).await;
    let fine = world.start("b", PMM, config(PMM, json!({}))).await;
    let mut runtime = world.runtime().await;
    world.step(&mut runtime, 0).await;
    assert_eq!(world.execution(&fine, 1).await.live_orders.len(), 2);
    let story = world.story(&fine, 1).await;
    assert_eq!(story.last().unwrap(), "acknowledged");
    // One of its orders is in doubt, the other is not
    let story = world.story(&hanging, 1).await;
    let known = story.iter().filter(|line| *line == "acknowledged").count();
    assert_eq!(known, 1, "{story:?}");
}

#[tokio::test]
async fn runs_by_the_clock_until_it_is_told_to_stop_and_leaves_orders_as_they_are() {
    let mut world = World::new().await;
    world.settings.tick = Duration::from_millis(5);
    let key = world.start("u", PMM, config(PMM, json!({}))).await;
    let shutdown = CancellationToken::new();
    let runtime = world.runtime().await;
    let running = tokio::spawn(runtime.run(shutdown.clone()));
    let mut wake_ups = world.log.wake_ups();
    while world.execution(&key, 1).await.live_orders.len() < 2 {
        wake_ups.changed().await.unwrap();
    }
    shutdown.cancel();
    running.await.unwrap();
    assert_eq!(world.binance.open().len(), 2);
    let mut next = world.runtime().await;
    assert_ne!(next.position().0, 0, "it need not read the start again");
    world.step(&mut next, 1000).await;
    assert!(world.story(&key, 1).await.contains(&"resumed 2".to_owned()));
}
