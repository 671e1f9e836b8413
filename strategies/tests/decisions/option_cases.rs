//! Worked examples of market making's options: mid 100, one layer, spreads 1 %, amount 1.

use serde_json::{Map, Value, json};
use strategies::{OwnState, Strategist};

use crate::setup::{Market, PAIR, actions, carried_out, decimal, orders, parsed, strategy, with};

fn base() -> Value {
    json!({
        "pair": PAIR, "exchangeName": "binance", "bidSpread": 0.01, "askSpread": 0.01,
        "orderAmount": 1, "orderRefreshTime": 5000, "numberOfLayers": 1,
        "priceSourceType": "mid_price",
    })
}

fn maker(changes: Value) -> Box<dyn Strategist> {
    parsed("pureMarketMaking", &with(base(), changes))
}

fn at_100() -> Market {
    Market::default().book("binance", "99.9/100.1")
}

fn quoted(changes: Value) -> String {
    let decision = maker(changes).decide(&at_100().0, &OwnState::default());
    orders(&decision).replace(" binance", "")
}

#[test]
fn levels_step_away_from_the_first() {
    let levels = json!({ "numberOfLayers": 3, "levelSpread": 0.01, "amountChangePerLayer": 1 });
    assert_eq!(
        quoted(levels),
        "buy 99 @1, sell 101 @1, buy 98 @2, sell 102 @2, buy 97 @3, sell 103 @3"
    );
}

#[test]
fn a_budget_shrinks_the_quote_it_runs_out_at() {
    let budget = json!({
        "orderAmount": 100, "numberOfLayers": 3, "baseBudget": 10, "quoteBudget": 990,
    });
    assert_eq!(quoted(budget), "buy 99 @10, sell 101 @10");
}

#[test]
fn orders_given_one_by_one_replace_the_layers() {
    let given = json!({ "orderOverride": [
        { "side": "buy", "spread": 0.005, "amount": 0.7 },
        { "side": "buy", "spread": 0.013, "amount": 1.1 },
        { "side": "sell", "spread": 0.011, "amount": 2 },
    ] });
    assert_eq!(quoted(given), "buy 99.5 @0.7, sell 101.1 @2, buy 98.7 @1.1");
}

#[test]
fn skew_shifts_size_to_the_side_that_restores_the_target() {
    let skew = json!({
        "inventorySkewEnabled": true, "inventoryTargetBasePct": 90, "inventoryRangeMultiplier": 5,
        "baseBudget": 500, "quoteBudget": 5000,
    });
    // Far more than 90 % of the portfolio is held in base currency: 50,000 of 55,000
    assert_eq!(quoted(skew), "buy 99 @0.5, sell 101 @1.5");
}

#[test]
fn quotes_that_may_take_are_not_post_only() {
    let post_only = |take: Value| {
        let decision =
            maker(json!({ "takeIfCrossed": take })).decide(&at_100().0, &OwnState::default());
        crate::setup::placed(&decision)[0].post_only
    };
    assert!(post_only(json!(null)));
    assert!(post_only(json!(false)));
    assert!(!post_only(json!(true)));
}

#[test]
fn sells_are_not_below_what_the_inventory_cost() {
    let mut own = OwnState::default();
    let price = domain::money::Price::try_new(decimal("110")).unwrap();
    let quantity = domain::money::Quantity::try_new(decimal("2")).unwrap();
    own.history
        .traded(domain::execution::Side::Buy, &price, &quantity);
    let quoted = |source: &str| {
        let maker = maker(json!({ "priceSourceType": source }));
        orders(&maker.decide(&at_100().0, &own)).replace(" binance", "")
    };
    assert_eq!(quoted("inventory_cost"), "buy 99 @1, sell 111.1 @1");
    assert_eq!(quoted("last_own_trade"), "buy 108.9 @1, sell 111.1 @1");
}

#[test]
fn bounds_that_the_log_could_not_hold_are_no_bounds_to_quote_in() {
    let maker = maker(json!({ "movingPriceBandEnabled": true }));
    let digits = "123456789012345678901234567890123456789012345678901234567891";
    let huge = Market::default().book("binance", &format!("{digits}/{digits}"));
    let decision = maker.decide(&huge.0, &OwnState::default());
    assert_eq!(actions(&decision), "");
    assert_eq!(decision.band, None);
    assert_eq!(decision.skipped, ["the moving bounds have too many digits"]);
}

