//! What is pretended and what is real: a run trades as it began to, or not at all.

use std::sync::Arc;

use domain::Trading;
use domain::ids::StrategyKey;
use domain::instance::InstanceStatus;
use executors::Runtime;
use executors::venue::{Venue, Venues};
use serde_json::json;

use crate::support::{Exchange, World, config};

const PMM: &str = "pureMarketMaking";

/// The world's binance is the pretended one; this is the real one.
struct Real {
    world: World,
    binance: Arc<Exchange>,
}

impl Real {
    async fn new() -> Self {
        let world = World::new().await;
        let binance = Exchange::new("binance", world.clock.clone());
        binance.quote("100", "101");
        Self { world, binance }
    }

    async fn process(&self, trading: Trading) -> Runtime {
        let venue = |exchange: &Arc<Exchange>| exchange.clone() as Arc<dyn Venue>;
        let mut venues = Venues::new([
            ("binance".to_owned(), venue(&self.world.binance)),
            ("mexc".to_owned(), venue(&self.world.mexc)),
        ]);
        if trading != Trading::Paper {
            venues = venues.with_real("binance", trading, venue(&self.binance));
        }
        self.world
            .runtime_with(self.world.log.clone(), venues)
            .await
    }

    /// An instance that has quoted, and whose process is gone.
    async fn began(&self, trading: Trading) -> StrategyKey {
        let key = self.world.start("u", PMM, config(PMM, json!({}))).await;
        let mut runtime = self.process(trading).await;
        self.world.step(&mut runtime, 0).await;
        key
    }
}

#[tokio::test]
async fn a_run_on_paper_records_nothing_and_one_with_real_money_does() {
    for (trading, first) in [
        (Trading::Paper, "opened"),
        (Trading::Sandbox, "opened, sandbox on binance"),
        (Trading::Live, "opened, live on binance"),
    ] {
        let real = Real::new().await;
        let key = real.began(trading).await;
        assert_eq!(real.world.story(&key, 1).await[0], first);
        let (pretended, placed) = (real.world.binance.all(), real.binance.all());
        assert_eq!(pretended.is_empty(), trading != Trading::Paper);
        assert_eq!(placed.is_empty(), trading == Trading::Paper);
    }
}

#[tokio::test]
async fn a_run_that_began_on_paper_never_places_a_real_order() {
    for trading in [Trading::Live, Trading::Sandbox] {
        let real = Real::new().await;
        let key = real.began(Trading::Paper).await;
        assert!(!real.world.binance.open().is_empty());
        let mut runtime = real.process(trading).await;
        for ms in [10_000, 20_000, 30_000] {
            real.world.step(&mut runtime, ms).await;
        }
        assert_eq!(real.world.status(&key).await, InstanceStatus::Faulted);
        let reason = real.world.faults(&key).await.pop().unwrap();
        assert!(reason.contains("on paper"), "{reason}");
        assert!(reason.contains("stop it and start it again"), "{reason}");
        assert_eq!(
            real.binance.requests(),
            [],
            "nothing was asked for or placed there"
        );
        assert!(
            real.world.binance.open().is_empty(),
            "its orders went where they came from"
        );
        assert!(real.world.execution(&key, 1).await.closed);
        real.world.start("u", PMM, config(PMM, json!({}))).await;
        real.world.step(&mut runtime, 40_000).await;
        assert!(
            !real.binance.open().is_empty(),
            "a new run is a new decision"
        );
    }
}

#[tokio::test]
async fn the_orders_of_a_real_run_are_never_looked_for_on_paper() {
    let real = Real::new().await;
    let key = real.began(Trading::Live).await;
    let resting = real.binance.open_in_words();
    assert!(!resting.is_empty());
    for otherwise in [Trading::Paper, Trading::Sandbox] {
        let mut runtime = real.process(otherwise).await;
        for ms in [60_000, 120_000, 180_000] {
            real.world.step(&mut runtime, ms).await;
        }
        let execution = real.world.execution(&key, 1).await;
        assert!(!execution.closed, "its orders may still trade");
        assert_eq!(real.world.binance.requests(), []);
    }
    let reason = real.world.faults(&key).await.pop().unwrap();
    assert!(reason.contains("with real money"), "{reason}");
    let mut runtime = real.process(Trading::Live).await;
    for ms in [240_000, 300_000] {
        real.world.step(&mut runtime, ms).await;
    }
    assert!(real.binance.open().is_empty());
    assert!(real.world.execution(&key, 1).await.closed);
}

#[tokio::test]
async fn a_run_that_was_stopped_meanwhile_ends_where_it_began() {
    let real = Real::new().await;
    let key = real.began(Trading::Paper).await;
    real.world.stop(&key).await;
    let mut runtime = real.process(Trading::Live).await;
    for ms in [10_000, 20_000] {
        real.world.step(&mut runtime, ms).await;
    }
    assert!(real.world.execution(&key, 1).await.closed);
    assert!(real.world.binance.open().is_empty());
    assert_eq!(real.binance.requests(), []);
}
