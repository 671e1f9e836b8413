//! What trades come to.

use super::*;
use crate::examples::intent;
use crate::execution::Side;
use crate::execution::examples::fill;
use crate::money::{Price, Quantity};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// `quantity` at `price`, with a fee such as `0.1 BNB`.
fn trade(ledger: &mut Ledger, side: Side, quantity: &str, price: &str, fee: &str) {
    let (amount, currency) = fee.split_once(' ').unwrap();
    let fill = Fill {
        price: Price::try_new(decimal(price)).unwrap(),
        quantity: Quantity::try_new(decimal(quantity)).unwrap(),
        fee: decimal(amount),
        fee_currency: currency.to_owned(),
        ..fill("a", "1", 1)
    };
    ledger.traded(&intent("a", side, 1), &fill);
}

fn after(trades: &[(Side, &str, &str, &str)]) -> Ledger {
    let mut ledger = Ledger::default();
    for (side, quantity, price, fee) in trades {
        trade(&mut ledger, *side, quantity, price, fee);
    }
    ledger
}

const FREE: &str = "0 USDT";

/// Base held, its average cost and what was realised.
fn told(ledger: &Ledger) -> (String, Option<String>, String) {
    let position = &ledger.positions[0];
    let cost = position.average_cost().map(|cost| cost.to_string());
    (
        position.base.to_string(),
        cost,
        position.realised.to_string(),
    )
}

#[test]
fn a_sale_realises_its_part_and_leaves_the_cost_of_the_rest() {
    let ledger = after(&[
        (Side::Buy, "1", "100", FREE),
        (Side::Buy, "2", "103", FREE),
        (Side::Sell, "1.5", "110", FREE),
    ]);
    let expected = ("1.5".to_owned(), Some("102".to_owned()), "12".to_owned());
    assert_eq!(told(&ledger), expected);
    let position = &ledger.positions[0];
    assert_eq!(position.unrealised_at(&decimal("104")), decimal("3"));
    assert_eq!(position.profit_at(&decimal("104")), decimal("15"));
    assert_eq!(position.volume(), decimal("471"));
    assert_eq!(position.mark, Some(decimal("110")));
}

#[test]
fn what_was_sold_short_is_a_profit_when_it_is_bought_back_for_less() {
    let ledger = after(&[
        (Side::Sell, "2", "100", FREE),
        (Side::Buy, "0.5", "90", FREE),
    ]);
    let expected = ("-1.5".to_owned(), Some("100".to_owned()), "5".to_owned());
    assert_eq!(told(&ledger), expected);
    let position = &ledger.positions[0];
    assert_eq!(position.unrealised_at(&decimal("110")), decimal("-15"));
}

#[test]
fn a_trade_beyond_the_position_opens_the_other_side_at_its_price() {
    let ledger = after(&[
        (Side::Buy, "1", "100", FREE),
        (Side::Sell, "3", "110", FREE),
    ]);
    let expected = ("-2".to_owned(), Some("110".to_owned()), "10".to_owned());
    assert_eq!(told(&ledger), expected);
}

#[test]
fn fees_count_in_whatever_they_were_paid_and_rebates_against_them() {
    let ledger = after(&[
        (Side::Buy, "2", "100", "0.2 USDT"),
        (Side::Buy, "1", "100", "0.01 BTC"),
        (Side::Sell, "1", "100", "0.003 BNB"),
        (Side::Sell, "1", "100", "-0.05 USDT"),
        (Side::Sell, "0.1", "100", "-0.001 BNB"),
    ]);
    let position = &ledger.positions[0];
    assert_eq!(position.base, decimal("0.89"), "the fee in BTC is gone");
    assert_eq!(position.fees, decimal("1.15"));
    assert_eq!(position.other_fees["BNB"], decimal("0.002"));
    assert_eq!(position.realised, decimal("0"));
    assert_eq!(position.profit_at(&decimal("100")), decimal("-1.15"));
}

#[test]
fn a_round_trip_earns_the_difference_less_the_fees_whichever_side_comes_first() {
    let long = after(&[
        (Side::Buy, "2", "3000", "2 USDT"),
        (Side::Sell, "2", "3010", "2 USDT"),
    ]);
    let short = after(&[
        (Side::Sell, "1", "100", "1 USDT"),
        (Side::Buy, "1", "200", "1 USDT"),
    ]);
    for (ledger, profit) in [(long, "16"), (short, "-102")] {
        let position = &ledger.positions[0];
        assert_eq!(position.profit_at(&decimal("12345")), decimal(profit));
        assert_eq!(position.average_cost(), None);
    }
}

#[test]
fn a_later_run_goes_on_with_what_the_one_before_held() {
    let mut instance = after(&[(Side::Buy, "2", "100", "1 USDT")]);
    let later = after(&[(Side::Sell, "3", "110", "0.5 BNB")]);
    instance.continue_with(&later);
    let expected = ("-1".to_owned(), Some("110".to_owned()), "20".to_owned());
    assert_eq!(told(&instance), expected);
    let position = &instance.positions[0];
    assert_eq!((position.trades, &position.fees), (2, &decimal("1")));
    assert_eq!(position.cash(), decimal("129"));
    assert_eq!(position.profit_at(&decimal("110")), decimal("19"));
}

#[test]
fn markets_are_apart_and_a_decision_moves_the_mark_of_what_is_held() {
    let mut ledger = after(&[(Side::Buy, "2", "100", FREE)]);
    let elsewhere = OrderIntent {
        exchange: "elsewhere".to_owned(),
        ..intent("b", Side::Buy, 1)
    };
    ledger.traded(&elsewhere, &fill("b", "1", 1));
    assert_eq!(ledger.positions.len(), 2);
    assert_eq!(ledger.positions[0].base, decimal("2"));
    let mut decision = intent("c", Side::Buy, 1);
    decision.basis.reference_price = decimal("107.5");
    ledger.decided(&decision);
    assert_eq!(ledger.positions[0].mark, Some(decimal("107.5")));
    assert_eq!(ledger.positions[1].mark, Some(decimal("100")));
}
