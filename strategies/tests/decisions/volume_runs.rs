//! A volume strategy from its first trade to its end.

use std::time::Duration;

use domain::execution::OrderState;
use serde_json::json;
use strategies::{OwnState, Strategist};

use crate::setup::{Market, PAIR, actions, carried_out, object, parsed};

fn two_trades() -> Box<dyn Strategist> {
    let config = json!({
        "exchangeName": "binance", "symbol": PAIR, "incrementPercentage": 0.1, "intervalTime": 2,
        "tradeAmount": 0.5, "numTrades": 2,
    });
    parsed("volume", &object(config))
}

fn book() -> Market {
    Market::default().book("binance", "100/101")
}

#[test]
fn stops_one_interval_after_the_last_trade() {
    let volume = two_trades();
    assert_eq!(volume.cadence(), Duration::from_secs(2));
    let mut own = OwnState::default();
    let mut trace = Vec::new();
    for _ in 0..3 {
        let decision = volume.decide(&book().0, &own);
        trace.push(actions(&decision));
        own = carried_out(own, &decision);
        own.live_orders.clear();
    }
    assert_eq!(
        trace,
        ["place volume-0 100.3995", "place volume-1 100.6005", "stop"]
    );
}

#[test]
fn an_unfilled_order_makes_room_before_the_next_one_is_placed() {
    let volume = two_trades();
    let first = volume.decide(&book().0, &OwnState::default());
    let mut own = carried_out(OwnState::default(), &first);
    let due = volume.decide(&book().0, &own);
    assert_eq!(actions(&due), "cancel id-of-volume-0-100.3995");
    assert!(due.unfinished && due.skipped.is_empty());

    own.refill = true;
    own.live_orders[0].state = OrderState::Cancelling;
    let waiting = volume.decide(&book().0, &own);
    assert_eq!(actions(&waiting), "");
    assert!(waiting.unfinished);
    assert_eq!(waiting.skipped, ["the last trade's order is still live"]);

    own.live_orders.clear();
    let refilled = volume.decide(&book().0, &own);
    assert_eq!(actions(&refilled), "place volume-1 100.6005");
    assert!(!refilled.unfinished);
}

#[test]
fn a_run_resumed_after_its_last_trade_only_stops() {
    let own = OwnState {
        executed_trades: 2,
        ..OwnState::default()
    };
    assert_eq!(actions(&two_trades().decide(&book().0, &own)), "stop");
}
