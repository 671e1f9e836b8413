//! A market as it is recorded with a decision, and back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::execution::{SeenBook, SeenMarket, SeenRules, SeenTicker};
use domain::money::Decimal;

use crate::{Book, Level, MarketRef, MarketSnapshot, Ticker, TradingRules};

impl MarketSnapshot {
    /// `None` where a number has more digits than events may hold.
    pub fn to_seen(&self) -> Option<Vec<SeenMarket>> {
        let books = self.books.keys();
        let markets = books.chain(self.tickers.keys()).chain(self.rules.keys());
        let markets: BTreeSet<&MarketRef> = markets.collect();
        let seen = markets.into_iter().map(|market| SeenMarket {
            exchange: market.exchange.clone(),
            pair: market.pair.clone(),
            book: self.books.get(market).map(|book| seen_book(book)),
            ticker: self.tickers.get(market).map(seen_ticker),
            rules: self.rules.get(market).map(|rules| seen_rules(rules)),
        });
        let seen: Vec<SeenMarket> = seen.collect();
        seen.iter().all(is_storable).then_some(seen)
    }

    /// The snapshot that [`Self::to_seen`] was asked of, but for when it was read.
    pub fn of_seen(markets: &[SeenMarket]) -> Self {
        let (mut books, mut tickers, mut rules) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for seen in markets {
            let market = MarketRef::new(&seen.exchange, &seen.pair);
            let book = seen.book.as_ref();
            books.extend(book.map(|book| (market.clone(), Arc::new(as_book(book)))));
            let ticker = seen.ticker.as_ref();
            tickers.extend(ticker.map(|ticker| (market.clone(), as_ticker(ticker))));
            let stated = seen.rules.as_ref();
            rules.extend(stated.map(|stated| (market, Arc::new(as_rules(stated)))));
        }
        Self {
            books,
            tickers,
            rules,
            read_at: None,
        }
    }
}

fn seen_book(book: &Book) -> SeenBook {
    let side = |levels: &[Level]| {
        let levels = levels.iter();
        levels
            .map(|level| (level.price.clone(), level.quantity.clone()))
            .collect()
    };
    SeenBook {
        bids: side(&book.bids),
        asks: side(&book.asks),
        at: book.at,
    }
}

fn as_book(seen: &SeenBook) -> Book {
    let side = |levels: &[(Decimal, Decimal)]| {
        let levels = levels.iter().cloned();
        levels
            .map(|(price, quantity)| Level { price, quantity })
            .collect()
    };
    Book {
        bids: side(&seen.bids),
        asks: side(&seen.asks),
        at: seen.at,
    }
}

fn seen_ticker(ticker: &Ticker) -> SeenTicker {
    SeenTicker {
        last: ticker.last.clone(),
        bid: ticker.bid.clone(),
        ask: ticker.ask.clone(),
    }
}

fn as_ticker(seen: &SeenTicker) -> Ticker {
    Ticker {
        last: seen.last.clone(),
        bid: seen.bid.clone(),
        ask: seen.ask.clone(),
    }
}

fn seen_rules(rules: &TradingRules) -> SeenRules {
    SeenRules {
        tick: rules.tick.clone(),
        lot: rules.lot.clone(),
        price_digits: rules.price_digits,
        quantity_digits: rules.quantity_digits,
        min_quantity: rules.min_quantity.clone(),
        min_notional: rules.min_notional.clone(),
    }
}

fn as_rules(seen: &SeenRules) -> TradingRules {
    TradingRules {
        tick: seen.tick.clone(),
        lot: seen.lot.clone(),
        price_digits: seen.price_digits,
        quantity_digits: seen.quantity_digits,
        min_quantity: seen.min_quantity.clone(),
        min_notional: seen.min_notional.clone(),
    }
}

fn is_storable(market: &SeenMarket) -> bool {
    let book = market.book.iter();
    let levels = book.flat_map(|book| book.bids.iter().chain(&book.asks));
    let levels = levels.flat_map(|(price, quantity)| [price, quantity]);
    let ticker = market.ticker.iter();
    let ticker = ticker.flat_map(|ticker| [&ticker.last, &ticker.bid, &ticker.ask]);
    let rules = market.rules.iter();
    let rules = rules.flat_map(|rules| {
        [
            &rules.tick,
            &rules.lot,
            &rules.min_quantity,
            &rules.min_notional,
        ]
    });
    let mut stated = ticker.chain(rules).flatten().chain(levels);
    stated.all(Decimal::is_storable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot() -> MarketSnapshot {
        let market = MarketRef::new("binance", "BTC/USDT");
        let level = |price: &str, quantity: &str| Level {
            price: price.parse().unwrap(),
            quantity: quantity.parse().unwrap(),
        };
        let book = Book {
            bids: vec![level("99.50", "1"), level("99", "2.5")],
            asks: vec![level("100.5", "0.25")],
            at: "2026-11-22T09:00:00Z".parse().ok(),
        };
        let ticker = Ticker {
            last: Some(100.into()),
            ..Ticker::default()
        };
        let rules = TradingRules {
            tick: "0.01".parse().ok(),
            price_digits: Some(7),
            ..TradingRules::default()
        };
        let elsewhere = MarketRef::new("mexc", "BTC/USDT");
        MarketSnapshot {
            books: [(market.clone(), Arc::new(book))].into(),
            tickers: [(market.clone(), ticker.clone()), (elsewhere, ticker)].into(),
            rules: [(market, Arc::new(rules))].into(),
            read_at: None,
        }
    }

    #[test]
    fn what_was_seen_comes_back_through_the_log() {
        let snapshot = snapshot();
        let seen = snapshot.to_seen().unwrap();
        let text = serde_json::to_string(&seen).unwrap();
        let read: Vec<SeenMarket> = serde_json::from_str(&text).unwrap();
        assert_eq!(MarketSnapshot::of_seen(&read), snapshot);
    }

    #[test]
    fn a_number_that_events_cannot_hold_is_not_recorded() {
        let mut snapshot = snapshot();
        let third = Decimal::one().checked_div(&3.into()).unwrap();
        let tiny = (0..4).fold(third, |product, _| &product * &product);
        for ticker in snapshot.tickers.values_mut() {
            ticker.last = Some(tiny.clone());
        }
        assert_eq!(snapshot.to_seen(), None);
    }
}
