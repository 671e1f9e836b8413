//! One pretend exchange as the runtime talks to it.

use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use domain::ids::ClientOrderId;
use sqlx::SqliteConnection;
use strategies::{Book, Ticker, TradingRules};

use super::admission::Admission;
use super::fills::FillRow;
use super::ledger::{PaperError, PaperLedger, time};
use super::look::Look;
use super::orders::OrderRow;
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
    ledger: PaperLedger,
    clock: Arc<dyn Clock>,
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

    async fn try_place(&self, order: &OrderRequest) -> Result<PlaceAnswer, PaperError> {
        let now = self.clock.now();
        let mut transaction = self.ledger.pool().begin().await?;
        if let Some(earlier) = OrderRow::find(&mut transaction, &order.client_order_id).await? {
            return Ok(PlaceAnswer::Acknowledged {
                venue_order_id: earlier.venue_order_id(),
                at: time(earlier.placed_at),
            });
        }
        let Some(book) = self.market.book_at(&self.name, &order.pair, now) else {
            let reason = format!("{} has no market {}", self.name, order.pair);
            return Ok(PlaceAnswer::Rejected { reason });
        };
        let admission = Admission {
            venue: self,
            order,
            book: &book,
            now,
        };
        if let Some(reason) = admission.refusal(&mut transaction).await? {
            return Ok(PlaceAnswer::Rejected { reason });
        }
        self.look().begin(&mut transaction).await?;
        let number = admission.admit(&mut transaction).await?;
        transaction.commit().await?;
        Ok(PlaceAnswer::Acknowledged {
            venue_order_id: format!("paper-{number}"),
            at: now,
        })
    }

    async fn try_cancel(&self, id: &ClientOrderId) -> Result<OrderAnswer, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        self.look().take(&mut transaction).await?;
        if let Some(order) = OrderRow::find(&mut transaction, id).await?
            && order.is_open()
        {
            let mut purses = self.purses();
            let now = self.clock.now();
            order.cancel(&mut transaction, &mut purses, now).await?;
            purses.save(&mut transaction).await?;
        }
        let answer = report(&mut transaction, id).await?;
        transaction.commit().await?;
        Ok(answer)
    }

    async fn try_order(&self, id: &ClientOrderId) -> Result<OrderAnswer, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        self.look().take(&mut transaction).await?;
        let answer = report(&mut transaction, id).await?;
        transaction.commit().await?;
        Ok(answer)
    }

    async fn try_fills_since(&self, cursor: Option<FillCursor>) -> Result<FillPage, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        self.look().take(&mut transaction).await?;
        let sql = "SELECT COALESCE(MAX(number), 0) FROM paper_fills";
        let last: i64 = sqlx::query_scalar(sql).fetch_one(&mut *transaction).await?;
        let from = cursor.map_or(last, |cursor| cursor.0);
        let fills = FillRow::after(&mut transaction, from, &self.name, &self.settings.account);
        let fills = fills.await?;
        transaction.commit().await?;
        Ok(FillPage {
            fills,
            cursor: FillCursor(last),
        })
    }

    async fn try_balances(&self, pair: &Pair) -> Result<PairBalances, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        self.look().take(&mut transaction).await?;
        let (mut purses, account) = (self.purses(), &self.settings.account);
        let base = purses.balance(&mut transaction, account, &pair.base);
        let base = base.await?.clone();
        let quote = purses.balance(&mut transaction, account, &pair.quote);
        let quote = quote.await?.clone();
        transaction.commit().await?;
        Ok(PairBalances { base, quote })
    }

    pub(super) fn purses(&self) -> Purses<'_> {
        Purses::new(&self.name, &self.settings.starting_balances)
    }

    fn look(&self) -> Look<'_> {
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

async fn report(
    connection: &mut SqliteConnection,
    id: &ClientOrderId,
) -> Result<OrderAnswer, PaperError> {
    let Some(row) = OrderRow::find(connection, id).await? else {
        return Ok(OrderAnswer::NotFound);
    };
    let fills = FillRow::of_order(connection, id).await?;
    Ok(OrderAnswer::Known(row.report(fills)))
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
