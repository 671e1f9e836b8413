//! The contract's volume tables: book 100/101, increment .1, push 1, quantity .5.

use serde_json::{Value, json};
use strategies::{Decision, OwnState};

use crate::setup::{Market, PAIR, orders, parsed, placed, with};

fn decide(config: Value, executed_trades: u32, market: &Market) -> Decision {
    let base = json!({
        "exchangeName": "binance", "symbol": PAIR, "incrementPercentage": 0.1, "intervalTime": 2,
        "tradeAmount": 0.5, "numTrades": 100, "pricePushRate": 1,
    });
    let own = OwnState {
        executed_trades,
        ..OwnState::default()
    };
    parsed("volume", &with(base, config)).decide(&market.0, &own)
}

fn book() -> Market {
    Market::default().book("binance", "100/101")
}

#[test]
fn prices_by_side_and_trade() {
    let alternating = || json!({});
    let buy = || json!({ "postOnlySide": "buy" });
    let sell = || json!({ "postOnlySide": "sell" });
    for (config, trade, expected) in [
        (alternating(), 0, "buy binance 100.3995 @0.5"),
        (alternating(), 1, "sell binance 101.606505 @0.5"),
        (alternating(), 2, "buy binance 102.40749 @0.5"),
        (alternating(), 3, "sell binance 103.618515 @0.5"),
        (alternating(), 4, "buy binance 104.41548 @0.5"),
        (buy(), 0, "buy binance 100.3995 @0.5"),
        (buy(), 1, "buy binance 101.403495 @0.5"),
        (buy(), 2, "buy binance 102.40749 @0.5"),
        (sell(), 1, "sell binance 101.606505 @0.5"),
    ] {
        let row = format!("{config} at n = {trade}");
        assert_eq!(orders(&decide(config, trade, &book())), expected, "{row}");
    }
}

#[test]
fn edges() {
    for (row, config, trade, expected) in [
        (
            "no increment, no push",
            json!({ "incrementPercentage": 0, "pricePushRate": 0 }),
            0,
            "buy binance 100.5 @0.5",
        ),
        ("price zero", json!({ "incrementPercentage": 100 }), 0, ""),
        ("pushed to zero", json!({ "pricePushRate": -50 }), 2, ""),
        ("quantity zero", json!({ "tradeAmount": 0 }), 0, ""),
        (
            "quantity as text",
            json!({ "tradeAmount": "0.25" }),
            0,
            "buy binance 100.3995 @0.25",
        ),
        (
            "no side is alternating, however it is said",
            json!({ "postOnlySide": "" }),
            1,
            "sell binance 101.606505 @0.5",
        ),
    ] {
        let decision = decide(config, trade, &book());
        assert_eq!(orders(&decision), expected, "{row}");
        assert_eq!(decision.skipped.is_empty(), !expected.is_empty(), "{row}");
    }
}

/// The later original took the ticker when there was no book. Only a market maker's `last_price`
/// may do that here.
#[test]
fn without_a_book_there_is_no_trade() {
    for book in ["-/-", "100/-", "-/101"] {
        let market = Market::default()
            .book("binance", book)
            .ticker("binance", "100.5/100/101");
        let decision = decide(json!({}), 0, &market);
        assert_eq!(
            decision.skipped,
            ["ETH/USDT on binance has no mid price: its book lacks a side"],
            "{book}"
        );
        assert!(decision.actions.is_empty());
    }
}

#[test]
fn every_trade_is_really_post_only_and_counts() {
    let decision = decide(json!({}), 7, &book());
    let trade = placed(&decision)[0];
    assert!(trade.post_only);
    assert!(trade.counts_trade);
    assert_eq!(trade.slot, "volume-7");
}
