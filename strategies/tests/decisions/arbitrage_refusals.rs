//! What arbitrage does about an exchange that refuses its orders.

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::History;
use serde_json::json;
use strategies::{Decision, OwnState};

use crate::setup::{Market, PAIR, actions, object, orders, parsed, says_why};

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

/// Worth an arbitrage from a to b, at this second of a run whose last orders were refused so often.
fn decide(second: i64, net_base: &str, refusals: &[(&str, usize)], refill: bool) -> Decision {
    let config = object(json!({
        "pair": PAIR, "amountToTrade": 1, "minProfitability": 0.01, "exchangeAName": "a",
        "exchangeBName": "b", "checkIntervalSeconds": 10,
    }));
    let mut history = History::default();
    for (exchange, times) in refusals {
        for _ in 0..*times {
            history.refusals.refused(exchange, at(0));
        }
    }
    let own = OwnState {
        net_base: net_base.parse().ok(),
        now: at(second),
        history,
        refill,
        ..OwnState::default()
    };
    let market = Market::default().book("a", "99/100").book("b", "102/103");
    parsed("arbitrage", &config).decide(&market.0, &own)
}

#[test]
fn a_leg_is_tried_again_and_then_undone_on_the_other_exchange() {
    for (refusals, first, otherwise) in [(2, "b 102", "a"), (3, "a 99", "b"), (5, "a 99", "b")] {
        let decision = decide(1, "1", &[("b", refusals)], true);
        assert_eq!(orders(&decision), format!("sell {first} @1"), "{refusals}");
        assert_eq!(decision.otherwise.len(), 1);
        assert_eq!(decision.otherwise[0].exchange, otherwise);
        assert_eq!(
            decision.open.as_deref(),
            Some("1 is bought and not sold again")
        );
    }
}

#[test]
fn when_both_refuse_again_and_again_it_is_tried_at_each_check_only() {
    let refusals = [("a", 3), ("b", 3)];
    let between = decide(11, "1", &refusals, true);
    assert_eq!(actions(&between), "");
    assert!(says_why(&between) && between.unfinished && between.open.is_some());
    let due = decide(20, "1", &refusals, false);
    assert_eq!(orders(&due), "sell b 102 @1");
}

#[test]
fn the_next_pair_waits_longer_with_each_refusal() {
    for (refusals, waits) in [(1, 20), (2, 40), (3, 80), (60, 900)] {
        let told = decide(waits - 1, "0", &[("b", refusals)], false).skipped;
        let reason = "b refused the last order: the next pair waits a while";
        assert_eq!(told, [reason], "{refusals}");
        let pair = decide(waits, "0", &[("b", refusals)], false);
        assert_eq!(orders(&pair), "buy a 100 @1, sell b 102 @1", "{refusals}");
    }
}
