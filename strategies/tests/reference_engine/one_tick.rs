//! One decision each, with nothing on the book yet.

use domain::execution::Side;
use domain::money::Decimal;
use strategies::{Action, Decision, MarketSnapshot, OwnState};

use crate::cases::{book, list, orders, read};
use crate::translation::{market, rules, strategist};

#[test]
fn every_first_decision_is_the_references() {
    let cases = read("pmm_one_tick");
    let mut wrong = Vec::new();
    for case in list(&cases["cases"]) {
        let mut snapshot = MarketSnapshot::default();
        let at = market();
        snapshot
            .books
            .insert(at.clone(), book(&case["bids"], &case["asks"]));
        snapshot.rules.insert(at, rules(case));
        let strategist = strategist(case, "overlap");
        let decision = strategist.decide(&snapshot, &OwnState::default());
        let expected = &case["expected_after_tick_1"];
        for (side, name) in [(Side::Buy, "buys"), (Side::Sell, "sells")] {
            let (ours, theirs) = (placed(&decision, side), orders(&expected[name]));
            if ours != theirs {
                wrong.push(format!(
                    "{} {name}: {ours:?}, expected {theirs:?}",
                    case["id"]
                ));
            }
        }
    }
    assert!(!list(&cases["cases"]).is_empty());
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn placed(decision: &Decision, side: Side) -> Vec<(Decimal, Decimal)> {
    let orders = decision.actions.iter().filter_map(|action| match action {
        Action::Place(order) if order.side == side => Some((
            order.price.amount().clone(),
            order.quantity.amount().clone(),
        )),
        Action::Place(_) | Action::Cancel { .. } | Action::Stop { .. } => None,
    });
    let mut orders: Vec<_> = orders.collect();
    orders.sort();
    orders
}
