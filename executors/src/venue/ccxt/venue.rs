//! One account at one real exchange, as the runtime talks to it.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::Clock;
use domain::ids::ClientOrderId;
use strategies::{Book, Ticker, TradingRules};

use super::account::LiveAccount;
use super::dialect::Dialect;
use super::failure::Failure;
use super::fills::Told;
use super::listings::{Listed, Listings};
use super::session::Session;
use super::tracked::Tracked;
use crate::venue::{
    FillCursor, FillPage, LiveExchange, OrderAnswer, OrderRequest, PairBalances, PlaceAnswer,
    Venue, VenueError,
};

#[derive(Debug)]
pub struct CcxtVenue {
    pub(super) exchange: LiveExchange,
    pub(super) session: Session,
    pub(super) listings: Listings,
    pub(super) tracked: Tracked,
    pub(super) told: Told,
    clock: Arc<dyn Clock>,
}

/// Why there is no connection to an exchange. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    #[error("{0} has no test network for spot trading: leave out sandbox, or use another exchange")]
    NoSandbox(&'static str),
    #[error("ccxt cannot be set up for {0}: check the account's settings")]
    NotMade(&'static str),
}

impl CcxtVenue {
    /// Sends nothing yet.
    pub fn try_new(account: &LiveAccount, clock: Arc<dyn Clock>) -> Result<Self, ConnectError> {
        Ok(Self {
            exchange: account.exchange,
            session: Session::try_new(account)?,
            listings: Listings::new(account),
            tracked: Tracked::default(),
            told: Told::default(),
            clock,
        })
    }

    /// So that what the exchange has is known before anybody asks.
    pub async fn read_markets(&self) {
        if let Err(error) = self.listings.all(&self.session).await {
            let exchange = self.exchange.as_str();
            tracing::warn!(exchange, %error, "markets could not be read yet");
        }
    }

    pub(super) fn dialect(&self) -> &'static dyn Dialect {
        self.exchange.dialect()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) async fn market(&self, pair: &str) -> Result<Option<Arc<Listed>>, Failure> {
        self.listings.find(&self.session, pair).await
    }

    fn unavailable(&self, failure: Failure) -> VenueError {
        VenueError::unavailable(self.exchange.as_str(), failure)
    }

    /// `None` is a pair that the exchange does not have.
    fn answer<T>(&self, pair: &str, answer: Result<Option<T>, Failure>) -> Result<T, VenueError> {
        let answer = answer.map_err(|failure| self.unavailable(failure))?;
        answer.ok_or_else(|| VenueError::UnknownPair {
            exchange: self.exchange.as_str().to_owned(),
            pair: pair.to_owned(),
        })
    }
}

#[async_trait]
impl Venue for CcxtVenue {
    async fn place(&self, order: &OrderRequest) -> PlaceAnswer {
        self.send(order).await
    }

    async fn cancel(&self, pair: &str, client_order_id: &ClientOrderId) -> OrderAnswer {
        let answer = self.take_off(pair, client_order_id).await;
        answer.unwrap_or_else(|failure| unknown(&failure))
    }

    async fn order(&self, pair: &str, client_order_id: &ClientOrderId) -> OrderAnswer {
        let answer = self.look_up(pair, client_order_id).await;
        answer.unwrap_or_else(|failure| unknown(&failure))
    }

    async fn fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, VenueError> {
        let page = self.new_fills(cursor).await;
        page.map_err(|failure| self.unavailable(failure))
    }

    async fn balances(&self, pair: &str) -> Result<PairBalances, VenueError> {
        self.answer(pair, self.read_balances(pair).await)
    }

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError> {
        self.answer(pair, self.read_book(pair).await)
    }

    async fn ticker(&self, pair: &str) -> Result<Ticker, VenueError> {
        self.answer(pair, self.read_ticker(pair).await)
    }

    async fn rules(&self, pair: &str) -> Result<Arc<TradingRules>, VenueError> {
        self.listings.refresh(&self.session).await;
        let market = self.market(pair).await;
        let rules = market.map(|market| market.map(|market| market.rules.clone()));
        self.answer(pair, rules)
    }

    fn pause_between_readings(&self) -> TimeDelta {
        self.exchange.pause_between_readings()
    }

    fn lists(&self, pair: &str) -> Option<bool> {
        self.listings.lists(pair)
    }
}

fn unknown(failure: &Failure) -> OrderAnswer {
    OrderAnswer::Unknown {
        reason: failure.to_string(),
    }
}
