//! A pretend exchange as the runtime talks to it.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::clock::Clock;
use domain::ids::ClientOrderId;
use rusqlite::Connection;
use strategies::{Book, Ticker, TradingRules};

use super::exchange::Exchange;
use super::ledger::{PaperError, PaperLedger};
use super::settings::PaperSettings;
use crate::market::{Pair, PaperMarket};
use crate::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PairBalances, PlaceAnswer, ReplaceAnswer,
    Replacement, Replaces, Venue, VenueError, Venues,
};

#[derive(Debug, Clone)]
pub struct PaperVenue {
    exchange: Arc<Exchange>,
    ledger: PaperLedger,
}

impl PaperVenue {
    /// `name` must be one of the market's exchanges, or every pair is unknown.
    pub fn new(
        name: impl Into<String>,
        market: Arc<PaperMarket>,
        ledger: PaperLedger,
        clock: Arc<dyn Clock>,
        settings: PaperSettings,
    ) -> Self {
        let exchange = Exchange {
            name: name.into(),
            market,
            clock,
            settings,
        };
        Self {
            exchange: Arc::new(exchange),
            ledger,
        }
    }

    /// All exchanges of a market, in one file.
    pub fn all(
        market: &Arc<PaperMarket>,
        ledger: &PaperLedger,
        clock: &Arc<dyn Clock>,
        settings: &PaperSettings,
    ) -> Venues {
        Venues::new(market.exchanges().iter().map(|name| {
            let venue = Self::new(
                name,
                market.clone(),
                ledger.clone(),
                clock.clone(),
                settings.clone(),
            );
            (name.clone(), Arc::new(venue) as Arc<dyn Venue>)
        }))
    }

    async fn ask<T: Send + 'static>(
        &self,
        request: impl FnOnce(&Exchange, &Connection) -> Result<T, PaperError> + Send + 'static,
    ) -> Result<T, PaperError> {
        let exchange = self.exchange.clone();
        let answer = self.ledger.transact(move |file| request(&exchange, file));
        answer.await
    }

    fn now(&self) -> DateTime<Utc> {
        self.exchange.clock.now()
    }

    fn known<T>(&self, pair: &str, answer: Option<T>) -> Result<T, VenueError> {
        answer.ok_or_else(|| VenueError::UnknownPair {
            exchange: self.exchange.name.clone(),
            pair: pair.to_owned(),
        })
    }

    fn unavailable(&self, error: PaperError) -> VenueError {
        VenueError::unavailable(&self.exchange.name, error)
    }
}

#[async_trait]
impl Venue for PaperVenue {
    async fn place(&self, order: &OrderRequest) -> PlaceAnswer {
        let order = order.clone();
        let answer = self.ask(move |exchange, file| exchange.place(file, &order));
        answer.await.unwrap_or_else(|error| PlaceAnswer::Unknown {
            reason: domain::ErrorChain(&error).to_string(),
        })
    }

    async fn cancel(&self, _pair: &str, client_order_id: &ClientOrderId) -> OrderAnswer {
        let id = client_order_id.clone();
        let answer = self.ask(move |exchange, file| exchange.cancel(file, &id));
        answer.await.unwrap_or_else(|error| unknown(&error))
    }

    async fn order(&self, _pair: &str, client_order_id: &ClientOrderId) -> OrderAnswer {
        let id = client_order_id.clone();
        let answer = self.ask(move |exchange, file| exchange.order(file, &id));
        answer.await.unwrap_or_else(|error| unknown(&error))
    }

    fn replacing(&self) -> Option<&dyn Replaces> {
        Some(self)
    }

    async fn fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, VenueError> {
        let answer = self.ask(move |exchange, file| exchange.fills_since(file, cursor));
        answer.await.map_err(|error| self.unavailable(error))
    }

    async fn balances(&self, pair: &str) -> Result<PairBalances, VenueError> {
        let pair = self.known(pair, Pair::find(pair))?;
        let answer = self.ask(move |exchange, file| exchange.balances(file, &pair));
        answer.await.map_err(|error| self.unavailable(error))
    }

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError> {
        let (exchange, now) = (&self.exchange, self.now());
        let book = exchange.market.book_at(&exchange.name, pair, now);
        let book = self.known(pair, book)?;
        Ok(Arc::new(Book {
            at: Some(now),
            ..book
        }))
    }

    async fn ticker(&self, pair: &str) -> Result<Ticker, VenueError> {
        let exchange = &self.exchange;
        let ticker = exchange.market.ticker_at(&exchange.name, pair, self.now());
        self.known(pair, ticker)
    }

    async fn rules(&self, pair: &str) -> Result<Arc<TradingRules>, VenueError> {
        let exchange = &self.exchange;
        let rules = exchange.market.rules(&exchange.name, pair);
        self.known(pair, rules.map(Arc::new))
    }
}

#[async_trait]
impl Replaces for PaperVenue {
    async fn replace(&self, replacement: &Replacement) -> ReplaceAnswer {
        let replacement = replacement.clone();
        let answer = self.ask(move |exchange, file| exchange.replace(file, &replacement));
        answer.await.unwrap_or_else(|error| ReplaceAnswer::Unknown {
            reason: domain::ErrorChain(&error).to_string(),
        })
    }
}

fn unknown(error: &PaperError) -> OrderAnswer {
    OrderAnswer::Unknown {
        reason: domain::ErrorChain(error).to_string(),
    }
}
