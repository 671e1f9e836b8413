//! What an order meets when it arrives. Pure.

use domain::execution::Side;
use domain::money::Decimal;
use strategies::{Book, Level};

/// The trades of an order that arrives and takes what is there within its limit: price and
/// quantity of each, best first.
pub(super) fn take(side: Side, limit: &Decimal, quantity: &Decimal, book: &Book) -> Vec<Level> {
    let (levels, within): (_, fn(&Decimal, &Decimal) -> bool) = match side {
        Side::Buy => (&book.asks, |price, limit| price <= limit),
        Side::Sell => (&book.bids, |price, limit| price >= limit),
    };
    let mut remaining = quantity.clone();
    let mut trades = Vec::new();
    for level in levels {
        if !remaining.is_positive() || !within(&level.price, limit) {
            break;
        }
        let quantity = level.quantity.clone().min(remaining.clone());
        remaining = &remaining - &quantity;
        trades.push(Level {
            price: level.price.clone(),
            quantity,
        });
    }
    trades
}

/// What stands in line at the order's price when it arrives. Deeper than the book shows, the last
/// level stands for what isn't seen.
pub(super) fn queue_ahead(side: Side, price: &Decimal, book: &Book) -> Decimal {
    let (levels, deeper): (_, fn(&Decimal, &Decimal) -> bool) = match side {
        Side::Buy => (&book.bids, |price, level| price < level),
        Side::Sell => (&book.asks, |price, level| price > level),
    };
    if let Some(level) = levels.iter().find(|level| level.price == *price) {
        return level.quantity.clone();
    }
    levels
        .last()
        .filter(|last| deeper(price, &last.price))
        .map_or_else(Decimal::zero, |last| last.quantity.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn what_arrives_takes_level_by_level_within_its_limit() {
        let level = |price, quantity| Level {
            price: decimal(price),
            quantity: decimal(quantity),
        };
        let book = Book {
            bids: vec![level("99", "3"), level("98", "4")],
            asks: vec![level("100", "1"), level("101", "2"), level("103", "9")],
            at: None,
        };
        let trades = take(Side::Buy, &decimal("102"), &decimal("5"), &book);
        assert_eq!(trades, [level("100", "1"), level("101", "2")]);
        let trades = take(Side::Sell, &decimal("99"), &decimal("2"), &book);
        assert_eq!(trades, [level("99", "2")]);
        assert_eq!(queue_ahead(Side::Buy, &decimal("98"), &book), decimal("4"));
        assert_eq!(
            queue_ahead(Side::Buy, &decimal("98.5"), &book),
            decimal("0")
        );
        assert_eq!(
            queue_ahead(Side::Sell, &decimal("104"), &book),
            decimal("9")
        );
    }
}
