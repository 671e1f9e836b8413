//! The order that closes a position: as large as an order may be, and no farther into the book than an
//! order may reach.

use std::borrow::Cow;

use domain::execution::{DecisionBasis, Position, Side};
use domain::money::{Decimal, Price, Quantity};
use strategies::{Level, MarketSnapshot, OrderProposal, TradingRules};

use super::{SLOT, place, side};
use crate::runtime::gate::worst_price;
use crate::runtime::settings::GateLimits;

/// Of one unit, where a venue states no step: of a price, and of a quantity.
const TICKS: i64 = 1_000_000;
const LOTS: i64 = 100_000_000;

pub(super) enum Closing {
    Order(Box<OrderProposal>),
    TooSmall,
    NoBook,
}

/// What is left of the position afterwards gets the next order. `ours` is the best price at which
/// another run of ours would trade with it: it then waits in front of that.
pub(super) fn closing_order(
    held: &Position,
    market: &MarketSnapshot,
    ours: Option<&Price>,
    limits: &GateLimits,
) -> Closing {
    let (place, side) = (place(held), side(held));
    let Some(book) = market.books.get(&place) else {
        return Closing::NoBook;
    };
    let levels = match side {
        Side::Buy => &book.asks,
        Side::Sell => &book.bids,
    };
    let best = levels.first().map(|level| &level.price);
    // With one side gone, what is there is all that is known of the price
    let Some(middle) = book.mid().or_else(|| best.cloned()) else {
        return Closing::NoBook;
    };
    let worst = worst_price(side, &middle, limits);
    let in_reach = levels.iter().take_while(|level| match side {
        Side::Buy => level.price <= worst,
        Side::Sell => level.price >= worst,
    });
    let amount = held.base.abs();
    let Some(price) = last_price(in_reach, &amount) else {
        return Closing::NoBook;
    };
    let rules = market.rules.get(&place).map(AsRef::as_ref);
    let price = in_front_of(ours, side, price, rules);
    let most = limits.order_notional.checked_div(&price);
    let amount = most.map_or(amount.clone(), |most| amount.min(most));
    let Some((price, quantity)) = sized(&price, &amount, rules) else {
        return Closing::TooSmall;
    };
    Closing::Order(Box::new(OrderProposal {
        slot: format!("{SLOT}-{}-{}", held.exchange, side.as_str()),
        exchange: held.exchange.clone(),
        pair: held.pair.clone(),
        side,
        basis: DecisionBasis {
            reference_price: middle,
            inputs: [("position".to_owned(), held.base.clone())].into(),
        },
        price,
        quantity,
        post_only: false,
        counts_trade: false,
    }))
}

/// Of the last level that an order for `amount` takes from; of the last there is when all of them
/// hold less.
fn last_price<'a>(
    levels: impl Iterator<Item = &'a Level>,
    amount: &Decimal,
) -> Option<&'a Decimal> {
    let mut remaining = amount.clone();
    let mut last = None;
    for level in levels.filter(|level| level.price.is_positive()) {
        if !remaining.is_positive() {
            break;
        }
        remaining = &remaining - &level.quantity;
        last = Some(&level.price);
    }
    last
}

/// The nearest price that does not trade with an order of ours.
fn in_front_of(
    ours: Option<&Price>,
    side: Side,
    price: &Decimal,
    rules: Option<&TradingRules>,
) -> Decimal {
    let Some(ours) = ours.map(Price::amount) else {
        return price.clone();
    };
    let tick = rules.and_then(|rules| rules.tick_at(ours));
    // A venue that states no tick takes any price
    let tick = tick
        .map(Cow::into_owned)
        .or_else(|| ours.checked_div(&Decimal::from(TICKS)));
    let tick = tick.unwrap_or_else(Decimal::zero);
    match side {
        Side::Buy => price.clone().min(ours - &tick),
        Side::Sell => price.clone().max(ours + &tick),
    }
}

fn sized(
    price: &Decimal,
    amount: &Decimal,
    rules: Option<&TradingRules>,
) -> Option<(Price, Quantity)> {
    let lot = rules.and_then(|rules| rules.lot_at(amount));
    // Where a venue states none: what is smaller is dust, also after fees in base currency
    let lot = lot.or_else(|| {
        Decimal::one()
            .checked_div(&Decimal::from(LOTS))
            .map(Cow::Owned)
    });
    let amount = lot.map_or_else(|| amount.clone(), |lot| amount.floor_to(&lot));
    let (price, quantity) = (
        Price::try_new(price.clone()).ok()?,
        Quantity::try_new(amount).ok()?,
    );
    let accepted = rules.is_none_or(|rules| rules.check_minimums(&price, &quantity).is_ok());
    accepted.then_some((price, quantity))
}
