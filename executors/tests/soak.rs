//! Memory stays flat however long instances run, stop and start again. A program of its own, because
//! it counts every byte that is allocated.
//!
//! `STRATEGOS_SOAK_MINUTES=30` lets so much time pass, as the instances see it.
#![expect(
    clippy::unwrap_used,
    reason = "a test's support code fails by panicking, as the test does"
)]
#![expect(
    clippy::print_stdout,
    reason = "whoever lets it run for long wants to see the figures"
)]

#[expect(
    dead_code,
    unused_imports,
    reason = "the runtime's tests use the rest of it"
)]
#[path = "runtime/support/mod.rs"]
mod support;

use std::sync::Arc;
use std::time::Duration;

use domain::clock::Clock;
use domain::ids::StrategyKey;
use executors::market::{MarketConfig, PaperMarket};
use executors::venue::Venues;
use executors::venue::paper::{PaperLedger, PaperSettings, PaperVenue};
use peak_alloc::PeakAlloc;
use serde_json::json;

use support::{World, config};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MINUTES: i64 = 5;
/// By then as many orders of each run have ended as are remembered of it.
const WARM_UP: i64 = 2;
const MAKERS: i64 = 4;
/// Every so many seconds another one is stopped, and started again.
const RESTART_EVERY: i64 = 10;
/// Hash maps double; a leak of some bytes per order would be many times this.
const ALLOWED_KIB: usize = 64;

#[tokio::test]
async fn memory_stays_flat_while_instances_trade_and_are_started_again() {
    let minutes = std::env::var("STRATEGOS_SOAK_MINUTES").ok();
    let minutes = minutes.map_or(MINUTES, |minutes| minutes.parse().unwrap());
    let mut world = World::new().await;
    world.settings.venue_timeout = Duration::from_mins(1);
    let venues = paper_venues(&world).await;
    let mut runtime = world.runtime_with(world.log.clone(), venues).await;
    for maker in 0..MAKERS {
        start(&world, maker).await;
    }
    let mut by_minute = vec![];
    for minute in 0..minutes {
        let mut least_in_minute = usize::MAX;
        for second in minute * 60..(minute + 1) * 60 {
            let at = second * 1000;
            world.step(&mut runtime, at).await;
            if second % RESTART_EVERY == 0 {
                let maker = second / RESTART_EVERY % MAKERS;
                world
                    .stop(&StrategyKey::new(format!("{maker}-c-{PMM}")))
                    .await;
                world.step(&mut runtime, at).await;
                start(&world, maker).await;
            }
            least_in_minute = least_in_minute.min(MEMORY.current_usage());
        }
        by_minute.push(least_in_minute / 1024);
    }
    let warm = by_minute[usize::try_from(WARM_UP).unwrap()];
    let end = *by_minute.last().unwrap();
    println!("KiB allocated at the least in each minute: {by_minute:?}");
    assert!(end < warm + ALLOWED_KIB, "{by_minute:?} KiB");
}

const PMM: &str = "pureMarketMaking";

async fn start(world: &World, maker: i64) {
    let quotes = json!({
        "pair": "WLD/USDT", "bidSpread": 0.0005, "askSpread": 0.0005, "orderAmount": 20,
        "orderRefreshTime": 1000, "numberOfLayers": 2,
    });
    world
        .start(&maker.to_string(), PMM, config(PMM, quotes))
        .await;
}

async fn paper_venues(world: &World) -> Venues {
    let epoch = world.set_time(0);
    let market = Arc::new(PaperMarket::try_new(MarketConfig::new(7, epoch)).unwrap());
    let ledger = PaperLedger::open(&world.dir.path().join("paper.sqlite"))
        .await
        .unwrap();
    let clock: Arc<dyn Clock> = world.clock.clone();
    PaperVenue::all(&market, &ledger, &clock, &PaperSettings::default())
}
