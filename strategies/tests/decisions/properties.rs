//! What holds for any configuration and any market.

use domain::execution::{OrderState, Side};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use strategies::{Action, OwnOrder, OwnState};

use crate::setup::{Market, PAIR, decimal, open_order, placed, says_why, strategy};

/// Numbers as callers send them, from sensible to absurd, as JSON numbers and as text.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0_i64..200_000, 0_u32..5).prop_map(|(digits, places)| decimal_json(digits, places)),
        1 => (any::<i64>(), 0_u32..40).prop_map(|(digits, places)| decimal_json(digits, places)),
        1 => (-60_i32..=60).prop_map(|exponent| json!(format!("1e{exponent}"))),
        1 => Just(json!(0)),
    ]
}

fn decimal_json(digits: i64, places: u32) -> Value {
    serde_json::from_str(&format!("{digits}e-{places}")).unwrap()
}

fn price() -> impl Strategy<Value = String> {
    (1_i64..10_000_000, 0_u32..12).prop_map(|(digits, places)| format!("{digits}e-{places}"))
}

fn side() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((price(), price()), 0..4)
}

fn market() -> impl Strategy<Value = Market> {
    let levels = |levels: Vec<(String, String)>| {
        let levels = levels.into_iter();
        levels
            .map(|(price, quantity)| format!("{price}x{quantity}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    (side(), side(), side(), side(), price()).prop_map(move |(a, b, c, d, last)| {
        Market::default()
            .depth("binance", &levels(a), &levels(b))
            .depth("okx", &levels(c), &levels(d))
            .ticker("binance", &format!("{last}/-/-"))
    })
}

fn live_orders() -> impl Strategy<Value = Vec<OwnOrder>> {
    let state = prop_oneof![
        Just(OrderState::Open),
        Just(OrderState::Intended),
        Just(OrderState::Cancelling),
    ];
    prop::collection::vec((1_u32..5, any::<bool>(), price(), price(), state), 0..6).prop_map(
        |orders| {
            let order = |(layer, buys, price, quantity, state): (_, _, String, String, _)| {
                let side = if buys { Side::Buy } else { Side::Sell };
                let slot = format!("mm-layer-{layer}-{}", side.as_str());
                let order = open_order(&slot, side, &price, &quantity);
                OwnOrder { state, ..order }
            };
            orders.into_iter().map(order).collect()
        },
    )
}

fn config() -> impl Strategy<Value = Map<String, Value>> {
    let names = [
        "bidSpread",
        "askSpread",
        "orderAmount",
        "orderRefreshTime",
        "amountChangePerLayer",
        "ceilingPrice",
        "floorPrice",
        "makerHeavyBiasBps",
        "inventoryTargetBaseRatio",
        "inventorySkewFactor",
        "currentBaseRatio",
        "orderRefreshTolerancePct",
        "amountToTrade",
        "minProfitability",
        "checkIntervalSeconds",
        "maxOpenOrders",
        "exchangeAFeeRate",
        "incrementPercentage",
        "intervalTime",
        "tradeAmount",
        "numTrades",
        "pricePushRate",
    ];
    let numbers = prop::collection::vec(number(), names.len());
    let source = prop::sample::select(vec!["mid_price", "best_bid", "best_ask", "last_price"]);
    let change = prop::sample::select(vec!["fixed", "percentage"]);
    (numbers, 0_u32..8, source, change, any::<[bool; 2]>()).prop_map(
        move |(numbers, layers, source, change, [hanging, heavy])| {
            let mut config: Map<String, Value> =
                names.map(str::to_owned).into_iter().zip(numbers).collect();
            let rest = json!({
                "pair": PAIR, "symbol": PAIR, "exchangeName": "binance",
                "exchangeAName": "binance", "exchangeBName": "okx", "numberOfLayers": layers,
                "priceSourceType": source, "amountChangeType": change,
                "hangingOrdersEnabled": hanging, "makerHeavyMode": heavy,
            });
            config.extend(rest.as_object().unwrap().clone());
            config
        },
    )
}

fn own() -> impl Strategy<Value = OwnState> {
    let net_base = prop::option::of((-30_000_i64..30_000).prop_map(|cents| {
        let amount = format!("{cents}e-2");
        decimal(&amount)
    }));
    (live_orders(), 0_u32..50, any::<bool>(), net_base).prop_map(
        |(live_orders, executed_trades, refill, net_base)| OwnState {
            live_orders,
            executed_trades,
            refill,
            net_base,
            ..OwnState::default()
        },
    )
}

fn executor_type() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["arbitrage", "pureMarketMaking", "volume"])
}

