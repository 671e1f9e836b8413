//! One pretend exchange as the runtime talks to it.

use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use domain::ids::ClientOrderId;
use strategies::{Book, Ticker, TradingRules};

use super::ledger::{PaperError, PaperLedger};
use super::look::Look;
use super::purses::Purses;
use super::settings::PaperSettings;
use crate::market::{Pair, PaperMarket};
use crate::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PairBalances, PlaceAnswer, Venue, VenueError,
    Venues,
};

#[derive(Debug, Clone)]
pub struct PaperVenue {
    pub(super) name: String,
    pub(super) market: Arc<PaperMarket>,
    pub(super) ledger: PaperLedger,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) settings: PaperSettings,
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
        Self {
            name: name.into(),
            market,
            ledger,
            clock,
            settings,
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

    pub(super) fn purses(&self) -> Purses<'_> {
        Purses::new(&self.name, &self.settings.starting_balances)
    }

    pub(super) fn look(&self) -> Look<'_> {
        Look {
            exchange: &self.name,
            market: &self.market,
            settings: &self.settings,
            now: self.clock.now(),
        }
    }

    fn known<T>(&self, pair: &str, answer: Option<T>) -> Result<T, VenueError> {
        answer.ok_or_else(|| VenueError::UnknownPair {
            exchange: self.name.clone(),
            pair: pair.to_owned(),
        })
    }
}

#[async_trait]
impl Venue for PaperVenue {
    async fn place(&self, order: &OrderRequest) -> PlaceAnswer {
        self.try_place(order)
            .await
            .unwrap_or_else(|error| PlaceAnswer::Unknown {
                reason: domain::ErrorChain(&error).to_string(),
            })
    }

    async fn cancel(&self, _pair: &str, client_order_id: &ClientOrderId) -> OrderAnswer {
        self.try_cancel(client_order_id)
            .await
            .unwrap_or_else(|error| unknown(&error))
    }

    async fn order(&self, _pair: &str, client_order_id: &ClientOrderId) -> OrderAnswer {
        self.try_order(client_order_id)
            .await
            .unwrap_or_else(|error| unknown(&error))
    }

    async fn fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, VenueError> {
        self.try_fills_since(cursor)
            .await
            .map_err(|error| VenueError::unavailable(&self.name, error))
    }

    async fn balances(&self, pair: &str) -> Result<PairBalances, VenueError> {
        let pair = self.known(pair, Pair::find(pair))?;
        self.try_balances(&pair)
            .await
            .map_err(|error| VenueError::unavailable(&self.name, error))
    }

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError> {
        let now = self.clock.now();
        let book = self.market.book_at(&self.name, pair, now);
        let book = self.known(pair, book)?;
        Ok(Arc::new(Book {
            at: Some(now),
            ..book
        }))
    }

    async fn ticker(&self, pair: &str) -> Result<Ticker, VenueError> {
        self.known(
            pair,
            self.market.ticker_at(&self.name, pair, self.clock.now()),
        )
    }

    async fn rules(&self, pair: &str) -> Result<Arc<TradingRules>, VenueError> {
        self.known(pair, self.market.rules(&self.name, pair).map(Arc::new))
    }
}

fn unknown(error: &PaperError) -> OrderAnswer {
    OrderAnswer::Unknown {
        reason: domain::ErrorChain(error).to_string(),
    }
}
