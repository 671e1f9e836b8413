//! A process's way to the log and to a venue, which pass everything through and let a race happen on
//! the way.

use std::sync::Arc;

use async_trait::async_trait;
use domain::event::aggregate_type;
use domain::ids::ClientOrderId;
use event_store::log::{HealthLine, Snapshot};
use event_store::{
    Append, AppendError, Appended, EventLog, FeedFilter, FeedPage, Idempotency, Position, Recorded,
    StoreError, StreamName,
};
use executors::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PairBalances, PlaceAnswer, ReplaceAnswer,
    Replacement, Replaces, Venue, VenueError,
};
use strategies::{Book, Ticker, TradingRules};
use tokio::sync::watch;
use uuid::Uuid;

use super::agreement::orders_that_meet;
use super::call::{Call, When};
use super::race::Race;
use crate::support::Exchange;

#[derive(Debug)]
pub(super) struct RacedLog {
    pub(super) log: Arc<dyn EventLog>,
    pub(super) race: Arc<Race>,
    pub(super) read: watch::Sender<Position>,
    pub(super) recorded: watch::Sender<usize>,
}

#[async_trait]
impl EventLog for RacedLog {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let call = Call::of(&append);
        self.race.pass(&call, When::Before).await;
        let answer = self.log.append(append).await;
        self.race.pass(&call, When::After).await;
        if answer.is_ok() {
            let fills = call.count("OrderFilled");
            self.recorded.send_modify(|recorded| *recorded += fills);
        }
        answer
    }

    async fn earlier_answer(&self, key: &Idempotency) -> Result<Option<Appended>, AppendError> {
        self.log.earlier_answer(key).await
    }

    async fn load(
        &self,
        stream: &StreamName,
        after_version: u64,
        limit: usize,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.log.load(stream, after_version, limit).await
    }

    async fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
    ) -> Result<FeedPage, StoreError> {
        let page = self.log.feed(after, limit, filter).await?;
        if filter
            .aggregate_types
            .iter()
            .any(|name| name == aggregate_type::INSTANCE)
        {
            self.read.send_replace(page.up_to);
        }
        Ok(page)
    }

    async fn find_all(&self, event_ids: &[Uuid]) -> Result<Vec<Recorded>, StoreError> {
        self.log.find_all(event_ids).await
    }

    async fn head(&self) -> Result<Position, StoreError> {
        self.log.head().await
    }

    fn wake_ups(&self) -> watch::Receiver<Position> {
        self.log.wake_ups()
    }

    async fn snapshot(
        &self,
        name: &StreamName,
        shape: &str,
    ) -> Result<Option<Snapshot>, StoreError> {
        self.log.snapshot(name, shape).await
    }

    async fn save_snapshot(&self, name: &StreamName, snapshot: Snapshot) -> Result<(), StoreError> {
        self.log.save_snapshot(name, snapshot).await
    }

    async fn health(&self) -> Result<Vec<HealthLine>, StoreError> {
        self.log.health().await
    }

    async fn close(&self) {
        self.log.close().await;
    }
}

#[derive(Debug)]
pub(super) struct RacedVenue {
    pub(super) venue: Arc<Exchange>,
    pub(super) race: Arc<Race>,
    pub(super) told: watch::Sender<usize>,
}

#[async_trait]
impl Venue for RacedVenue {
    async fn place(&self, order: &OrderRequest) -> PlaceAnswer {
        let call = Call::Place(order.clone());
        self.race.pass(&call, When::Before).await;
        self.race.sends(&order.client_order_id);
        let answer = self.venue.place(order).await;
        if let Some(meeting) = orders_that_meet(&self.venue) {
            self.race.saw(meeting);
        }
        self.race.pass(&call, When::After).await;
        if self.race.loses_answer() {
            let reason = "the line went dead".to_owned();
            return PlaceAnswer::Unknown { reason };
        }
        answer
    }

    async fn cancel(&self, pair: &str, id: &ClientOrderId) -> OrderAnswer {
        let call = Call::Cancel(id.clone());
        self.race.pass(&call, When::Before).await;
        let answer = self.venue.cancel(pair, id).await;
        self.race.pass(&call, When::After).await;
        answer
    }

    async fn order(&self, pair: &str, id: &ClientOrderId) -> OrderAnswer {
        let call = Call::Ask(id.clone());
        self.race.pass(&call, When::Before).await;
        let answer = self.venue.order(pair, id).await;
        self.race.pass(&call, When::After).await;
        answer
    }

    fn replacing(&self) -> Option<&dyn Replaces> {
        self.venue.replacing().map(|_| self as &dyn Replaces)
    }

    async fn fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, VenueError> {
        let page = self.venue.fills_since(cursor).await?;
        self.told.send_modify(|told| *told += page.fills.len());
        Ok(page)
    }

    async fn balances(&self, pair: &str) -> Result<PairBalances, VenueError> {
        self.venue.balances(pair).await
    }

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError> {
        self.venue.book(pair).await
    }

    async fn ticker(&self, pair: &str) -> Result<Ticker, VenueError> {
        self.venue.ticker(pair).await
    }

    async fn rules(&self, pair: &str) -> Result<Arc<TradingRules>, VenueError> {
        self.venue.rules(pair).await
    }
}

#[async_trait]
impl Replaces for RacedVenue {
    async fn replace(&self, replacement: &Replacement) -> ReplaceAnswer {
        let cancels = replacement
            .old
            .iter()
            .map(|old| Call::Cancel(old.client_order_id.clone()));
        let places = replacement
            .new
            .iter()
            .map(|order| Call::Place(order.clone()));
        let calls: Vec<Call> = cancels.chain(places).collect();
        for call in &calls {
            self.race.pass(call, When::Before).await;
        }
        for order in &replacement.new {
            self.race.sends(&order.client_order_id);
        }
        let answer = self.venue.replace(replacement).await;
        if let Some(meeting) = orders_that_meet(&self.venue) {
            self.race.saw(meeting);
        }
        for call in &calls {
            self.race.pass(call, When::After).await;
        }
        if self.race.loses_answer() {
            let reason = "the line went dead".to_owned();
            return ReplaceAnswer::Unknown { reason };
        }
        answer
    }
}
