//! Venue calls that always end: with the venue's answer, or by saying that there was none.

use std::sync::Arc;
use std::time::Duration;

use domain::execution::OrderIntent;
use tokio::time::timeout;

use crate::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PlaceAnswer, Venue, VenueError, Venues,
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

    pub(crate) async fn fills_since(
        &self,
        exchange: &str,
        cursor: Option<FillCursor>,
    ) -> Result<FillPage, VenueError> {
        self.read(exchange, async |venue| venue.fills_since(cursor).await)
            .await
    }

    /// Asks a venue for something it can be asked again.
    pub(crate) async fn read<T>(
        &self,
        exchange: &str,
        question: impl AsyncFnOnce(Arc<dyn Venue>) -> Result<T, VenueError>,
    ) -> Result<T, VenueError> {
        let unavailable = |source| VenueError::Unavailable {
            exchange: exchange.to_owned(),
            source,
        };
        let venue = self
            .venues
            .get(exchange)
            .map_err(|unknown| unavailable(unknown.into()))?;
        match timeout(self.patience, question(venue.clone())).await {
            Ok(answer) => answer,
            Err(elapsed) => Err(unavailable(elapsed.into())),
        }
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
