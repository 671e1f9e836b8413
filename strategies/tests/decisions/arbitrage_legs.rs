//! What arbitrage does about a leg without its other leg.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use domain::execution::{OrderState, Side};
use serde_json::{Value, json};
use strategies::{Decision, MarketRef, OwnOrder, OwnState, TradingRules};

use crate::setup::{Market, PAIR, actions, decimal, open_order, orders, own, parsed, with};

fn decide(config: Value, market: &Market, own: &OwnState) -> Decision {
    let base = json!({
        "pair": PAIR, "amountToTrade": 1, "minProfitability": 0.01, "exchangeAName": "a",
        "exchangeBName": "b", "maxOpenOrders": 2,
    });
    parsed("arbitrage", &with(base, config)).decide(&market.0, own)
}

/// Worth an arbitrage from a to b.
fn apart() -> Market {
    Market::default().book("a", "99/100").book("b", "102/103")
}

fn buy(remaining: &str) -> OwnOrder {
    OwnOrder {
        remaining: decimal(remaining),
        ..open_order("arb-a-buy", Side::Buy, "100", "1")
    }
}

fn sell(remaining: &str) -> OwnOrder {
    OwnOrder {
        remaining: decimal(remaining),
        ..open_order("arb-b-sell", Side::Sell, "102", "1")
    }
}

fn state(net_base: &str, live: Vec<OwnOrder>) -> OwnState {
    OwnState {
        net_base: Some(decimal(net_base)),
        now: DateTime::UNIX_EPOCH,
        ..own(live)
    }
}

fn after(seconds: i64, state: OwnState) -> OwnState {
    OwnState {
        now: DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds),
        ..state
    }
}

#[test]
fn legs_that_balance_are_left_to_trade() {
    for balanced in [
        state("0", vec![buy("1"), sell("1")]),
        state("0.4", vec![buy("0.6"), sell("1")]),
        state("1", vec![sell("1")]),
        state("0.3", vec![buy("0.5"), sell("0.8")]),
    ] {
        let soon = after(59, balanced);
        let refill = OwnState {
            refill: true,
            ..soon.clone()
        };
        assert_eq!(actions(&decide(json!({}), &apart(), &refill)), "");
        assert!(
            decide(json!({}), &apart(), &refill).unfinished,
            "look again"
        );
    }
}

#[test]
fn legs_that_rest_too_long_are_taken_off() {
    let both = state("0", vec![buy("1"), sell("1")]);
    let late = decide(json!({}), &apart(), &after(60, both.clone()));
    assert_eq!(
        actions(&late),
        "cancel id-of-arb-a-buy, cancel id-of-arb-b-sell"
    );
    assert!(
        late.unfinished,
        "what is left to close is looked at at once"
    );
    let patient = json!({ "legTimeoutSeconds": 90 });
    assert_eq!(actions(&decide(patient, &apart(), &after(89, both))), "");
}

#[test]
fn a_leg_alone_goes_unless_that_would_leave_the_other_side_short() {
    let alone = decide(json!({}), &apart(), &state("0", vec![buy("1")]));
    assert_eq!(actions(&alone), "cancel id-of-arb-a-buy");
    let short = decide(
        json!({}),
        &apart(),
        &state("0", vec![buy("1"), sell("0.7")]),
    );
    assert_eq!(
        orders(&short),
        "sell b 102 @0.3",
        "the missing part of the other leg"
    );
}

#[test]
fn what_traded_alone_is_closed_where_it_costs_least_after_fees() {
    let dear_b = json!({ "exchangeBFeeRate": 0.05 });
    let without_b = Market::default().book("a", "99/100");
    let thin_b = Market::default()
        .book("a", "99/100")
        .depth("b", "102x0.5 90x9", "103x9");
    for (net_base, config, market, expected) in [
        ("1", json!({}), apart(), "sell b 102 @1"),
        ("-1", json!({}), apart(), "buy a 100 @1"),
        ("1", dear_b, apart(), "sell a 99 @1"),
        ("1", json!({}), without_b, "sell a 99 @1"),
        // 96 on average in b
        ("1", json!({}), thin_b.clone(), "sell a 99 @1"),
        ("0.6", json!({}), thin_b, "sell b 90 @0.6"),
    ] {
        let decision = decide(config, &market, &state(net_base, vec![]));
        assert_eq!(orders(&decision), expected, "{net_base}");
    }
}

