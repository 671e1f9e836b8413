//! Books and prices that are old or make no sense.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use strategies::{Book, Ticker};

/// The last that was seen of something before it went stale.
#[derive(Debug)]
pub(super) struct LastSeen<T>(Mutex<HashMap<String, T>>);

impl<T> Default for LastSeen<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> LastSeen<T> {
    /// What is shown of the pair instead of `fresh`.
    pub(super) fn show(&self, pair: &str, fresh: T, stale: bool) -> T {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if stale && let Some(old) = seen.get(pair) {
            return old.clone();
        }
        seen.insert(pair.to_owned(), fresh.clone());
        fresh
    }
}

/// The best of each side change their prices; the order of the levels stays.
pub(super) fn crossed_book(book: &Book) -> Arc<Book> {
    let mut crossed = book.clone();
    if let (Some(bid), Some(ask)) = (crossed.bids.first_mut(), crossed.asks.first_mut()) {
        std::mem::swap(&mut bid.price, &mut ask.price);
    }
    Arc::new(crossed)
}

pub(super) fn crossed_ticker(ticker: Ticker) -> Ticker {
    Ticker {
        bid: ticker.ask,
        ask: ticker.bid,
        ..ticker
    }
}