proptest! {
    #[test]
    fn any_finite_input_is_decided_the_same_way_twice_and_can_be_recorded(
        executor_type in executor_type(),
        config in config(),
        market in market(),
        own in own(),
    ) {
        let strategist = strategy(executor_type).parse(&config).unwrap();
        let decision = strategist.decide(&market.0, &own);
        let again = strategy(executor_type).parse(&config).unwrap();
        prop_assert_eq!(&decision, &again.decide(&market.0, &own));
        for order in placed(&decision) {
            prop_assert!(order.price.amount().is_positive());
            prop_assert!(order.quantity.amount().is_positive());
            prop_assert!(order.price.amount().is_storable());
            prop_assert!(order.quantity.amount().is_storable());
            prop_assert!(order.basis.reference_price.is_storable());
            prop_assert!(order.basis.inputs.values().all(domain::money::Decimal::is_storable));
        }
    }

    #[test]
    fn a_decision_that_does_nothing_says_why(
        executor_type in executor_type(),
        config in config(),
        market in market(),
        own in own(),
    ) {
        let strategist = strategy(executor_type).parse(&config).unwrap();
        let decision = strategist.decide(&market.0, &own);
        prop_assert!(says_why(&decision), "{:?}", decision);
    }

    #[test]
    fn no_order_is_placed_into_a_slot_that_is_taken(
        config in config(),
        market in market(),
        own in own(),
    ) {
        let strategist = strategy("pureMarketMaking").parse(&config).unwrap();
        let decision = strategist.decide(&market.0, &own);
        let mut taken: Vec<&str> = own.live_orders.iter().map(|order| order.slot.as_str()).collect();
        for order in placed(&decision) {
            prop_assert!(!taken.contains(&order.slot.as_str()), "{} is taken", order.slot);
            taken.push(&order.slot);
        }
    }

    #[test]
    fn only_open_orders_are_cancelled_and_each_once(
        executor_type in executor_type(),
        config in config(),
        market in market(),
        live_orders in live_orders(),
    ) {
        let live_orders: Vec<OwnOrder> = live_orders
            .into_iter()
            .enumerate()
            .map(|(index, order)| OwnOrder {
                client_order_id: domain::ids::ClientOrderId::new(index.to_string()),
                ..order
            })
            .collect();
        let own = OwnState { live_orders, ..OwnState::default() };
        let strategist = strategy(executor_type).parse(&config).unwrap();
        let mut cancelled = Vec::new();
        for action in strategist.decide(&market.0, &own).actions {
            if let Action::Cancel { client_order_id, .. } = action {
                let order = own.live_orders.iter().find(|order| order.client_order_id == client_order_id);
                prop_assert_eq!(order.map(|order| order.state), Some(OrderState::Open));
                prop_assert!(!cancelled.contains(&client_order_id));
                cancelled.push(client_order_id);
            }
        }
    }

    #[test]
    fn sells_are_never_below_buys_without_skew(
        mut config in config(),
        market in market(),
        bid in 0_u32..3_000,
        ask in 0_u32..3_000,
    ) {
        config.insert("bidSpread".to_owned(), json!(format!("{bid}e-4")));
        config.insert("askSpread".to_owned(), json!(format!("{ask}e-4")));
        config.insert("inventorySkewFactor".to_owned(), json!(0));
        config.insert("makerHeavyMode".to_owned(), json!(false));
        let strategist = strategy("pureMarketMaking").parse(&config).unwrap();
        let decision = strategist.decide(&market.0, &OwnState::default());
        let (buys, sells): (Vec<_>, Vec<_>) =
            placed(&decision).into_iter().partition(|order| order.side == Side::Buy);
        let highest_buy = buys.iter().map(|order| &order.price).max();
        let lowest_sell = sells.iter().map(|order| &order.price).min();
        if let (Some(buy), Some(sell)) = (highest_buy, lowest_sell) {
            prop_assert!(sell >= buy, "sell {sell} below buy {buy}");
        }
    }
}
