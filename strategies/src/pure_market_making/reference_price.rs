//! The price that all quotes are measured from.

use std::collections::BTreeMap;

use domain::execution::DecisionBasis;
use domain::money::Decimal;

use super::config::{PmmConfig, PriceSource};
use crate::{MarketRef, MarketSnapshot};

/// Only `last_price` looks at the ticker. No other source falls back to it: quotes around a stale
/// price lose money, no quotes don't.
pub(super) fn reference_price(
    config: &PmmConfig,
    market: &MarketSnapshot,
) -> Result<DecisionBasis, String> {
    let source = &config.price_market;
    let mut inputs = BTreeMap::new();
    let reference_price = match config.price_source {
        PriceSource::LastPrice => from_ticker(source, market, &mut inputs),
        PriceSource::MidPrice | PriceSource::BestBid | PriceSource::BestAsk => {
            from_book(config.price_source, source, market, &mut inputs)
        }
    };
    let reference_price = reference_price.ok_or_else(|| missing(config.price_source, source))?;
    if !reference_price.is_storable() {
        return Err(format!("the price of {source} has too many digits"));
    }
    Ok(DecisionBasis {
        reference_price,
        inputs,
    })
}

fn from_book(
    price_source: PriceSource,
    source: &MarketRef,
    market: &MarketSnapshot,
    inputs: &mut BTreeMap<String, Decimal>,
) -> Option<Decimal> {
    let book = market.books.get(source)?;
    for (name, price) in [("bid", book.best_bid()), ("ask", book.best_ask())] {
        if let Some(price) = price {
            inputs.insert(format!("{}.{name}", source.exchange), price.clone());
        }
    }
    match price_source {
        PriceSource::BestBid => book.best_bid().cloned(),
        PriceSource::BestAsk => book.best_ask().cloned(),
        PriceSource::MidPrice | PriceSource::LastPrice => book.mid(),
    }
}

/// The first positive of last, bid and ask.
fn from_ticker(
    source: &MarketRef,
    market: &MarketSnapshot,
    inputs: &mut BTreeMap<String, Decimal>,
) -> Option<Decimal> {
    let ticker = market.tickers.get(source)?;
    let (name, price) = [
        ("last", &ticker.last),
        ("ticker_bid", &ticker.bid),
        ("ticker_ask", &ticker.ask),
    ]
    .into_iter()
    .find_map(|(name, price)| Some((name, price.clone().filter(Decimal::is_positive)?)))?;
    inputs.insert(format!("{}.{name}", source.exchange), price.clone());
    Some(price)
}

fn missing(price_source: PriceSource, source: &MarketRef) -> String {
    let what = match price_source {
        PriceSource::MidPrice => "mid price: its book lacks a side",
        PriceSource::BestBid => "best bid: its book has no bids",
        PriceSource::BestAsk => "best ask: its book has no asks",
        PriceSource::LastPrice => "last price: its ticker has none",
    };
    format!("{source} has no {what}")
}
