//! The markets as the runs that are due within a moment see them: each is read once, however many look.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorChain;
use strategies::{Book, MarketRef, MarketSnapshot, Ticker, TradingRules};
use tokio::sync::OnceCell;

use super::venue_calls::VenueCalls;
use crate::venue::VenueError;

#[derive(Debug)]
pub(crate) struct MarketView {
    calls: Arc<VenueCalls>,
    /// Everything is read then or later.
    since: DateTime<Utc>,
    cells: Mutex<HashMap<MarketRef, Arc<OnceCell<Seen>>>>,
}

/// What could be read; the rest is missing.
#[derive(Debug)]
struct Seen {
    book: Option<Arc<Book>>,
    ticker: Option<Ticker>,
    rules: Option<Arc<TradingRules>>,
}

impl MarketView {
    pub(crate) fn new(calls: Arc<VenueCalls>, since: DateTime<Utc>) -> Self {
        Self {
            calls,
            since,
            cells: Mutex::default(),
        }
    }

    /// Whether it was begun at most `age` before.
    pub(crate) fn is_of(&self, now: DateTime<Utc>, age: TimeDelta) -> bool {
        (TimeDelta::zero()..age).contains(&(now - self.since))
    }

    pub(crate) async fn snapshot(&self, markets: Vec<MarketRef>) -> MarketSnapshot {
        let mut snapshot = MarketSnapshot {
            read_at: Some(self.since),
            ..MarketSnapshot::default()
        };
        for market in markets {
            let cell = self.cell(&market);
            let seen = cell.get_or_init(|| self.look(&market)).await;
            if let Some(book) = &seen.book {
                snapshot.books.insert(market.clone(), book.clone());
            }
            if let Some(rules) = &seen.rules {
                snapshot.rules.insert(market.clone(), rules.clone());
            }
            if let Some(ticker) = &seen.ticker {
                snapshot.tickers.insert(market, ticker.clone());
            }
        }
        snapshot
    }

    fn cell(&self, market: &MarketRef) -> Arc<OnceCell<Seen>> {
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        cells.entry(market.clone()).or_default().clone()
    }

    async fn look(&self, market: &MarketRef) -> Seen {
        let (book, ticker, rules) = tokio::join!(
            self.calls.book(market),
            self.calls.ticker(market),
            self.calls.rules(market),
        );
        Seen {
            book: told(market, book),
            ticker: told(market, ticker),
            rules: told(market, rules),
        }
    }
}

/// The strategy says what it misses, in its own words; the cause goes to the log.
fn told<T>(market: &MarketRef, answer: Result<T, VenueError>) -> Option<T> {
    answer
        .inspect_err(|error| {
            tracing::debug!(%market, error = %ErrorChain(error), "a market could not be read");
        })
        .ok()
}
