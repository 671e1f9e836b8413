//! Any sequence of trades, whatever they cost.

use domain::execution::{Execution, ExecutionEvent, Fill, Ledger, PaidIn, Side};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use proptest::prelude::*;

use super::config;
use crate::examples::{at, intent};

#[derive(Debug, Clone)]
struct Trade {
    side: Side,
    fill: Fill,
}

fn decimal(digits: i64, places: u32) -> Decimal {
    format!("{digits}e-{places}").parse().unwrap()
}

fn trade() -> impl Strategy<Value = Trade> {
    let side = prop_oneof![Just(Side::Buy), Just(Side::Sell)];
    let price = (1..10_000_000_i64, 0..9_u32);
    let quantity = (1..1_000_000_i64, 0..9_u32);
    let currency = prop_oneof![Just("USDT"), Just("BTC"), Just("BNB")];
    let fee = (-1_000..10_000_i64, currency);
    (side, price, quantity, fee).prop_map(|(side, price, quantity, (fee, currency))| {
        let fill = Fill {
            client_order_id: ClientOrderId::new("a"),
            fill_id: "f".to_owned(),
            price: Price::try_new(decimal(price.0, price.1)).unwrap(),
            quantity: Quantity::try_new(decimal(quantity.0, quantity.1)).unwrap(),
            fee: decimal(fee, 7),
            fee_currency: currency.to_owned(),
            filled_at: at(5),
        };
        Trade { side, fill }
    })
}

fn ledger(trades: &[Trade]) -> Ledger {
    let mut ledger = Ledger::default();
    for trade in trades {
        ledger.traded(&intent("a", trade.side, 1), &trade.fill);
    }
    ledger
}

/// Base and quote currency that changed hands, fees in them included, added up by hand.
fn flows(trades: &[Trade]) -> (Decimal, Decimal) {
    let mut flows = (Decimal::zero(), Decimal::zero());
    for Trade { side, fill } in trades {
        let (base, quote) = (fill.quantity.amount(), fill.price.notional(&fill.quantity));
        flows = match side {
            Side::Buy => (&flows.0 + base, &flows.1 - &quote),
            Side::Sell => (&flows.0 - base, &flows.1 + &quote),
        };
        match PaidIn::of(&fill.fee_currency, "BTC/USDT") {
            PaidIn::Base => flows.0 = &flows.0 - &fill.fee,
            PaidIn::Quote => flows.1 = &flows.1 - &fill.fee,
            PaidIn::Other => {}
        }
    }
    flows
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn profit_is_cash_plus_inventory_to_the_last_digit(
        trades in prop::collection::vec(trade(), 1..40),
        mark in (1..10_000_000_i64, 0..9_u32),
    ) {
        let ledger = ledger(&trades);
        let position = &ledger.positions[0];
        let (base, cash) = flows(&trades);
        let mark = decimal(mark.0, mark.1);
        prop_assert_eq!(&position.base, &base);
        prop_assert_eq!(&position.cash(), &cash);
        let inventory = &base * &mark;
        prop_assert_eq!(position.profit_at(&mark), &cash + &inventory);
        if position.base.is_zero() {
            prop_assert!(position.cost.is_zero());
        }
    }

    #[test]
    fn runs_one_after_the_other_come_to_what_one_run_would(
        trades in prop::collection::vec(trade(), 2..30),
        cut in any::<prop::sample::Index>(),
        mark in 1..1_000_000_i64,
    ) {
        let (first, later) = trades.split_at(cut.index(trades.len() - 1) + 1);
        let mut runs = ledger(first);
        runs.continue_with(&ledger(later));
        let whole = ledger(&trades);
        let (runs, whole) = (&runs.positions[0], &whole.positions[0]);
        let mark = decimal(mark, 3);
        prop_assert_eq!(runs.profit_at(&mark), whole.profit_at(&mark));
        prop_assert_eq!(&runs.base, &whole.base);
        prop_assert_eq!(runs.cash(), whole.cash());
        prop_assert_eq!(&runs.other_fees, &whole.other_fees);
    }

    #[test]
    fn a_prefix_folded_twice_is_equal_and_saving_in_between_changes_nothing(
        trades in prop::collection::vec(trade(), 1..30),
        cut in any::<prop::sample::Index>(),
    ) {
        let events: Vec<ExecutionEvent> = trades.iter().enumerate().flat_map(events).collect();
        let at_once = |events: &[ExecutionEvent]| {
            let mut execution = Execution::default();
            execution.fold(events.iter().cloned());
            execution
        };
        let (before, after) = events.split_at(cut.index(events.len()));
        let prefix = at_once(before);
        prop_assert_eq!(&prefix.ledger, &at_once(before).ledger);
        let saved = serde_json::to_string(&prefix).unwrap();
        let mut read: Execution = serde_json::from_str(&saved).unwrap();
        read.fold(after.iter().cloned());
        prop_assert_eq!(read, at_once(&events));
    }
}

/// One order, and the trade that is all of it.
fn events((number, trade): (usize, &Trade)) -> [ExecutionEvent; 2] {
    let id = number.to_string();
    let mut intent = intent(&id, trade.side, 1);
    intent.quantity = trade.fill.quantity.clone();
    let mut fill = trade.fill.clone();
    fill.client_order_id = intent.client_order_id.clone();
    [
        ExecutionEvent::OrderIntended(intent),
        ExecutionEvent::OrderFilled(fill),
    ]
}
