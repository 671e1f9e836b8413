//! Options of market making that meet each other, or other values while the run goes on.

use chrono::{DateTime, TimeDelta};
use domain::execution::{CompletedOrder, Side};
use serde_json::{Map, Value, json};
use strategies::{Decision, OwnState, Strategist};

use crate::setup::{
    Market, PAIR, actions, carried_out, object, orders, parsed, placed, says_why, strategy, with,
};

fn config(changes: Value) -> Map<String, Value> {
    let base = json!({
        "pair": PAIR, "exchangeName": "binance", "bidSpread": 0.01, "askSpread": 0.01,
        "orderAmount": 1, "orderRefreshTime": 5000, "numberOfLayers": 1,
    });
    with(base, changes)
}

fn maker(changes: Value) -> Box<dyn Strategist> {
    parsed("pureMarketMaking", &config(changes))
}

fn at_100() -> Market {
    Market::default().book("binance", "99.9/100.1")
}

fn quoted(changes: Value) -> String {
    let decision = maker(changes).decide(&at_100().0, &OwnState::default());
    orders(&decision).replace(" binance", "")
}

fn one_by_one() -> Value {
    json!([
        { "side": "buy", "spread": 0.02, "amount": 1 },
        { "side": "buy", "spread": 0.01, "amount": 1 },
        { "side": "sell", "spread": 0.03, "amount": 1 },
    ])
}

#[test]
fn filling_up_places_every_order_that_is_given_one_by_one() {
    let config = json!({
        "hangingOrdersEnabled": true, "numberOfLayers": null, "orderOverride": one_by_one(),
    });
    assert_eq!(quoted(config.clone()), "buy 99 @1, sell 103 @1, buy 98 @1");
    let maker = maker(config);
    let own = OwnState::default();
    let own = carried_out(own.clone(), &maker.decide(&at_100().0, &own));
    let kept = maker.decide(&at_100().0, &own);
    assert_eq!(actions(&kept), "");
    assert!(says_why(&kept));
}

#[test]
fn ping_pong_leaves_out_the_nearest_however_the_orders_are_listed() {
    let maker = maker(json!({ "pingPongEnabled": true, "orderOverride": one_by_one() }));
    let mut own = OwnState::default();
    own.history.filled_buys = 1;
    let decision = maker.decide(&at_100().0, &own);
    assert_eq!(orders(&decision), "sell binance 103 @1, buy binance 98 @1");
}

#[test]
fn optimised_layers_keep_their_distances_where_no_layer_spread_says_another() {
    let optimised = |more: Value| {
        let market = Market::default().depth("binance", "96x5 90x5", "104x5 110x5");
        let mut config = object(json!({
            "numberOfLayers": 2, "orderOptimizationEnabled": true, "bidSpread": 0.02, "askSpread": 0.02,
        }));
        config.extend(object(more));
        let decision = maker(Value::Object(config)).decide(&market.0, &OwnState::default());
        orders(&decision).replace(" binance", "")
    };
    assert_eq!(
        optimised(json!({})),
        "buy 96 @1, sell 104 @1, buy 94 @1, sell 106 @1"
    );
    assert_eq!(
        optimised(json!({ "levelSpread": 0.01 })),
        "buy 96 @1, sell 104 @1, buy 95.04 @1, sell 105.04 @1"
    );
    assert_eq!(
        optimised(json!({ "levelSpread": 0.01, "orderOverride": one_by_one() })),
        "buy 96 @1, sell 104 @1, buy 95 @1"
    );
}

#[test]
fn skew_counts_the_orders_that_are_given_where_there_are_no_layers() {
    let skewed = json!({
        "numberOfLayers": null, "orderOverride": one_by_one(), "inventorySkewEnabled": true,
        "baseBudget": 50, "quoteBudget": 5000,
    });
    assert_eq!(quoted(skewed), "buy 99 @1, sell 103 @1, buy 98 @1");
}

