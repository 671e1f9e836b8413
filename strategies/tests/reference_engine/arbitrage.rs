//! The reference's arbitrage decisions: prices, profitability, and whether it fires.
//!
//! The reference averages book levels in binary64 and we do in decimals, so prices may differ in
//! binary64's last place, and the profitability by as much; the decision may not. The cross-exchange
//! cases of the same file belong to a strategy that there is none of here, and are not read.

use domain::ids::ExecutorType;
use domain::money::Decimal;
use serde_json::{Value, json};
use strategies::{
    Action, Decision, MarketRef, MarketSnapshot, OrderProposal, OwnState, built_in_strategies,
};

use crate::cases::{book, decimal, list, read};

const PAIR: &str = "COIN/USD";

#[test]
fn every_arbitrage_decision_is_the_references() {
    let cases = read("arbitrage_xemm");
    let cases = list(&cases["arbitrage"]);
    assert!(!cases.is_empty());
    for (index, case) in cases.iter().enumerate() {
        let fires = !bought_at_a(&decide(case, &case["min_profitability"])).is_empty();
        assert_eq!(json!(fires), case["fires"], "case {index}");
        // Below any minimum the same decision shows what it computed
        let shown = decide(case, &json!("-1000"));
        let order = bought_at_a(&shown)[0];
        let inputs = &order.basis.inputs;
        for (ours, theirs) in [("a.ask", "buy_price"), ("b.bid", "sell_price")] {
            near(&inputs[ours], &decimal(&case[theirs]), "5e-16", index);
        }
        let profitability = &inputs["profitability"];
        near(
            profitability,
            &decimal(&case["profitability"]),
            "1e-15",
            index,
        );
    }
}

fn near(ours: &Decimal, theirs: &Decimal, tolerance: &str, index: usize) {
    let scale = theirs.abs().max(Decimal::one());
    let allowed = &scale * &tolerance.parse().unwrap();
    let off = (ours - theirs).abs();
    assert!(off <= allowed, "case {index}: {ours}, expected {theirs}");
}

fn decide(case: &Value, minimum: &Value) -> Decision {
    let config = json!({
        "pair": PAIR, "exchangeAName": "a", "exchangeBName": "b", "minProfitability": minimum,
        "amountToTrade": case["amount"], "profitabilityFormula": "of_price",
        "exchangeAFeeRate": case["buy_fee"]["taker"], "exchangeBFeeRate": case["sell_fee"]["taker"],
    });
    let mut market = MarketSnapshot::default();
    for (exchange, name) in [("a", "buy_book"), ("b", "sell_book")] {
        let side = |side: &str| &case[name][side];
        let seen = book(side("bids"), side("asks"));
        market.books.insert(MarketRef::new(exchange, PAIR), seen);
    }
    let wanted = ExecutorType::new("arbitrage");
    let strategies = built_in_strategies();
    let strategy = strategies.iter().find(|one| one.executor_type() == wanted);
    let strategist = strategy.unwrap().parse(config.as_object().unwrap());
    strategist.unwrap().decide(&market, &OwnState::default())
}

fn bought_at_a(decision: &Decision) -> Vec<&OrderProposal> {
    let orders = decision.actions.iter().filter_map(|action| match action {
        Action::Place(order) if order.slot == "arb-a-buy" => Some(order),
        Action::Place(_) | Action::Cancel { .. } | Action::Stop { .. } => None,
    });
    orders.collect()
}