#[test]
fn moving_bounds_are_measured_anew_once_they_have_lasted() {
    let maker = maker(json!({ "movingPriceBandEnabled": true }));
    let mut own = OwnState::default();
    let bounds = |own: &OwnState, book: &str| {
        let market = Market::default().book("binance", book).0;
        let band = maker.decide(&market, own).band;
        band.map(|band| format!("{} to {}", band.floor, band.ceiling))
    };
    assert_eq!(bounds(&own, "99.9/100.1").as_deref(), Some("99 to 101"));
    own.history.band = maker.decide(&at_100().0, &own).band;
    own.now += chrono::TimeDelta::seconds(86_399);
    assert_eq!(bounds(&own, "199/201"), None);
    own.now += chrono::TimeDelta::seconds(1);
    assert_eq!(bounds(&own, "199/201").as_deref(), Some("198 to 202"));
}

#[test]
fn a_tick_that_is_not_due_says_so() {
    let maker = maker(json!({ "refreshTogether": true }));
    let first = maker.decide(&at_100().0, &OwnState::default());
    let mut own = carried_out(OwnState::default(), &first);
    own.history.last_placed_at = Some(own.now);
    own.now += chrono::TimeDelta::seconds(4);
    let moved = Market::default().book("binance", "109.9/110.1").0;
    let waiting = maker.decide(&moved, &own);
    assert_eq!(actions(&waiting), "");
    assert_eq!(waiting.idle, Some("the next refresh is not due yet"));
    own.now += chrono::TimeDelta::seconds(1);
    let due = maker.decide(&moved, &own);
    assert!(due.unfinished);
    assert!(actions(&due).starts_with("cancel"), "{}", actions(&due));
}

/// The buy filled, so its sell is left hanging at the refresh; the new sell has a slot beside it.
#[test]
fn the_other_half_of_a_filled_pair_hangs_until_it_is_too_far_away() {
    let maker = maker(json!({ "hangingOrdersCancelPct": 5, "filledOrderDelay": 1000 }));
    let first = maker.decide(&at_100().0, &OwnState::default());
    let mut own = carried_out(OwnState::default(), &first);
    let placed_at = own.now;
    own.history.last_placed_at = Some(placed_at);
    let filled = own.live_orders.remove(0);
    own.now += chrono::TimeDelta::seconds(1);
    own.history
        .completed
        .push(domain::execution::CompletedOrder {
            slot: filled.slot,
            side: filled.side,
            placed_at,
            completed_at: own.now,
        });
    own.now += chrono::TimeDelta::seconds(1);
    let moved = Market::default().book("binance", "98.9/99.1").0;
    let renewed = maker.decide(&moved, &own);
    assert_eq!(
        actions(&renewed),
        "place mm-layer-1-buy 98.01, place mm-layer-1-sell-2 99.99"
    );
    let mut own = carried_out(own, &renewed);
    own.history.last_placed_at = Some(own.now);
    own.now += chrono::TimeDelta::seconds(1);
    let far = Market::default().book("binance", "95.9/96.1").0;
    assert_eq!(
        actions(&maker.decide(&far, &own)),
        "cancel id-of-mm-layer-1-sell-101"
    );
}

#[test]
fn what_no_option_can_be_is_refused_at_its_field() {
    let pointers = |changes: Value| -> Vec<String> {
        let config: Map<String, Value> = with(base(), changes);
        let venues = ["binance".to_owned()];
        let refused = strategy("pureMarketMaking").validate_config(&config, &venues);
        let violations = refused.err().unwrap_or_default();
        violations
            .into_iter()
            .map(|violation| violation.pointer)
            .collect()
    };
    for (changes, pointer) in [
        (json!({ "levelSpread": -1 }), "/levelSpread"),
        (json!({ "filledOrderDelay": -1 }), "/filledOrderDelay"),
        (json!({ "makerFeeRate": 1 }), "/makerFeeRate"),
        (json!({ "priceRounding": "up" }), "/priceRounding"),
        (
            json!({ "inventoryTargetBasePct": 101 }),
            "/inventoryTargetBasePct",
        ),
        (json!({ "quoteBudget": -1 }), "/quoteBudget"),
        (json!({ "orderOverride": 5 }), "/orderOverride"),
        (
            json!({ "orderOverride": [{ "side": "up", "spread": 0, "amount": 1 }] }),
            "/orderOverride/0/side",
        ),
        (
            json!({ "movingPriceBandEnabled": true, "priceFloorPct": 2, "priceCeilingPct": 1 }),
            "/priceCeilingPct",
        ),
    ] {
        assert_eq!(pointers(changes), [pointer]);
    }
    let without_budget = json!({ "inventorySkewEnabled": true });
    assert_eq!(pointers(without_budget), ["/baseBudget", "/quoteBudget"]);
}