#[test]
fn what_is_only_filled_up_is_not_told_when_to_be_renewed() {
    let refused = |changes: Value| {
        let venues = ["binance".to_owned()];
        let refused = strategy("pureMarketMaking").validate_config(&config(changes), &venues);
        let violations = refused.err().unwrap_or_default();
        let told = violations.iter().map(|violation| violation.message.clone());
        told.collect::<Vec<_>>()
    };
    for (field, value) in [
        ("refreshTogether", json!(true)),
        ("orderReplacement", json!("overlap")),
        ("filledOrderDelay", json!(0)),
        ("minimumSpread", json!(0.001)),
        ("maxOrderAge", json!(1000)),
        ("hangingOrdersCancelPct", json!(1)),
    ] {
        let why = "with hangingOrdersEnabled quotes are never renewed";
        let told = format!("Config must not have a member {field}: {why}");
        assert_eq!(
            refused(json!({ "hangingOrdersEnabled": true, (field): value })),
            [told]
        );
        assert!(refused(json!({ (field): value })).is_empty());
    }
    let off = json!({ "hangingOrdersEnabled": true, "refreshTogether": false, "maxOrderAge": 0 });
    assert!(refused(off).is_empty());
}

#[test]
fn other_distances_of_the_moving_bounds_hold_at_once() {
    let band = |changes: Value, own: &OwnState| maker(changes).decide(&at_100().0, own).band;
    let moving = |more: Value| {
        let mut config = object(json!({ "movingPriceBandEnabled": true }));
        config.extend(object(more));
        Value::Object(config)
    };
    let mut own = OwnState::default();
    own.history.band = band(moving(json!({})), &own);
    assert_eq!(band(moving(json!({})), &own), None, "measured a moment ago");
    for (more, bounds) in [
        (json!({ "priceFloorPct": -5 }), "95 to 101"),
        (json!({ "priceCeilingPct": "1.00001" }), "99 to 101.00001"),
    ] {
        let measured = band(moving(more), &own).unwrap();
        assert_eq!(
            format!("{} to {}", measured.floor, measured.ceiling),
            bounds
        );
    }
}

/// Quotes that are due, a tick after everything stood.
fn due(before: Value, after: Value) -> Decision {
    let own = OwnState::default();
    let mut own = carried_out(own.clone(), &maker(before).decide(&at_100().0, &own));
    own.history.last_placed_at = Some(DateTime::UNIX_EPOCH);
    own.now = DateTime::UNIX_EPOCH + TimeDelta::seconds(6);
    maker(after).decide(&at_100().0, &own)
}

#[test]
fn another_amount_is_no_quote_that_stays() {
    let tolerant = |more: Value| {
        let mut config = object(json!({ "refreshTogether": true, "orderRefreshTolerancePct": 1 }));
        config.extend(object(more));
        Value::Object(config)
    };
    assert_eq!(actions(&due(tolerant(json!({})), tolerant(json!({})))), "");
    let more = due(tolerant(json!({})), tolerant(json!({ "orderAmount": 2 })));
    assert_eq!(
        actions(&more),
        "cancel id-of-mm-layer-1-buy-99, cancel id-of-mm-layer-1-sell-101"
    );
    let budget = |quote: u32| tolerant(json!({ "baseBudget": 5, "quoteBudget": quote }));
    assert_eq!(
        actions(&due(budget(500), budget(50))),
        "",
        "it shifts sizes"
    );
}

#[test]
fn a_renewed_hanging_order_may_take_as_the_others_do() {
    let hanging = json!({
        "hangingOrdersCancelPct": 50, "maxOrderAge": 10_000, "takeIfCrossed": true,
        "filledOrderDelay": 100_000,
    });
    let maker = maker(hanging);
    let own = OwnState::default();
    let mut own = carried_out(own.clone(), &maker.decide(&at_100().0, &own));
    let buy = own.live_orders.remove(0);
    own.history.last_placed_at = Some(DateTime::UNIX_EPOCH);
    own.history.completed.push(CompletedOrder {
        slot: buy.slot,
        side: Side::Buy,
        placed_at: DateTime::UNIX_EPOCH,
        completed_at: DateTime::UNIX_EPOCH + TimeDelta::seconds(1),
    });
    own.now = DateTime::UNIX_EPOCH + TimeDelta::seconds(200);
    let decision = maker.decide(&at_100().0, &own);
    let renewed = placed(&decision);
    let renewed = renewed
        .iter()
        .find(|order| order.slot.starts_with("mm-hanging"));
    assert!(!renewed.unwrap().post_only, "{decision:?}");
}
