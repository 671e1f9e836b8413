//! Turns computed prices and quantities into ones a venue and the log accept.

use domain::execution::Side;
use domain::money::{Decimal, Price, Quantity};

use crate::TradingRules;

/// Where the original rounded quotients; also what an exact product is cut to when it has more
/// digits than the log takes.
const PLACES: u32 = 20;

/// Rounded to the venue's tick and lot when it states them: a buy never pays more than computed, a
/// sell never takes less. Otherwise why there can be no such order, in words that stay the same
/// while the market moves.
pub(crate) fn order_size(
    side: Side,
    price: &Decimal,
    quantity: &Decimal,
    rules: Option<&TradingRules>,
) -> Result<(Price, Quantity), String> {
    let (price, quantity) = match rules {
        None => (price.clone(), quantity.clone()),
        Some(rules) => (
            round_price(side, price, rules),
            round_quantity(quantity, rules),
        ),
    };
    checked(price, quantity, rules)
}

/// The same at a price that is not rounded any more.
pub(crate) fn order_size_at(
    price: Decimal,
    quantity: &Decimal,
    rules: Option<&TradingRules>,
) -> Result<(Price, Quantity), String> {
    let quantity = match rules {
        None => quantity.clone(),
        Some(rules) => round_quantity(quantity, rules),
    };
    checked(price, quantity, rules)
}

fn checked(
    price: Decimal,
    quantity: Decimal,
    rules: Option<&TradingRules>,
) -> Result<(Price, Quantity), String> {
    let price = Price::try_new(storable(price).ok_or("its price has too many digits")?)
        .map_err(|_| "its price is not above zero")?;
    let quantity = Quantity::try_new(storable(quantity).ok_or("its quantity has too many digits")?)
        .map_err(|_| "its quantity is not above zero")?;
    if let Some(rules) = rules {
        rules.check_minimums(&price, &quantity)?;
    }
    Ok((price, quantity))
}

fn round_price(side: Side, price: &Decimal, rules: &TradingRules) -> Decimal {
    match (rules.tick_at(price), side) {
        (None, _) => price.clone(),
        (Some(tick), Side::Buy) => price.floor_to(&tick),
        (Some(tick), Side::Sell) => price.ceil_to(&tick),
    }
}

pub(crate) fn round_quantity(quantity: &Decimal, rules: &TradingRules) -> Decimal {
    match rules.lot_at(quantity) {
        None => quantity.clone(),
        Some(lot) => quantity.floor_to(&lot),
    }
}

/// Rounded down to the venue's tick, whichever side it is for.
pub(crate) fn price_down(price: &Decimal, rules: Option<&TradingRules>) -> Decimal {
    match rules.and_then(|rules| rules.tick_at(price)) {
        None => price.clone(),
        Some(tick) => price.floor_to(&tick),
    }
}

fn storable(number: Decimal) -> Option<Decimal> {
    if number.is_storable() {
        return Some(number);
    }
    Some(number.round_to(PLACES)).filter(Decimal::is_storable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn sized(side: Side, price: &str, quantity: &str) -> Result<(String, String), String> {
        let rules = TradingRules {
            tick: Some(decimal("0.01")),
            lot: Some(decimal("0.1")),
            min_quantity: Some(decimal("0.2")),
            min_notional: Some(decimal("5")),
            ..TradingRules::default()
        };
        order_size(side, &decimal(price), &decimal(quantity), Some(&rules))
            .map(|(price, quantity)| (price.to_string(), quantity.to_string()))
    }

    #[test]
    fn rounds_in_our_favour() {
        let expected = |price: &str| Ok((price.to_owned(), "1.2".to_owned()));
        assert_eq!(sized(Side::Buy, "100.016", "1.29"), expected("100.01"));
        assert_eq!(sized(Side::Sell, "100.014", "1.29"), expected("100.02"));
    }

    #[test]
    fn what_rounds_to_nothing_or_is_too_small_is_no_order() {
        let reason = |price, quantity| sized(Side::Buy, price, quantity).unwrap_err();
        assert_eq!(reason("0.009", "1"), "its price is not above zero");
        assert_eq!(reason("100", "0.09"), "its quantity is not above zero");
        assert_eq!(
            reason("100", "0.1"),
            "its quantity is below the venue's minimum 0.2"
        );
        assert_eq!(reason("1", "1"), "its value is below the venue's minimum 5");
    }

    #[test]
    fn digits_beyond_what_the_log_takes_are_rounded() {
        let mut grown = decimal("1.001");
        for _ in 0..6 {
            grown = &grown * &grown;
        }
        assert!(!grown.is_storable());
        let (_, quantity) = order_size(Side::Buy, &Decimal::one(), &grown, None).unwrap();
        assert_eq!(quantity.to_string(), "1.06605830707611203805");
        let huge = &decimal("1e60") * &decimal("1e60");
        assert_eq!(
            order_size(Side::Buy, &huge, &Decimal::one(), None),
            Err("its price has too many digits".to_owned())
        );
    }
}
