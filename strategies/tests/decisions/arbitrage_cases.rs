//! The contract's R table. Its "(defect)" rows had the wrong books for the reverse direction: the
//! asks of B and the bids of A are what count there.

use std::sync::Arc;

use domain::execution::Side;
use serde_json::{Value, json};
use strategies::{Decision, MarketRef, OwnState, TradingRules};

use crate::setup::{Market, PAIR, decimal, inputs, open_order, orders, own, parsed, placed, with};

fn base() -> Value {
    json!({
        "pair": PAIR, "amountToTrade": 1, "minProfitability": 0.01, "exchangeAName": "a",
        "exchangeBName": "b",
    })
}

fn decide(config: Value, market: &Market) -> Decision {
    decide_owning(config, market, &OwnState::default())
}

fn decide_owning(config: Value, market: &Market, own: &OwnState) -> Decision {
    parsed("arbitrage", &with(base(), config)).decide(&market.0, own)
}

fn books(a: &str, b: &str) -> Market {
    Market::default().book("a", a).book("b", b)
}

#[test]
fn single_level_books() {
    for (row, config, a, b, expected) in [
        (
            "R1",
            json!({}),
            "99/100",
            "102/103",
            "buy a 100 @1, sell b 102 @1",
        ),
        (
            "R2",
            json!({}),
            "99/100",
            "101/103",
            "buy a 100 @1, sell b 101 @1",
        ),
        ("R3", json!({}), "99/100", "100.99/103", ""),
        // The original bought B at 100 and sold A at 110, though nobody bid that
        ("R4", json!({}), "90/110", "100/109", ""),
        // The original sold B's own bid back to it: buy B 94, sell A 101
        (
            "R5",
            json!({}),
            "100/101",
            "94/95",
            "buy b 95 @1, sell a 100 @1",
        ),
        // The original also fired the reverse direction, at the same prices
        (
            "R6",
            json!({ "minProfitability": 0 }),
            "99/100",
            "100/101",
            "buy a 100 @1, sell b 100 @1",
        ),
        // The original bought B at 100 and sold A at 101 in a market with nothing to gain
        (
            "R7",
            json!({ "minProfitability": 0.002 }),
            "100/101",
            "100/101",
            "",
        ),
        ("R11", json!({}), "-/-", "105/107", ""),
    ] {
        let decision = decide(config, &books(a, b));
        assert_eq!(orders(&decision), expected, "{row}");
        assert_eq!(decision.skipped.is_empty(), !expected.is_empty(), "{row}");
    }
}

#[test]
fn several_levels_give_one_average_price() {
    let market =
        Market::default()
            .depth("a", "", "100x1 101x1 104x5")
            .depth("b", "106x1 105x1 103x9", "");
    assert_eq!(
        orders(&decide(json!({ "amountToTrade": 3 }), &market)),
        "buy a 101.66666666666666666667 @3, sell b 104.66666666666666666667 @3",
        "R8"
    );
    let market = Market::default()
        .depth("a", "", "100x1 100.1x2")
        .depth("b", "106x1 105x2", "");
    let config = json!({ "amountToTrade": 3, "minProfitability": 0 });
    assert_eq!(
        orders(&decide(config, &market)),
        "buy a 100.06666666666666666667 @3, sell b 105.33333333333333333333 @3",
        "R9"
    );
}

/// R10: the original fired 100 / 105 for the whole 10.
#[test]
fn books_that_cannot_take_the_amount_are_left_alone() {
    let market = Market::default()
        .depth("a", "", "100x1")
        .depth("b", "105x2", "");
    let decision = decide(json!({ "amountToTrade": 10 }), &market);
    assert_eq!(orders(&decision), "");
    assert_eq!(
        decision.skipped,
        [
            "the asks of ETH/USDT on a can't take amountToTrade",
            "the asks of ETH/USDT on b can't take amountToTrade",
        ]
    );
}

#[test]
fn fees_count_when_they_are_configured() {
    let fees = |rate: &str| json!({ "exchangeAFeeRate": rate, "exchangeBFeeRate": rate });
    let market = books("99/100", "102/103");
    assert_eq!(
        orders(&decide(fees("0.004"), &market)),
        "buy a 100 @1, sell b 102 @1"
    );
    assert_eq!(orders(&decide(fees("0.005"), &market)), "");
}

#[test]
fn no_more_orders_than_allowed_are_open() {
    let market = books("99/100", "102/103");
    let pair = own(vec![
        open_order("arb-a-buy", Side::Buy, "100", "1"),
        open_order("arb-b-sell", Side::Sell, "102", "1"),
    ]);
    for (limit, reason) in [(json!({}), "1"), (json!({ "maxOpenOrders": 2 }), "2")] {
        let decision = decide_owning(limit, &market, &pair);
        assert_eq!(orders(&decision), "", "one is the default");
        assert_eq!(
            decision.skipped,
            [format!("maxOpenOrders {reason} are open")]
        );
    }
    let decision = decide_owning(json!({ "maxOpenOrders": 3 }), &market, &pair);
    assert_eq!(orders(&decision), "buy a 100 @1, sell b 102 @1");
}

#[test]
fn both_legs_have_the_same_quantity_or_there_are_none() {
    let mut market = books("99/100", "102/103").0;
    let lot = |lot: &str, min_quantity: &str| {
        Arc::new(TradingRules {
            lot: Some(decimal(lot)),
            min_quantity: Some(decimal(min_quantity)),
            ..TradingRules::default()
        })
    };
    market
        .rules
        .insert(MarketRef::new("a", PAIR), lot("0.01", "0"));
    market
        .rules
        .insert(MarketRef::new("b", PAIR), lot("0.1", "0"));
    let config = with(base(), json!({ "amountToTrade": 1.27 }));
    let config = parsed("arbitrage", &config);
    let own = OwnState::default();
    assert_eq!(
        orders(&config.decide(&market, &own)),
        "buy a 100 @1.2, sell b 102 @1.2"
    );
    market
        .rules
        .insert(MarketRef::new("b", PAIR), lot("0.1", "5"));
    let decision = config.decide(&market, &own);
    assert_eq!(orders(&decision), "");
    assert_eq!(
        decision.skipped[0],
        "arb-b-sell: its quantity is below the venue's minimum 5"
    );
}

#[test]
fn each_leg_tells_what_it_was_decided_on() {
    let decision = decide(json!({}), &books("100/101", "94/95"));
    let legs = placed(&decision);
    let slots: Vec<&str> = legs.iter().map(|leg| leg.slot.as_str()).collect();
    assert_eq!(slots, ["arb-b-buy", "arb-a-sell"]);
    let seen = inputs(legs[0]);
    assert_eq!(seen["b.ask"], "95");
    assert_eq!(seen["a.bid"], "100");
    assert_eq!(seen["profitability"], "0.05263157894736842105");
}
