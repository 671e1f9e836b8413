//! What taking an amount from a book costs.

use domain::money::Decimal;

use super::config::ArbitrageVenue;
use crate::{Book, Level, MarketSnapshot};

/// An amount taken from the best level onwards.
#[derive(Debug)]
pub(super) struct Taken {
    /// Per unit, over all of it.
    pub(super) average: Decimal,
    /// Of the last level it takes from.
    pub(super) worst: Decimal,
}

pub(super) fn side<'m>(
    venue: &ArbitrageVenue,
    market: &'m MarketSnapshot,
    of: impl Fn(&'m Book) -> &'m [Level],
) -> Result<&'m [Level], String> {
    let book = market.books.get(&venue.market);
    let book = book.ok_or_else(|| format!("there is no book of {}", venue.market))?;
    Ok(of(book))
}

/// `None` when the levels hold less than `amount`, or nothing is to be taken.
pub(super) fn take(levels: &[Level], amount: &Decimal) -> Option<Taken> {
    let mut remaining = amount.clone();
    let mut value = Decimal::zero();
    let mut worst = None;
    for level in levels {
        if !remaining.is_positive() {
            break;
        }
        if !level.price.is_positive() || !level.quantity.is_positive() {
            continue;
        }
        let taken = remaining.clone().min(level.quantity.clone());
        value = &value + &(&level.price * &taken);
        remaining = &remaining - &taken;
        worst = Some(&level.price);
    }
    if remaining.is_positive() || !amount.is_positive() {
        return None;
    }
    Some(Taken {
        average: value.checked_div(amount)?,
        worst: worst?.clone(),
    })
}
