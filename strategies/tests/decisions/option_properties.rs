//! What holds for market making with any of its options, at any moment of a run.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::{CompletedOrder, History, PriceBand, Side};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use strategies::{Action, MarketRef, MarketSnapshot, OwnOrder, OwnState, TradingRules};

use crate::setup::{Market, PAIR, decimal, open_order, parsed, placed, says_why};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

fn numbers() -> [(&'static str, BoxedStrategy<Value>); 18] {
    let amount = || (0_u32..1_000).prop_map(|cents| json!(format!("{cents}e-2")));
    let fraction = || (0_u32..400).prop_map(|parts| json!(format!("{parts}e-3")));
    let seconds = || (0_u32..20).prop_map(|seconds| json!(seconds * 1_000));
    [
        ("bidSpread", fraction().boxed()),
        ("askSpread", fraction().boxed()),
        ("levelSpread", fraction().boxed()),
        ("minimumSpread", fraction().boxed()),
        ("makerFeeRate", fraction().boxed()),
        ("orderAmount", amount().boxed()),
        ("amountChangePerLayer", amount().boxed()),
        ("baseBudget", amount().boxed()),
        ("quoteBudget", amount().boxed()),
        ("bidOrderOptimizationDepth", amount().boxed()),
        ("askOrderOptimizationDepth", amount().boxed()),
        ("inventoryRangeMultiplier", amount().boxed()),
        ("hangingOrdersCancelPct", amount().boxed()),
        ("orderRefreshTolerancePct", amount().boxed()),
        ("orderRefreshTime", seconds().boxed()),
        ("filledOrderDelay", seconds().boxed()),
        ("maxOrderAge", seconds().boxed()),
        ("priceBandRefreshTime", seconds().boxed()),
    ]
}

fn config() -> impl Strategy<Value = Map<String, Value>> {
    let (names, values): (Vec<_>, Vec<_>) = numbers().into_iter().unzip();
    let given = prop::collection::vec(any::<bool>(), names.len());
    let source = prop::sample::select(vec!["mid_price", "last_own_trade", "inventory_cost"]);
    let rounding = prop::sample::select(vec!["own_favour", "down"]);
    let order = prop::sample::select(vec!["overlap", "cancel_first"]);
    (values, given, any::<[bool; 8]>(), source, rounding, order).prop_map(
        move |(values, given, flags, source, rounding, order)| {
            let mut config = Map::new();
            for ((name, value), given) in names.iter().zip(values).zip(given) {
                if given || name.ends_with("pread") || name.ends_with("Budget") {
                    config.insert((*name).to_owned(), value);
                }
            }
            config.entry("orderAmount").or_insert(json!(1));
            let [
                ping_pong,
                skew,
                costs,
                optimise,
                band,
                crossing,
                fill_up,
                given,
            ] = flags;
            let rest = json!({
                "pair": PAIR, "exchangeName": "binance", "numberOfLayers": 3,
                "priceSourceType": source, "priceRounding": rounding, "orderReplacement": order,
                "pingPongEnabled": ping_pong, "inventorySkewEnabled": skew,
                "addTransactionCosts": costs, "orderOptimizationEnabled": optimise,
                "movingPriceBandEnabled": band, "takeIfCrossed": crossing,
            });
            config.extend(rest.as_object().unwrap().clone());
            if given {
                config.insert("orderOverride".to_owned(), one_by_one());
            }
            if !given_timing(&config) {
                for name in RENEWS_TOGETHER {
                    config.remove(name);
                }
                config.insert("hangingOrdersEnabled".to_owned(), json!(fill_up));
            }
            config
        },
    )
}

const RENEWS_TOGETHER: [&str; 5] = [
    "orderReplacement",
    "minimumSpread",
    "filledOrderDelay",
    "maxOrderAge",
    "hangingOrdersCancelPct",
];

fn one_by_one() -> Value {
    json!([
        { "side": "buy", "spread": "0.02", "amount": 2 },
        { "side": "sell", "spread": "0.01", "amount": 3 },
        { "side": "buy", "spread": "0.01", "amount": "0.5" },
        { "side": "buy", "spread": "0.03", "amount": 1 },
        { "side": "buy", "spread": "0.04", "amount": 1 },
    ])
}

/// Half of the configurations renew slot by slot, as the original's do.
fn given_timing(config: &Map<String, Value>) -> bool {
    config.contains_key("orderRefreshTime")
}

fn market() -> impl Strategy<Value = MarketSnapshot> {
    (50_u32..200, 0_u32..10, 1_u32..30).prop_map(|(bid, gap, size)| {
        let level = |price: u32| format!("{price}x{size} ");
        let bids: String = (0..5).map(|away| level(bid - away)).collect();
        let asks: String = (0..5).map(|away| level(bid + gap + away)).collect();
        let mut market = Market::default().depth("binance", &bids, &asks).0;
        let rules = TradingRules {
            tick: Some(decimal("0.01")),
            lot: Some(decimal("0.001")),
            min_quantity: Some(decimal("0.05")),
            min_notional: Some(decimal("5")),
            ..TradingRules::default()
        };
        let at = MarketRef::new("binance", PAIR);
        market.rules.insert(at, Arc::new(rules));
        market
    })
}

fn orders() -> impl Strategy<Value = Vec<OwnOrder>> {
    prop::collection::btree_map((1_u32..4, any::<bool>()), (40_u32..210, 0_i64..40), 0..5).prop_map(
        |orders| {
            let order = |((layer, buys), (price, second)): ((u32, bool), (u32, i64))| {
                let side = if buys { Side::Buy } else { Side::Sell };
                let slot = format!("mm-layer-{layer}-{}", side.as_str());
                OwnOrder {
                    placed_at: at(second),
                    ..open_order(&slot, side, &price.to_string(), "1")
                }
            };
            orders.into_iter().map(order).collect()
        },
    )
}

fn history() -> impl Strategy<Value = History> {
    let completed = prop::collection::vec((1_u32..4, any::<bool>(), 0_i64..40, 0_i64..20), 0..4);
    let band = prop::option::of((40_i64..100, 0_i64..50));
    let (last, price) = (prop::option::of(0_i64..40), prop::option::of(40_i64..210));
    (completed, 0_u32..4, 0_u32..4, last, price, band).prop_map(
        |(completed, filled_buys, filled_sells, last, price, band)| {
            let order = |(layer, buys, placed, after): (u32, bool, i64, i64)| {
                let side = if buys { Side::Buy } else { Side::Sell };
                CompletedOrder {
                    slot: format!("mm-layer-{layer}-{}", side.as_str()),
                    side,
                    placed_at: at(placed),
                    completed_at: at(placed + after),
                }
            };
            let mut history = History::default();
            history.completed = completed.into_iter().map(order).collect();
            history.filled_buys = filled_buys;
            history.filled_sells = filled_sells;
            history.last_placed_at = last.map(at);
            history.last_trade_price = price.map(Into::into);
            history.band = band.map(|(floor, set)| PriceBand {
                floor: floor.into(),
                ceiling: (floor + 50).into(),
                set_at: at(set),
            });
            history
        },
    )
}

fn own() -> impl Strategy<Value = OwnState> {
    (orders(), history(), 0_i64..60, any::<bool>()).prop_map(
        |(live_orders, history, now, refill)| OwnState {
            live_orders,
            history,
            now: at(now),
            refill,
            ..OwnState::default()
        },
    )
}

proptest! {
    #[test]
    fn no_order_is_below_the_minimum_or_into_a_taken_slot(
        config in config(),
        market in market(),
        own in own(),
    ) {
        let decision = parsed("pureMarketMaking", &config).decide(&market, &own);
        // A cancellation is confirmed before its slot is filled again, or the gate refuses the order
        let cancelled = |order: &&OwnOrder| decision.actions.iter().any(|action| matches!(
            action,
            Action::Cancel { client_order_id, .. } if *client_order_id == order.client_order_id
        ));
        let stay = own.live_orders.iter().filter(|order| !cancelled(order));
        let mut taken: Vec<&str> = stay.map(|order| order.slot.as_str()).collect();
        for order in placed(&decision) {
            prop_assert!(*order.quantity.amount() >= decimal("0.05"));
            prop_assert!(order.price.notional(&order.quantity) >= decimal("5"));
            prop_assert_eq!(&order.price.amount().floor_to(&decimal("0.01")), order.price.amount());
            if order.slot.starts_with("mm-layer") {
                let free = !taken.contains(&order.slot.as_str());
                prop_assert!(free, "{} is taken", order.slot);
            }
            taken.push(&order.slot);
        }
    }

    #[test]
    fn quotes_do_not_cross_each_other_nor_the_book_when_they_must_not(
        config in config(),
        market in market(),
        own in own(),
    ) {
        let own = OwnState { live_orders: Vec::new(), ..own };
        let decision = parsed("pureMarketMaking", &config).decide(&market, &own);
        let (buys, sells): (Vec<_>, Vec<_>) =
            placed(&decision).into_iter().partition(|order| order.side == Side::Buy);
        let highest = buys.iter().map(|order| order.price.amount()).max();
        let lowest = sells.iter().map(|order| order.price.amount()).min();
        if let (Some(buy), Some(sell)) = (highest, lowest) {
            prop_assert!(sell >= buy, "sell {sell} below buy {buy}");
        }
        if config["takeIfCrossed"] == json!(false) {
            let book = &market.books[&MarketRef::new("binance", PAIR)];
            prop_assert!(highest.is_none_or(|buy| buy < book.best_ask().unwrap()));
            prop_assert!(lowest.is_none_or(|sell| sell > book.best_bid().unwrap()));
        }
    }

    #[test]
    fn a_decision_that_does_nothing_says_why(
        config in config(),
        market in market(),
        own in own(),
    ) {
        let decision = parsed("pureMarketMaking", &config).decide(&market, &own);
        prop_assert!(says_why(&decision), "{:?}", decision);
    }

    #[test]
    fn what_the_log_kept_decides_the_same_again(
        config in config(),
        market in market(),
        own in own(),
    ) {
        let decision = parsed("pureMarketMaking", &config).decide(&market, &own);
        let stored = serde_json::to_string(&own.history).unwrap();
        let again = OwnState { history: serde_json::from_str(&stored).unwrap(), ..own };
        let config = serde_json::from_str(&Value::Object(config).to_string()).unwrap();
        let decided = parsed("pureMarketMaking", &config).decide(&market, &again);
        prop_assert_eq!(decided, decision);
    }
}
