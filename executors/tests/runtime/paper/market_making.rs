//! A market maker on paper.

use std::sync::Arc;

use domain::clock::Clock;
use domain::execution::Side;
use domain::money::Decimal;
use executors::venue::paper::{PaperLedger, PaperSettings, PaperVenue};
use executors::venue::{OrderAnswer, ReportedState, Venue};
use serde_json::json;

use super::{PAIR, Paper, filled};
use crate::support::config;

#[tokio::test]
async fn a_market_maker_on_paper_trades_and_its_log_agrees_with_the_venue() {
    let paper = Paper::new().await;
    let quotes = json!({
        "pair": PAIR, "bidSpread": 0.0005, "askSpread": 0.0005, "orderAmount": 20,
        "numberOfLayers": 2,
    });
    let pmm = "pureMarketMaking";
    let world = &paper.world;
    let key = world.start("u", pmm, config(pmm, quotes)).await;
    let runtime = async || {
        let path = world.dir.path().join("paper.sqlite");
        let ledger = PaperLedger::open(&path).await.unwrap();
        let clock: Arc<dyn Clock> = world.clock.clone();
        let venues = PaperVenue::all(&paper.market, &ledger, &clock, &PaperSettings::default());
        world.runtime_with(world.log.clone(), venues).await
    };
    let mut before = runtime().await;
    for tick in 0..120 {
        world.step(&mut before, tick * 5000).await;
    }
    drop(before);
    let mut after = runtime().await;
    for tick in 240..300 {
        world.step(&mut after, tick * 5000).await;
    }
    world.stop(&key).await;
    world.step(&mut after, 1_500_000).await;

    let execution = world.execution(&key, 1).await;
    assert!(execution.closed);
    assert!(execution.fills > 0, "ten minutes at five basis points");
    let venue = paper.venue("binance").await;
    let (mut base, mut fills) = (Decimal::zero(), 0);
    for event in world.events(&key, 1).await {
        let domain::execution::ExecutionEvent::OrderIntended(intent) = event else {
            continue;
        };
        let OrderAnswer::Known(report) = venue.order(PAIR, &intent.client_order_id).await else {
            continue;
        };
        assert_ne!(report.state, ReportedState::Open, "left at the venue");
        fills += report.fills.len() as u64;
        base = match intent.side {
            Side::Buy => &base + &filled(&report),
            Side::Sell => &base - &filled(&report),
        };
    }
    assert_eq!(execution.fills, fills);
    assert_eq!(execution.net_base, Some(base));
}
