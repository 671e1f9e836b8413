//! How long market making takes to decide, five layers a side, as each due tick of a run asks it:
//! with nothing placed, with every quote still right, and with the market moved away; with what the
//! original could be told, with inventory skew alone, and with several options.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use domain::execution::OrderState;
use domain::ids::{ClientOrderId, ExecutorType};
use domain::money::Decimal;
use hdrhistogram::Histogram;
use serde_json::{Map, Value, json};
use strategies::{
    Action, Book, Decision, Level, MarketRef, MarketSnapshot, OwnOrder, OwnState, Strategist,
    TradingRules, built_in_strategies,
};

const LAYERS: usize = 5;
/// Levels a side of the book it looks at.
const DEPTH: u32 = 20;
const DECISIONS: u32 = 50_000;
const WARM_UP: u32 = 1_000;

pub(crate) fn measure() {
    println!("\n### One decision of market making, {LAYERS} layers a side\n");
    println!("| | p50 / p99 µs | mean µs |\n| --- | ---: | ---: |");
    let strategist = market_making(&[ORIGINALS]);
    let market = market(1_000);
    let nothing = OwnState::default();
    line("nothing placed yet", &*strategist, &market, &nothing);
    let placed = placed(&strategist.decide(&market, &nothing));
    assert_eq!(
        placed.live_orders.len(),
        2 * LAYERS,
        "a quote per layer and side"
    );
    line("every quote is kept", &*strategist, &market, &placed);
    line(
        "every quote is replaced",
        &*strategist,
        &self::market(1_100),
        &placed,
    );
    let skewed = market_making(&[SKEW]);
    line(
        "inventory skew alone: nothing placed yet",
        &*skewed,
        &market,
        &nothing,
    );
    assert_eq!(
        self::placed(&skewed.decide(&market, &nothing))
            .live_orders
            .len(),
        2 * LAYERS,
        "the skew drops no quote"
    );
    let strategist = market_making(&[ORIGINALS, SKEW, OPTIONS]);
    line(
        "the same with options: nothing placed yet",
        &*strategist,
        &market,
        &nothing,
    );
    let placed = self::placed(&strategist.decide(&market, &nothing));
    assert_eq!(
        placed.live_orders.len(),
        2 * LAYERS,
        "the options drop no quote"
    );
    line(
        "the same with options: every quote is kept",
        &*strategist,
        &market,
        &placed,
    );
}

/// All that the original had for a quote's size and distance.
const ORIGINALS: &str = r#"{
    "amountChangePerLayer": 10, "amountChangeType": "percentage", "ceilingPrice": 5000,
    "floorPrice": 10, "makerHeavyMode": true, "makerHeavyBiasBps": 2,
    "inventoryTargetBaseRatio": 0.5, "currentBaseRatio": 0.55, "inventorySkewFactor": 0.001
}"#;

/// Skew measured against a budget.
const SKEW: &str = r#"{ "inventorySkewEnabled": true, "baseBudget": 100, "quoteBudget": 100000 }"#;

/// Levels, a wider skew, costs, optimisation, and no quotes that take.
const OPTIONS: &str = r#"{
    "levelSpread": 0.0005, "inventoryRangeMultiplier": 5, "addTransactionCosts": true,
    "makerFeeRate": 0.0002, "orderOptimizationEnabled": true, "bidOrderOptimizationDepth": 5,
    "askOrderOptimizationDepth": 5, "takeIfCrossed": false
}"#;

fn line(label: &str, strategist: &dyn Strategist, market: &MarketSnapshot, own: &OwnState) {
    for _ in 0..WARM_UP {
        black_box(strategist.decide(black_box(market), black_box(own)));
    }
    let mut nanoseconds = Histogram::<u64>::new(3).expect("three digits are allowed");
    for _ in 0..DECISIONS {
        let begun = Instant::now();
        black_box(strategist.decide(black_box(market), black_box(own)));
        let taken = u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX);
        nanoseconds
            .record(taken)
            .expect("an auto-resizing histogram takes any value");
    }
    let microseconds = |nanoseconds: u64| nanoseconds as f64 / 1e3;
    println!(
        "| {label} | {:.1} / {:.1} | {:.1} |",
        microseconds(nanoseconds.value_at_quantile(0.5)),
        microseconds(nanoseconds.value_at_quantile(0.99)),
        nanoseconds.mean() / 1e3,
    );
}

fn market_making(options: &[&str]) -> Box<dyn Strategist> {
    let config = json!({
        "userId": "u", "clientId": "c", "exchangeName": "binance", "pair": "ETH/USDT",
        "bidSpread": 0.001, "askSpread": 0.001, "orderAmount": 0.5, "orderRefreshTime": 1000,
        "numberOfLayers": LAYERS, "priceSourceType": "mid_price",
    });
    let Value::Object(mut config) = config else {
        unreachable!("written as an object above")
    };
    for options in options {
        let options: Map<String, Value> = serde_json::from_str(options).expect("an object");
        config.extend(options);
    }
    let wanted = ExecutorType::new("pureMarketMaking");
    let strategies = built_in_strategies();
    let strategy = strategies.iter().find(|one| one.executor_type() == wanted);
    let strategy = strategy.expect("market making is built in");
    strategy
        .parse(&config)
        .expect("the configuration is complete")
}

/// A book around a price, with the venue's rules.
fn market(mid: u32) -> MarketSnapshot {
    let at = MarketRef::new("binance", "ETH/USDT");
    let side = |price: fn(u32, u32) -> u32| {
        let levels = (1..=DEPTH).map(|away| Level {
            price: Decimal::from(i64::from(price(mid, away))),
            quantity: Decimal::from(10),
        });
        levels.collect()
    };
    let book = Book {
        bids: side(|mid, away| mid - away),
        asks: side(|mid, away| mid + away),
        at: None,
    };
    let step = |text: &str| Some(text.parse().expect("a decimal"));
    let rules = TradingRules {
        tick: step("0.01"),
        lot: step("0.0001"),
        min_quantity: step("0.0001"),
        min_notional: step("5"),
        ..TradingRules::default()
    };
    let mut market = MarketSnapshot::default();
    market.books.insert(at.clone(), Arc::new(book));
    market.rules.insert(at, Arc::new(rules));
    market
}

/// What the run holds once every order of a decision is on the book.
fn placed(decision: &Decision) -> OwnState {
    let orders = decision.actions.iter().filter_map(|action| match action {
        Action::Place(order) => Some(OwnOrder {
            client_order_id: ClientOrderId::new(format!("id-of-{}", order.slot)),
            slot: order.slot.clone(),
            exchange: order.exchange.clone(),
            pair: order.pair.clone(),
            side: order.side,
            price: order.price.clone(),
            quantity: order.quantity.clone(),
            remaining: order.quantity.amount().clone(),
            state: OrderState::Open,
            placed_at: OwnState::default().now,
        }),
        Action::Cancel { .. } | Action::Stop { .. } => None,
    });
    OwnState {
        live_orders: orders.collect(),
        ..OwnState::default()
    }
}
