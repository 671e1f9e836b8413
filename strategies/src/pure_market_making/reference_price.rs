//! The price that all quotes are measured from.

use std::collections::BTreeMap;

use domain::execution::DecisionBasis;
use domain::money::Decimal;

use super::config::{PmmConfig, PriceSource};
use crate::sizing::price_down;
use crate::{MarketRef, MarketSnapshot, OwnState, TradingRules};

/// Only `last_price` looks at the ticker. No other source falls back to it: quotes around a stale
/// price lose money, no quotes don't.
pub(super) fn reference_price(
    config: &PmmConfig,
    market: &MarketSnapshot,
    own: &OwnState,
) -> Result<DecisionBasis, String> {
    let source = &config.price_market;
    let mut inputs = BTreeMap::new();
    let reference_price = match config.price_source {
        PriceSource::LastPrice => from_ticker(source, market, &mut inputs),
        PriceSource::LastOwnTrade if own.history.last_trade_price.is_some() => {
            let price = own.history.last_trade_price.clone();
            inputs.extend(
                price
                    .clone()
                    .map(|price| ("last_own_trade".to_owned(), price)),
            );
            price
        }
        PriceSource::MidPrice
        | PriceSource::BestBid
        | PriceSource::BestAsk
        | PriceSource::LastOwnTrade
        | PriceSource::InventoryCost => from_book(config, market, &mut inputs),
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
    config: &PmmConfig,
    market: &MarketSnapshot,
    inputs: &mut BTreeMap<String, Decimal>,
) -> Option<Decimal> {
    let source = &config.price_market;
    let book = market.books.get(source)?;
    let rules = market.rules.get(source).map(AsRef::as_ref);
    let seen = |price: Option<&Decimal>| price.map(|price| as_seen(price, config, rules));
    let (bid, ask) = (seen(book.best_bid()), seen(book.best_ask()));
    for (name, price) in [("bid", &bid), ("ask", &ask)] {
        if let Some(price) = price {
            inputs.insert(format!("{}.{name}", source.exchange), price.clone());
        }
    }
    match config.price_source {
        PriceSource::BestBid => bid,
        PriceSource::BestAsk => ask,
        PriceSource::MidPrice
        | PriceSource::LastPrice
        | PriceSource::LastOwnTrade
        | PriceSource::InventoryCost => (&bid? + &ask?).checked_div(&Decimal::from(2)),
    }
}

fn as_seen(price: &Decimal, config: &PmmConfig, rules: Option<&TradingRules>) -> Decimal {
    if config.options.rounding.is_down() {
        price_down(price, rules)
    } else {
        price.clone()
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
        PriceSource::MidPrice | PriceSource::LastOwnTrade | PriceSource::InventoryCost => {
            "mid price: its book lacks a side"
        }
        PriceSource::BestBid => "best bid: its book has no bids",
        PriceSource::BestAsk => "best ask: its book has no asks",
        PriceSource::LastPrice => "last price: its ticker has none",
    };
    format!("{source} has no {what}")
}
