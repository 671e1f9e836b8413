//! A backtest is a run like any other, but for its clock.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::ids::{ClientId, ExecutorType, UserId};
use domain::instance::{LaunchRequest, plan_direct_launch};
use domain::money::Decimal;
use executors::backtest::{Backtest, BacktestError, BacktestReport};
use executors::market::{MarketConfig, TradeSource, recorded_from};
use executors::venue::paper::PaperSettings;
use executors::{RuntimeSettings, StrategyExecutorRegistry, built_in_executors};
use serde_json::{Value, json};

use crate::support::{Unchecked, config};

const PMM: &str = "pureMarketMaking";

fn backtest(changes: Value) -> Backtest {
    backtest_of(PMM, changes)
}

fn backtest_of(executor_type: &str, changes: Value) -> Backtest {
    let venues = vec!["binance".to_owned(), "mexc".to_owned()];
    let registry = StrategyExecutorRegistry::try_new(built_in_executors(), venues).unwrap();
    let registry = Arc::new(registry);
    let request = LaunchRequest {
        user_id: Some(UserId::new("u")),
        client_id: Some(ClientId::new("c")),
        market_making_order_id: None,
        overrides: Value::Object(config(executor_type, changes)),
    };
    let plan = plan_direct_launch(
        &ExecutorType::new(executor_type),
        request,
        &Unchecked(registry.clone()),
    );
    let plan = plan.unwrap();
    Backtest {
        plan,
        registry,
        market: MarketConfig {
            loop_recorded: false,
            ..MarketConfig::new(1, recorded_from())
        },
        paper: PaperSettings::default(),
        runtime: RuntimeSettings::default(),
        from: TimeDelta::minutes(30),
        length: TimeDelta::minutes(10),
        step: TimeDelta::seconds(5),
    }
}

fn near() -> Value {
    json!({
        "pair": "WLD/USDT", "bidSpread": 0.0005, "askSpread": 0.0005,
        "orderAmount": 20, "orderRefreshTime": 10_000, "numberOfLayers": 1,
    })
}

async fn run(backtest: Backtest) -> BacktestReport {
    backtest.run(|_| {}).await.unwrap()
}

#[tokio::test]
async fn the_same_question_gets_the_same_answer() {
    let (one, other) = (run(backtest(near())).await, run(backtest(near())).await);
    assert_eq!(one, other);
    assert!(one.orders.filled > 0, "{:?}", one.orders);
    let another = Backtest {
        from: TimeDelta::hours(30),
        ..backtest(near())
    };
    assert_ne!(one.trades, run(another).await.trades);
}

#[tokio::test]
async fn profit_is_what_was_received_less_what_was_spent_with_what_is_held() {
    let report = run(backtest(near())).await;
    let market = &report.markets[0];
    let (mut cash, mut inventory) = (Decimal::zero(), Decimal::zero());
    for trade in &report.trades {
        let value = &trade.price * &trade.quantity;
        let buys = trade.side == domain::execution::Side::Buy;
        cash = if buys { &cash - &value } else { &cash + &value };
        inventory = if buys {
            &inventory + &trade.quantity
        } else {
            &inventory - &trade.quantity
        };
    }
    assert_eq!(inventory, market.inventory);
    let gross = &cash + &(&inventory * &market.last_price);
    assert_eq!(report.profit, &gross - &report.fees);
    let parts = &(&report.realised + &report.unrealised) - &report.fees;
    assert_eq!(report.profit, parts);
    assert_eq!(market.trades, report.trades.len() as u64);
}

#[tokio::test]
async fn trades_that_are_told_when_the_data_has_ended_count() {
    // A pair that takes what is there at every step, the last one too
    let always = json!({
        "pair": "WLD/USDT", "amountToTrade": 20, "minProfitability": -0.1, "maxOpenOrders": 9,
        "checkIntervalSeconds": 5,
    });
    let short = Backtest {
        length: TimeDelta::minutes(1),
        ..backtest_of("arbitrage", always)
    };
    let report = run(short).await;
    assert!(report.orders.filled > 2, "{:?}", report.orders);
    let counted: u64 = report.markets.iter().map(|market| market.trades).sum();
    assert_eq!(counted, report.trades.len() as u64);
}

#[tokio::test]
async fn every_order_comes_to_an_end_and_the_quotes_are_there() {
    let report = run(backtest(near())).await;
    let orders = &report.orders;
    assert!(orders.placed > 20);
    assert!(orders.placed <= orders.filled + orders.cancelled + orders.rejected);
    assert!(
        report.both_sides_quoted.unwrap() > 0.8,
        "{:?}",
        report.both_sides_quoted
    );
    assert_eq!(report.equity.len(), 121);
    assert_eq!(report.until - report.from, TimeDelta::minutes(10));
    assert_eq!(report.ended_early, None);
}

#[tokio::test]
async fn made_up_trades_serve_as_well() {
    let mut backtest = backtest(near());
    let generated = [("WLD/USDT".to_owned(), TradeSource::Generated)];
    backtest.market.trades = generated.into_iter().collect();
    let report = run(backtest).await;
    assert!(report.orders.placed > 0);
}

#[tokio::test]
async fn progress_is_told_to_the_end() {
    let mut seen = Vec::new();
    let short = Backtest {
        length: TimeDelta::seconds(20),
        ..backtest(near())
    };
    short
        .run(|progress| seen.push((progress.done, progress.of)))
        .await
        .unwrap();
    assert_eq!(seen, [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]);
}

#[tokio::test]
async fn what_no_market_has_is_said() {
    let strange = json!({ "pair": "no pair", "numberOfLayers": 1 });
    let refused = backtest(strange).run(|_| {}).await.unwrap_err();
    assert!(
        matches!(refused, BacktestError::NoMarket { .. }),
        "{refused:?}"
    );
}
