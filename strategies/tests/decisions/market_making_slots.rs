//! How a market maker's live orders follow its quotes.

use std::sync::Arc;

use domain::execution::{OrderState, Side};
use serde_json::{Value, json};
use strategies::{Decision, MarketRef, OwnOrder, OwnState, Strategist, TradingRules};

use crate::setup::{
    Market, PAIR, actions, carried_out, decimal, open_order, orders, own, parsed, with,
};

fn maker(changes: Value) -> Box<dyn Strategist> {
    let config = json!({
        "pair": PAIR, "exchangeName": "binance", "bidSpread": 0.01, "askSpread": 0.01,
        "orderAmount": 1, "numberOfLayers": 1,
    });
    parsed("pureMarketMaking", &with(config, changes))
}

fn at(mid: &str) -> Market {
    Market::default().book("binance", &format!("{mid}/{mid}"))
}

fn pair_around_100() -> Vec<OwnOrder> {
    vec![
        open_order("mm-layer-1-buy", Side::Buy, "99", "1"),
        open_order("mm-layer-1-sell", Side::Sell, "101", "1"),
    ]
}

#[test]
fn quotes_that_stay_the_same_keep_their_place() {
    let decision = maker(json!({})).decide(&at("100").0, &own(pair_around_100()));
    assert_eq!(decision, kept());
}

fn kept() -> Decision {
    Decision {
        idle: Some("the quotes stay as they are"),
        ..Decision::default()
    }
}

#[test]
fn a_partly_filled_quote_keeps_its_place() {
    let mut live = pair_around_100();
    live[0].remaining = decimal("0.1");
    assert_eq!(maker(json!({})).decide(&at("100").0, &own(live)), kept());
}

#[test]
fn moved_quotes_are_cancelled_first_and_placed_once_their_slots_are_free() {
    let maker = maker(json!({}));
    let own = own(pair_around_100());
    let moved = at("110");
    let first = maker.decide(&moved.0, &own);
    assert_eq!(
        actions(&first),
        "cancel id-of-mm-layer-1-buy, cancel id-of-mm-layer-1-sell"
    );
    assert!(first.unfinished);

    let mut own = carried_out(own, &first);
    own.refill = true;
    let second = maker.decide(&moved.0, &own);
    assert_eq!(
        actions(&second),
        "place mm-layer-1-buy 108.9, place mm-layer-1-sell 111.1"
    );
    assert!(!second.unfinished);
}

#[test]
fn while_a_cancellation_is_not_confirmed_its_slot_is_taken() {
    let mut live = pair_around_100();
    live[0].state = OrderState::Cancelling;
    let mut own = own(live);
    own.refill = true;
    let decision = maker(json!({})).decide(&at("110").0, &own);
    assert_eq!(actions(&decision), "");
    assert!(decision.unfinished);
    assert_eq!(
        decision.idle,
        Some("quotes wait for slots that are being freed")
    );
}

#[test]
fn an_order_the_venue_may_not_have_yet_is_left_alone() {
    let mut live = pair_around_100();
    live[0].state = OrderState::Intended;
    let decision = maker(json!({})).decide(&at("110").0, &own(live));
    assert_eq!(actions(&decision), "cancel id-of-mm-layer-1-sell");
}

#[test]
fn a_refill_cancels_nothing() {
    let mut own = own(pair_around_100().split_off(1));
    own.refill = true;
    let decision = maker(json!({})).decide(&at("110").0, &own);
    assert_eq!(actions(&decision), "place mm-layer-1-buy 108.9");
}

#[test]
fn within_the_tolerance_nothing_is_replaced() {
    let tolerant = maker(json!({ "orderRefreshTolerancePct": 0.5 }));
    let own = own(pair_around_100());
    assert_eq!(actions(&tolerant.decide(&at("100.5").0, &own)), "");
    assert_eq!(
        actions(&tolerant.decide(&at("100.51").0, &own)),
        "cancel id-of-mm-layer-1-buy, cancel id-of-mm-layer-1-sell"
    );
    let larger = maker(json!({ "orderRefreshTolerancePct": 0.5, "orderAmount": 2 }));
    assert_eq!(
        actions(&larger.decide(&at("100").0, &own)),
        "cancel id-of-mm-layer-1-buy, cancel id-of-mm-layer-1-sell"
    );
}

#[test]
fn a_side_that_is_no_longer_quoted_is_taken_off_the_book() {
    let bounded = maker(json!({ "ceilingPrice": 99 }));
    let decision = bounded.decide(&at("100").0, &own(pair_around_100()));
    assert_eq!(actions(&decision), "cancel id-of-mm-layer-1-buy");
    assert!(!decision.unfinished, "nothing waits for the slot");
    assert_eq!(
        decision.skipped,
        ["no buys: the reference price is above ceilingPrice 99"]
    );
}

#[test]
fn two_orders_in_one_slot_become_one() {
    let mut live = pair_around_100();
    live.push(OwnOrder {
        client_order_id: domain::ids::ClientOrderId::new("stray"),
        ..live[0].clone()
    });
    assert_eq!(
        actions(&maker(json!({})).decide(&at("100").0, &own(live))),
        "cancel stray"
    );
}

#[test]
fn hanging_orders_are_never_cancelled_and_what_filled_is_placed_in_a_free_slot() {
    let maker = maker(json!({ "numberOfLayers": 3, "hangingOrdersEnabled": true }));
    let first = maker.decide(&at("100").0, &OwnState::default());
    let mut own = carried_out(OwnState::default(), &first);
    assert_eq!(own.live_orders.len(), 6);
    own.live_orders
        .retain(|order| order.slot != "mm-layer-1-buy");
    let second = maker.decide(&at("110").0, &own);
    assert_eq!(actions(&second), "place mm-layer-1-buy 106.7");
    let third = maker.decide(&at("110").0, &carried_out(own, &second));
    assert_eq!(actions(&third), "");
    assert_eq!(third.idle, Some("nothing is missing on either side"));
}

#[test]
fn prices_and_quantities_follow_the_venues_rules() {
    let rules = TradingRules {
        tick: Some(decimal("0.1")),
        lot: Some(decimal("0.5")),
        ..TradingRules::default()
    };
    let mut market = at("100.33").0;
    market
        .rules
        .insert(MarketRef::new("binance", PAIR), Arc::new(rules));
    let decision = maker(json!({ "orderAmount": 1.7 })).decide(&market, &OwnState::default());
    assert_eq!(
        orders(&decision),
        "buy binance 99.3 @1.5, sell binance 101.4 @1.5"
    );
}
