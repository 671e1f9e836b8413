//! What passes the gate and what does not.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::execution::{DecisionBasis, Execution, ExecutionEvent, Fill, OrderIntent, Side};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use strategies::{Book, Level, TradingRules};

use super::*;
use crate::runtime::standing::Leaving;

fn limits() -> GateLimits {
    GateLimits {
        live_orders: 3,
        orders_per_minute: 4,
        price_factor: 10,
        price_distance_bps: 100_000,
        order_notional: decimal("5000"),
        position_notional: decimal("6000"),
        market_age: TimeDelta::seconds(15),
        ..GateLimits::default()
    }
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn proposal(price: &str, reference: &str) -> OrderProposal {
    OrderProposal {
        slot: "mm-layer-1-buy".to_owned(),
        exchange: "binance".to_owned(),
        pair: "BTC/USDT".to_owned(),
        side: Side::Buy,
        price: Price::try_new(decimal(price)).unwrap(),
        quantity: Quantity::try_new(decimal("1")).unwrap(),
        post_only: true,
        counts_trade: false,
        basis: DecisionBasis {
            reference_price: decimal(reference),
            inputs: BTreeMap::new(),
        },
    }
}

fn standing<'a>(execution: &'a Execution, pending: &'a [OrderIntent]) -> Standing<'a> {
    Standing {
        execution,
        pending,
        leaving: Leaving::Counts,
    }
}

fn check(
    gate: &mut Gate,
    proposal: &OrderProposal,
    pending: usize,
    second: i64,
) -> Result<(), String> {
    let now = DateTime::from_timestamp(second, 0).unwrap();
    let (execution, market) = (Execution::default(), MarketSnapshot::default());
    let pending = vec![intent("p", Side::Sell, "1"); pending];
    gate.check(
        proposal,
        standing(&execution, &pending),
        &market,
        &limits(),
        now,
    )
}

fn intent(id: &str, side: Side, quantity: &str) -> OrderIntent {
    let OrderProposal {
        slot,
        exchange,
        pair,
        price,
        basis,
        ..
    } = proposal("100", "100");
    OrderIntent {
        client_order_id: ClientOrderId::new(id),
        slot: format!("{slot}-{id}"),
        exchange,
        pair,
        side,
        price,
        quantity: Quantity::try_new(decimal(quantity)).unwrap(),
        post_only: true,
        executed_trades: None,
        basis,
        tick_at: DateTime::UNIX_EPOCH,
        seen: None,
    }
}

fn with_quantity(quantity: &str, side: Side) -> OrderProposal {
    OrderProposal {
        side,
        quantity: Quantity::try_new(decimal(quantity)).unwrap(),
        ..proposal("100", "100")
    }
}

/// Bought so much, with a live order for so much more.
fn execution(bought: &str, live: &str) -> Execution {
    let fill = Fill {
        client_order_id: ClientOrderId::new("b"),
        fill_id: "1".to_owned(),
        price: Price::try_new(decimal("100")).unwrap(),
        quantity: Quantity::try_new(decimal(bought)).unwrap(),
        fee: Decimal::zero(),
        fee_currency: "USDT".to_owned(),
        filled_at: DateTime::UNIX_EPOCH,
    };
    let mut execution = Execution::default();
    execution.fold([
        ExecutionEvent::OrderIntended(intent("b", Side::Buy, bought)),
        ExecutionEvent::OrderFilled(fill),
        ExecutionEvent::OrderIntended(intent("l", Side::Buy, live)),
    ]);
    execution
}

#[test]
fn prices_far_from_the_market_do_not_pass() {
    let mut gate = Gate::default();
    for sane in ["10", "99", "1000"] {
        assert_eq!(check(&mut gate, &proposal(sane, "100"), 0, 0), Ok(()));
    }
    for insane in ["9.99", "1000.01"] {
        assert!(check(&mut gate, &proposal(insane, "100"), 0, 0).is_err());
    }
    assert!(check(&mut gate, &proposal("1", "0"), 0, 0).is_err());
}

#[test]
fn a_run_has_so_many_orders_and_no_more() {
    let mut gate = Gate::default();
    let fine = proposal("99", "100");
    assert_eq!(check(&mut gate, &fine, 2, 0), Ok(()));
    let refused = check(&mut gate, &fine, 3, 0);
    assert_eq!(refused.unwrap_err(), "the run has 3 live orders, its limit");
}

#[test]
fn a_run_places_so_many_orders_a_minute() {
    let mut gate = Gate::default();
    let fine = proposal("99", "100");
    for second in 0..4 {
        assert_eq!(check(&mut gate, &fine, 0, second), Ok(()));
    }
    assert!(check(&mut gate, &fine, 0, 59).is_err());
    assert_eq!(
        check(&mut gate, &fine, 0, 60),
        Ok(()),
        "the first is old now"
    );
    assert!(check(&mut gate, &fine, 0, 60).is_err());
}

#[test]
fn what_a_run_placed_before_it_was_taken_up_again_counts() {
    let at = |second| DateTime::from_timestamp(second, 0).unwrap();
    let placed = [("a", 0), ("b", 10), ("c", 20), ("d", 30)].map(|(id, second)| {
        ExecutionEvent::OrderIntended(OrderIntent {
            tick_at: at(second),
            ..intent(id, Side::Sell, "1")
        })
    });
    let cancelled = [("a", 10), ("b", 30)].map(|(id, second)| ExecutionEvent::OrderCancelled {
        client_order_id: ClientOrderId::new(id),
        cancelled_at: at(second),
    });
    let mut execution = Execution::default();
    execution.fold(placed.into_iter().chain(cancelled));
    let mut gate = Gate::of(&execution, at(50));
    let fine = proposal("99", "100");

    assert!(check(&mut gate, &fine, 0, 50).is_err());
    assert_eq!(check(&mut gate, &fine, 0, 60), Ok(()), "the first is old");
    assert!(check(&mut gate, &fine, 0, 69).is_err());
}

#[test]
fn an_order_below_the_venues_minimum_does_not_pass() {
    let rules = TradingRules {
        min_quantity: Some(decimal("2")),
        ..TradingRules::default()
    };
    let mut market = MarketSnapshot::default();
    let place = MarketRef::new("binance", "BTC/USDT");
    market.rules.insert(place, Arc::new(rules));
    let execution = Execution::default();
    let refused = Gate::default().check(
        &proposal("99", "100"),
        standing(&execution, &[]),
        &market,
        &limits(),
        DateTime::UNIX_EPOCH,
    );
    assert!(refused.unwrap_err().contains("minimum 2"));
}

#[test]
fn an_order_may_be_worth_so_much_and_so_far_from_the_reference() {
    let mut gate = Gate::default();
    let at_most = with_quantity("50", Side::Buy);
    assert_eq!(check(&mut gate, &at_most, 0, 0), Ok(()));
    let beyond = check(&mut gate, &with_quantity("50.01", Side::Buy), 0, 0);
    assert_eq!(
        beyond.unwrap_err(),
        "it is worth 5001, more than 5000, the limit"
    );
    let near = GateLimits {
        price_distance_bps: 250,
        ..limits()
    };
    let mut check = |price: &str| {
        let execution = Execution::default();
        let state = standing(&execution, &[]);
        let market = MarketSnapshot::default();
        let proposal = proposal(price, "100");
        gate.check(&proposal, state, &market, &near, DateTime::UNIX_EPOCH)
    };
    assert_eq!(check("102.5"), Ok(()));
    assert_eq!(check("97.5"), Ok(()));
    for price in ["102.51", "97.49"] {
        assert!(check(price).unwrap_err().contains("250 basis points"));
    }
}

#[test]
fn a_position_with_all_orders_of_a_side_may_be_worth_so_much() {
    // 30 held, 10 ordered, 10 let through in the same decision: 10 more is 6000
    let execution = execution("30", "10");
    let pending = [intent("p", Side::Buy, "10")];
    let check = |proposal: &OrderProposal| {
        Gate::default().check(
            proposal,
            standing(&execution, &pending),
            &MarketSnapshot::default(),
            &limits(),
            DateTime::UNIX_EPOCH,
        )
    };
    assert_eq!(check(&with_quantity("10", Side::Buy)), Ok(()));
    let beyond = check(&with_quantity("10.5", Side::Buy)).unwrap_err();
    assert_eq!(
        beyond,
        "the position could be worth 6050, more than 6000, the limit"
    );
    let elsewhere = OrderProposal {
        exchange: "mexc".to_owned(),
        ..with_quantity("40", Side::Buy)
    };
    assert_eq!(check(&elsewhere), Ok(()));
    // 30 held: even a sale of 50 leaves 20 short
    assert_eq!(check(&with_quantity("50", Side::Sell)), Ok(()));
}

#[test]
fn nothing_is_placed_on_an_old_book_or_an_old_reading() {
    let now = DateTime::from_timestamp(100, 0).unwrap();
    let check = |read_at: i64, book_at: Option<i64>| {
        let time = |second| DateTime::from_timestamp(second, 0).unwrap();
        let mut market = MarketSnapshot {
            read_at: Some(time(read_at)),
            ..MarketSnapshot::default()
        };
        let book = Book {
            at: book_at.map(time),
            ..Book::default()
        };
        let place = MarketRef::new("mexc", "BTC/USDT");
        market.books.insert(place, Arc::new(book));
        let execution = Execution::default();
        let state = standing(&execution, &[]);
        let fine = proposal("99", "100");
        Gate::default().check(&fine, state, &market, &limits(), now)
    };
    assert_eq!(check(85, None), Ok(()));
    assert_eq!(check(99, Some(85)), Ok(()));
    for refused in [check(84, None), check(99, Some(84))] {
        let reason = "what is known of the market is 16 s old, more than 15 s, the limit";
        assert_eq!(refused.unwrap_err(), reason);
    }
}

/// What the gate says to an order while the market stands like this.
fn checked_against(bid: &str, ask: &str, price: &str, side: Side) -> Result<(), String> {
    let level = |price: &str| {
        vec![Level {
            price: decimal(price),
            quantity: decimal("1"),
        }]
    };
    let book = Book {
        bids: level(bid),
        asks: level(ask),
        at: None,
    };
    let mut market = MarketSnapshot::default();
    let place = MarketRef::new("binance", "BTC/USDT");
    market.books.insert(place, Arc::new(book));
    let near = GateLimits {
        price_distance_bps: 500,
        ..limits()
    };
    // Its strategy takes its own price for the market's
    let proposal = OrderProposal {
        side,
        ..proposal(price, price)
    };
    let execution = Execution::default();
    let state = standing(&execution, &[]);
    Gate::default().check(&proposal, state, &market, &near, DateTime::UNIX_EPOCH)
}

#[test]
fn nothing_is_placed_on_a_crossed_book() {
    for side in [Side::Buy, Side::Sell] {
        let refused = checked_against("101", "99", "100", side);
        assert!(
            refused
                .unwrap_err()
                .contains("BTC/USDT on binance is crossed")
        );
        assert_eq!(checked_against("100", "100", "100", side), Ok(()));
    }
}

#[test]
fn no_order_reaches_far_into_the_market_whatever_its_reference() {
    for (price, side) in [("105", Side::Buy), ("95", Side::Sell), ("50", Side::Buy)] {
        assert_eq!(checked_against("99", "101", price, side), Ok(()));
    }
    for (price, side) in [("105.01", Side::Buy), ("94.99", Side::Sell)] {
        let refused = checked_against("99", "101", price, side).unwrap_err();
        assert!(
            refused.contains("500 basis points into the market"),
            "{refused}"
        );
    }
}
