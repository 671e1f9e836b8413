//! What differs from exchange to exchange: endpoints, names and words. A dialect makes requests and
//! reads answers; it never sends anything.

use ccxt::Value;
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use strategies::{Book, Level, Ticker};

use super::answer::Part;
use super::failure::Failure;
use super::listings::Listed;
use super::session::Call;
use crate::venue::{Balance, OrderRequest, PairBalances, ReportedState};

pub(super) trait Dialect: std::fmt::Debug + Send + Sync {
    /// What of ccxt gives all spot markets, in one form for every exchange.
    fn markets(&self) -> &'static str;

    fn client_id(&self, id: &ClientOrderId) -> String;

    fn place(&self, market: &Listed, order: &OrderRequest, id: &str) -> Call;

    /// `now` where the exchange does not say when.
    fn placed(&self, answer: &Value, now: DateTime<Utc>) -> Result<Placed, Failure>;

    fn cancel(&self, market: &Listed, id: &str) -> Call;

    /// The requests that find an order; they are sent one after the other until one does.
    fn find(&self, market: &Listed, id: &str) -> Vec<Call>;

    /// `None` where the answer proves that it does not have the order.
    fn found(&self, answer: &Value, id: &str) -> Result<Option<Found>, Failure>;

    /// The requests whose answers are all trades of an order.
    fn trades_of(&self, market: &Listed, order: &Found) -> Vec<Call>;

    /// Trades of the account, of one market where the exchange wants one named.
    fn trades_between(&self, market: Option<&Listed>, period: Period) -> Call;

    /// Whether [`Self::trades_between`] wants a market.
    fn trades_by_market(&self) -> bool;

    /// How many trades an answer has at most.
    fn trades_at_most(&self) -> usize;

    /// Shorter ones are the same to the exchange.
    fn shortest_period(&self) -> TimeDelta {
        TimeDelta::milliseconds(1)
    }

    fn trades(&self, answer: &Value) -> Result<Vec<Trade>, Failure>;

    fn balances(&self, market: &Listed) -> Call;

    fn read_balances(&self, answer: &Value, market: &Listed) -> Result<PairBalances, Failure>;

    fn book(&self, market: &Listed) -> Call;

    fn read_book(&self, answer: &Value, market: &Listed) -> Result<Book, Failure>;

    fn ticker(&self, market: &Listed) -> Call;

    fn read_ticker(&self, answer: &Value, market: &Listed) -> Result<Ticker, Failure>;
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) order_id: String,
    pub(super) at: DateTime<Utc>,
}

/// An order as the exchange has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) order_id: String,
    pub(super) placed_at: DateTime<Utc>,
    pub(super) state: ReportedState,
    /// How much of it traded.
    pub(super) executed: Decimal,
    /// Where the exchange names an order's trades with it.
    pub(super) trade_ids: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trade {
    pub(super) id: String,
    pub(super) order_id: String,
    /// As the exchange spells it, where it tells.
    pub(super) client_id: Option<String>,
    pub(super) price: Price,
    pub(super) quantity: Quantity,
    /// Negative for what the exchange pays.
    pub(super) fee: Decimal,
    /// The exchange's word for it; `None` for the market's quote currency.
    pub(super) fee_currency: Option<String>,
    pub(super) at: DateTime<Utc>,
}

/// From its beginning, with its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: DateTime<Utc>,
    pub(super) to: DateTime<Utc>,
}

impl Period {
    /// `None` when it is as short as can be.
    pub(super) fn halves(self, shortest: TimeDelta) -> Option<[Self; 2]> {
        let Self { from, to } = self;
        if to - from <= shortest {
            return None;
        }
        let middle = from + (to - from) / 2;
        Some([Self { from, to: middle }, Self { from: middle, to }])
    }
}

/// Rows of price and quantity; some exchanges add more to a row.
pub(super) fn levels(side: Part<'_>) -> Result<Vec<Level>, Failure> {
    let level = |row: Part<'_>| {
        let row = row.list()?;
        let [price, quantity, ..] = row.as_slice() else {
            return Err(side.unreadable());
        };
        Ok(Level {
            price: price.decimal()?,
            quantity: quantity.decimal()?,
        })
    };
    side.list()?.into_iter().map(level).collect()
}

/// Of a currency that the account does not list.
pub(super) fn no_balance() -> Balance {
    Balance {
        total: Decimal::zero(),
        reserved: Decimal::zero(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::execution::Side;
    use proptest::prelude::*;
    use strategies::TradingRules;

    use super::*;
    use crate::venue::ccxt::answer::whole;
    use crate::venue::ccxt::listings::Currency;
    use crate::venue::{LiveExchange, TimeInForce};

    fn market() -> Listed {
        let currency = |name: &str| Currency {
            name: name.to_owned(),
            id: name.to_owned(),
        };
        Listed {
            pair: "A/B".to_owned(),
            id: "AB".to_owned(),
            base: currency("A"),
            quote: currency("B"),
            rules: Arc::new(TradingRules::default()),
        }
    }

    /// What each exchange calls price and quantity.
    fn names(exchange: LiveExchange) -> (&'static str, &'static str) {
        match exchange {
            LiveExchange::Binance | LiveExchange::Mexc => ("price", "quantity"),
            LiveExchange::Kraken => ("price", "volume"),
            LiveExchange::Okx => ("px", "sz"),
        }
    }

    proptest! {
        #[test]
        fn what_was_decided_is_sent_to_the_digit(
            digits in 1_u128..1_000_000_000_000_000_000_000_000_000,
            places in 0_u32..20,
            lots in 1_u64..u64::MAX,
        ) {
            let price: Decimal = format!("{digits}e-{places}").parse().unwrap();
            let quantity: Decimal = format!("{lots}e-{places}").parse().unwrap();
            let order = OrderRequest {
                client_order_id: ClientOrderId::new("a-1-0"),
                pair: "A/B".to_owned(),
                side: Side::Sell,
                price: Price::try_new(price.clone()).unwrap(),
                quantity: Quantity::try_new(quantity.clone()).unwrap(),
                post_only: false,
                time_in_force: TimeInForce::GoodTilCancelled,
            };
            for exchange in LiveExchange::ALL {
                let sent = exchange.dialect().place(&market(), &order, "a-1-0").parameters();
                let (price_name, quantity_name) = names(exchange);
                for (name, amount) in [(price_name, &price), (quantity_name, &quantity)] {
                    let text = whole(&sent).get(name).text().unwrap();
                    prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
                    prop_assert_eq!(&text.parse::<Decimal>().unwrap(), amount);
                }
            }
        }
    }
}