#[test]
fn while_a_venue_has_not_answered_nothing_is_closed() {
    for (state_of_order, net_base) in [(OrderState::Cancelling, "1"), (OrderState::Intended, "0")] {
        let in_doubt = OwnOrder {
            state: state_of_order,
            ..sell("1")
        };
        let decision = decide(
            json!({}),
            &apart(),
            &after(99, state(net_base, vec![in_doubt])),
        );
        assert_eq!(actions(&decision), "");
        assert!(decision.unfinished);
    }
}

#[test]
fn a_leg_that_traded_alone_is_told_of_when_a_venue_stays_silent() {
    let in_doubt = |state, market: &Market, seconds, net_base| {
        let order = OwnOrder {
            exchange: "b".to_owned(),
            state,
            ..sell("1")
        };
        let own = after(seconds, self::state(net_base, vec![order]));
        let decision = decide(json!({}), market, &own);
        assert_eq!(actions(&decision), "");
        assert!(decision.unfinished, "it is still waited for");
        decision.skipped
    };
    let told = ["1 is bought and not sold again, and b has not said what became of an order"];
    let elsewhere = Market::default().book("a", "49/50").book("b", "-/-");
    for state in [OrderState::Intended, OrderState::Cancelling] {
        assert!(in_doubt(state, &apart(), 59, "1").is_empty());
        assert_eq!(in_doubt(state, &apart(), 60, "1"), told);
        assert_eq!(in_doubt(state, &elsewhere, 600, "1"), told);
        assert!(
            in_doubt(state, &apart(), 60, "0.009").is_empty(),
            "nothing to speak of is known to have traded"
        );
    }
}

#[test]
fn a_hedge_that_does_not_trade_follows_the_book() {
    let hedge = open_order("arb-b-hedge-sell", Side::Sell, "103", "1");
    let resting = state("1", vec![hedge]);
    assert_eq!(
        actions(&decide(json!({}), &apart(), &after(4, resting.clone()))),
        "place arb-a-buy 100, place arb-b-sell 102",
        "the hedge covers it"
    );
    assert_eq!(
        actions(&decide(json!({}), &apart(), &after(5, resting))),
        "cancel id-of-arb-b-hedge-sell"
    );
}

#[test]
fn while_it_cannot_be_closed_nothing_new_begins() {
    let empty = Market::default().depth("a", "", "100x5").depth("b", "", "");
    let decision = decide(json!({}), &empty, &state("0.5", vec![]));
    assert_eq!(actions(&decision), "");
    assert_eq!(
        decision.skipped,
        ["0.5 is bought and not sold again, and no book can take it"]
    );
}

#[test]
fn what_is_too_small_to_trade_waits_for_more() {
    let pair = "buy a 100 @1, sell b 102 @1";
    let fees = decide(json!({}), &apart(), &state("-0.009", vec![]));
    assert_eq!(orders(&fees), pair, "less than a hundredth of the amount");
    assert!(fees.skipped.is_empty());
    let mut market = apart();
    for exchange in ["a", "b"] {
        let rules = TradingRules {
            min_notional: Some(decimal("10")),
            ..TradingRules::default()
        };
        let place = MarketRef::new(exchange, PAIR);
        market.0.rules.insert(place, Arc::new(rules));
    }
    let below = decide(json!({}), &market, &state("0.05", vec![]));
    assert_eq!(orders(&below), pair, "no venue takes 0.05");
    let told = "0.05 is bought and not sold again, and no venue takes so little";
    assert_eq!(below.skipped, [told]);
    let refill = OwnState {
        refill: true,
        ..state("0.05", vec![])
    };
    assert_eq!(decide(json!({}), &market, &refill).skipped, [told]);
    let resting = state("0.05", vec![buy("1"), sell("1")]);
    assert_eq!(
        decide(json!({}), &market, &resting).skipped,
        [told, "maxOpenOrders 2 are open"]
    );
    let between = OwnState {
        refill: true,
        ..resting
    };
    let between = decide(json!({}), &market, &between);
    assert!(between.skipped.is_empty(), "the due runs say it");
    assert_eq!(between.idle, Some("the legs are left to trade"));
    let enough = decide(json!({}), &market, &state("0.2", vec![]));
    assert_eq!(orders(&enough), "sell b 102 @0.2");
}
