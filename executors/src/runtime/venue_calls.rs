//! Venue calls that always end: with the venue's answer, or by saying that there was none. No more
//! are sent than the venue takes.

mod replace;

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::Trading;
use domain::execution::{LiveOrder, OrderIntent, OrderState};
use metrics::counter;
use strategies::{Book, MarketRef, Ticker, TradingRules};
use tokio::time::timeout;

use super::lanes::{Lane, Lanes};
use super::settings::RuntimeSettings;
use crate::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PlaceAnswer, TimeInForce, Venue, VenueError,
    Venues,
};

const BUSY: &str = "the exchange takes no more requests now (requests_per_minute)";

#[derive(Debug, thiserror::Error)]
#[error("{BUSY}")]
struct Busy;

#[derive(Debug)]
pub(crate) struct VenueCalls {
    venues: Arc<Venues>,
    lanes: Lanes,
    patience: Duration,
}

impl VenueCalls {
    pub(crate) fn new(venues: Arc<Venues>, settings: &RuntimeSettings) -> Self {
        Self {
            venues,
            lanes: Lanes::new(&settings.requests_per_minute),
            patience: settings.venue_timeout,
        }
    }

    pub(crate) fn exchanges(&self) -> Vec<String> {
        self.venues.names()
    }

    /// How new runs trade there; on paper where nobody knows the exchange.
    pub(crate) fn trading(&self, exchange: &str) -> Trading {
        self.venues.trading(exchange).unwrap_or_default()
    }

    /// `trading` is how the run trades there: an order of one kind never gets to a venue of another.
    pub(crate) async fn place(&self, intent: &OrderIntent, trading: Trading) -> PlaceAnswer {
        let venue = match self.venues.of_run(&intent.exchange, trading) {
            Ok(venue) => venue,
            Err(unknown) => {
                return PlaceAnswer::Rejected {
                    reason: unknown.to_string(),
                };
            }
        };
        if !self.admitted(&intent.exchange, Lane::Place).await {
            return PlaceAnswer::Rejected {
                reason: format!("it was not sent: {BUSY}"),
            };
        }
        let answer = timeout(self.patience, venue.place(&request(intent))).await;
        answer.unwrap_or_else(|_| PlaceAnswer::Unknown {
            reason: self.silence(),
        })
    }

    pub(crate) async fn cancel(&self, intent: &OrderIntent, trading: Trading) -> OrderAnswer {
        let venue = match self.venue(intent, trading) {
            Ok(venue) => venue,
            Err(unknown) => return unknown,
        };
        if !self.admitted(&intent.exchange, Lane::Settle).await {
            return not_asked();
        }
        let call = venue.cancel(&intent.pair, &intent.client_order_id);
        self.order_answer(timeout(self.patience, call).await)
    }

    pub(crate) async fn order(&self, intent: &OrderIntent, trading: Trading) -> OrderAnswer {
        let venue = match self.venue(intent, trading) {
            Ok(venue) => venue,
            Err(unknown) => return unknown,
        };
        if !self.admitted(&intent.exchange, Lane::Settle).await {
            return not_asked();
        }
        let call = venue.order(&intent.pair, &intent.client_order_id);
        self.order_answer(timeout(self.patience, call).await)
    }

    /// What became of an order. Of one that is being cancelled, by cancelling it again.
    pub(crate) async fn ask(&self, order: &LiveOrder, trading: Trading) -> OrderAnswer {
        match order.state {
            OrderState::Cancelling => self.cancel(&order.intent, trading).await,
            OrderState::Intended | OrderState::Open => self.order(&order.intent, trading).await,
        }
    }

    /// How long to wait between two readings of its trades.
    pub(crate) fn pause_between_readings(&self, exchange: &str) -> TimeDelta {
        let venue = self.venues.get(exchange);
        venue.map_or_else(
            |_| TimeDelta::zero(),
            |venue| venue.pause_between_readings(),
        )
    }

    pub(crate) async fn fills_since(
        &self,
        exchange: &str,
        cursor: Option<FillCursor>,
    ) -> Result<FillPage, VenueError> {
        let venue = self.known(exchange)?;
        self.bounded((exchange, Lane::Settle), venue.fills_since(cursor))
            .await
    }

    pub(crate) async fn book(&self, market: &MarketRef) -> Result<Arc<Book>, VenueError> {
        let venue = self.known(&market.exchange)?;
        self.bounded((&market.exchange, Lane::Look), venue.book(&market.pair))
            .await
    }

    pub(crate) async fn ticker(&self, market: &MarketRef) -> Result<Ticker, VenueError> {
        let venue = self.known(&market.exchange)?;
        self.bounded((&market.exchange, Lane::Look), venue.ticker(&market.pair))
            .await
    }

    pub(crate) async fn rules(&self, market: &MarketRef) -> Result<Arc<TradingRules>, VenueError> {
        let venue = self.known(&market.exchange)?;
        self.bounded((&market.exchange, Lane::Look), venue.rules(&market.pair))
            .await
    }

    async fn bounded<T>(
        &self,
        (exchange, lane): (&str, Lane),
        answer: impl Future<Output = Result<T, VenueError>> + Send,
    ) -> Result<T, VenueError> {
        if !self.admitted(exchange, lane).await {
            return Err(VenueError::unavailable(exchange, Busy));
        }
        match timeout(self.patience, answer).await {
            Ok(answer) => answer,
            Err(elapsed) => Err(VenueError::unavailable(exchange, elapsed)),
        }
    }

    /// Waits for a place among what the venue takes, and not for ever: what could not be sent by then
    /// would be about a market of the past.
    async fn admitted(&self, exchange: &str, lane: Lane) -> bool {
        let pass = self.lanes.pass(exchange, lane);
        let admitted = timeout(self.patience, pass).await.is_ok();
        if !admitted {
            counter!("venue_requests_given_up_total", "lane" => lane.as_str()).increment(1);
        }
        admitted
    }

    fn known(&self, exchange: &str) -> Result<&Arc<dyn Venue>, VenueError> {
        self.venues
            .get(exchange)
            .map_err(|unknown| VenueError::unavailable(exchange, unknown))
    }

    /// An order whose venue is no longer configured is not gone: nobody can tell.
    fn venue(
        &self,
        intent: &OrderIntent,
        trading: Trading,
    ) -> Result<&Arc<dyn Venue>, OrderAnswer> {
        self.venues
            .of_run(&intent.exchange, trading)
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

fn request(intent: &OrderIntent) -> OrderRequest {
    OrderRequest {
        client_order_id: intent.client_order_id.clone(),
        pair: intent.pair.clone(),
        side: intent.side,
        price: intent.price.clone(),
        quantity: intent.quantity.clone(),
        post_only: intent.post_only,
        time_in_force: TimeInForce::GoodTilCancelled,
    }
}

fn not_asked() -> OrderAnswer {
    OrderAnswer::Unknown {
        reason: format!("it was not asked: {BUSY}"),
    }
}
