//! Venue calls that always end: with the venue's answer, or by saying that there was none.

use std::sync::Arc;
use std::time::Duration;

use domain::execution::{LiveOrder, OrderIntent, OrderState};
use strategies::{Book, MarketRef, Ticker, TradingRules};
use tokio::time::timeout;

use crate::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PlaceAnswer, TimeInForce, Venue, VenueError,
    Venues,
};

#[derive(Debug)]
pub(crate) struct VenueCalls {
    venues: Arc<Venues>,
    patience: Duration,
}

impl VenueCalls {
    pub(crate) fn new(venues: Arc<Venues>, patience: Duration) -> Self {
        Self { venues, patience }
    }

    pub(crate) fn exchanges(&self) -> Vec<String> {
        self.venues.names()
    }

    pub(crate) async fn place(&self, intent: &OrderIntent) -> PlaceAnswer {
        let venue = match self.venues.get(&intent.exchange) {
            Ok(venue) => venue,
            Err(unknown) => {
                return PlaceAnswer::Rejected {
                    reason: unknown.to_string(),
                };
            }
        };
        let request = OrderRequest {
            client_order_id: intent.client_order_id.clone(),
            pair: intent.pair.clone(),
            side: intent.side,
            price: intent.price.clone(),
            quantity: intent.quantity.clone(),
            post_only: intent.post_only,
            time_in_force: TimeInForce::GoodTilCancelled,
        };
        let answer = timeout(self.patience, venue.place(&request)).await;
        answer.unwrap_or_else(|_| PlaceAnswer::Unknown {
            reason: self.silence(),
        })
    }

    pub(crate) async fn cancel(&self, intent: &OrderIntent) -> OrderAnswer {
        let venue = match self.venue(intent) {
            Ok(venue) => venue,
            Err(unknown) => return unknown,
        };
        let call = venue.cancel(&intent.pair, &intent.client_order_id);
        self.order_answer(timeout(self.patience, call).await)
    }

    pub(crate) async fn order(&self, intent: &OrderIntent) -> OrderAnswer {
        let venue = match self.venue(intent) {
            Ok(venue) => venue,
            Err(unknown) => return unknown,
        };
        let call = venue.order(&intent.pair, &intent.client_order_id);
        self.order_answer(timeout(self.patience, call).await)
    }

    /// What became of an order. Of one that is being cancelled, by cancelling it again.
    pub(crate) async fn ask(&self, order: &LiveOrder) -> OrderAnswer {
        match order.state {
            OrderState::Cancelling => self.cancel(&order.intent).await,
            OrderState::Intended | OrderState::Open => self.order(&order.intent).await,
        }
    }

    pub(crate) async fn fills_since(
        &self,
        exchange: &str,
        cursor: Option<FillCursor>,
    ) -> Result<FillPage, VenueError> {
        let venue = self.known(exchange)?;
        self.bounded(exchange, venue.fills_since(cursor)).await
    }

    pub(crate) async fn book(&self, market: &MarketRef) -> Result<Arc<Book>, VenueError> {
        let venue = self.known(&market.exchange)?;
        self.bounded(&market.exchange, venue.book(&market.pair))
            .await
    }

    pub(crate) async fn ticker(&self, market: &MarketRef) -> Result<Ticker, VenueError> {
        let venue = self.known(&market.exchange)?;
        self.bounded(&market.exchange, venue.ticker(&market.pair))
            .await
    }

    pub(crate) async fn rules(&self, market: &MarketRef) -> Result<Arc<TradingRules>, VenueError> {
        let venue = self.known(&market.exchange)?;
        self.bounded(&market.exchange, venue.rules(&market.pair))
            .await
    }

    async fn bounded<T>(
        &self,
        exchange: &str,
        answer: impl Future<Output = Result<T, VenueError>> + Send,
    ) -> Result<T, VenueError> {
        match timeout(self.patience, answer).await {
            Ok(answer) => answer,
            Err(elapsed) => Err(VenueError::unavailable(exchange, elapsed)),
        }
    }

    fn known(&self, exchange: &str) -> Result<&Arc<dyn Venue>, VenueError> {
        self.venues
            .get(exchange)
            .map_err(|unknown| VenueError::unavailable(exchange, unknown))
    }

    /// An order whose venue is no longer configured is not gone: nobody can tell.
    fn venue(&self, intent: &OrderIntent) -> Result<&Arc<dyn Venue>, OrderAnswer> {
        self.venues
            .get(&intent.exchange)
            .map_err(|unknown| OrderAnswer::Unknown {
                reason: unknown.to_string(),
            })
    }

    fn order_answer(
        &self,
        answer: Result<OrderAnswer, tokio::time::error::Elapsed>,
    ) -> OrderAnswer {
        answer.unwrap_or_else(|_| OrderAnswer::Unknown {
            reason: self.silence(),
        })
    }

    fn silence(&self) -> String {
        format!("no answer within {} s", self.patience.as_secs())
    }
}
