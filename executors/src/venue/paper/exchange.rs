//! One pretend exchange as the runtime talks to it.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::clock::Clock;
use domain::execution::{Fill, Side};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use sqlx::{Sqlite, SqliteConnection, Transaction};
use strategies::{Book, Ticker, TradingRules};

use super::ledger::{FillRow, NewFill, NewOrder, OrderRow, PaperError, PaperLedger, time};
use super::look::Look;
use super::matching::{queue_ahead, take};
use super::price_key::price_key;
use super::settings::PaperSettings;
use crate::market::PaperMarket;
use crate::venue::{
    FillCursor, FillPage, OrderAnswer, OrderRequest, PlaceAnswer, Venue, VenueError, Venues,
};

#[derive(Debug, Clone)]
pub struct PaperVenue {
    name: String,
    market: Arc<PaperMarket>,
    ledger: PaperLedger,
    clock: Arc<dyn Clock>,
    settings: PaperSettings,
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
        let refusal = match self.refusal(order, &book) {
            None => self.self_trade(&mut transaction, order).await?,
            refusal => refusal,
        };
        if let Some(reason) = refusal {
            return Ok(PlaceAnswer::Rejected { reason });
        }
        self.look().begin(&mut transaction).await?;
        let number = self.admit(&mut transaction, order, &book, now).await?;
        transaction.commit().await?;
        Ok(PlaceAnswer::Acknowledged {
            venue_order_id: format!("paper-{number}"),
            at: now,
        })
    }

    /// Why the order is not taken, by the venue's rules and the book it would meet.
    fn refusal(&self, order: &OrderRequest, book: &Book) -> Option<String> {
        let (price, quantity) = (order.price.amount(), order.quantity.amount());
        let rules = self.market.rules(&self.name, &order.pair)?;
        let off_grid = |amount: &Decimal, step: &Option<Decimal>| {
            let step = step
                .as_ref()
                .filter(|step| amount.floor_to(step) != *amount);
            step.cloned()
        };
        if let Some(tick) = off_grid(price, &rules.tick) {
            return Some(format!("the price {price} is not a multiple of {tick}"));
        }
        if let Some(lot) = off_grid(quantity, &rules.lot) {
            return Some(format!(
                "the quantity {quantity} is not a multiple of {lot}"
            ));
        }
        if let Err(reason) = rules.check_minimums(&order.price, &order.quantity) {
            return Some(reason);
        }
        let takes = !take(order.side, price, quantity, book).is_empty();
        (order.post_only && takes).then(|| "a post-only order must not take liquidity".to_owned())
    }

    /// An order that would meet one of ours is refused, whichever instance either belongs to.
    async fn self_trade(
        &self,
        connection: &mut SqliteConnection,
        order: &OrderRequest,
    ) -> Result<Option<String>, PaperError> {
        let sql = match order.side {
            Side::Buy => {
                "SELECT number FROM paper_orders WHERE exchange = ? AND pair = ? \
                 AND side = 'sell' AND state = 'open' AND price_key <= ? LIMIT 1"
            }
            Side::Sell => {
                "SELECT number FROM paper_orders WHERE exchange = ? AND pair = ? \
                 AND side = 'buy' AND state = 'open' AND price_key >= ? LIMIT 1"
            }
        };
        let met: Option<i64> = sqlx::query_scalar(sql)
            .bind(&self.name)
            .bind(&order.pair)
            .bind(price_key(order.price.amount()))
            .fetch_optional(connection)
            .await?;
        Ok(met.map(|_| "self-trade prevention".to_owned()))
    }

    /// Takes what is there within the limit; the rest gets in line.
    async fn admit(
        &self,
        transaction: &mut Transaction<'_, Sqlite>,
        order: &OrderRequest,
        book: &Book,
        now: DateTime<Utc>,
    ) -> Result<i64, PaperError> {
        let (price, quantity) = (order.price.amount(), order.quantity.amount());
        let mut filled = Decimal::zero();
        for trade in take(order.side, price, quantity, book) {
            filled = &filled + &trade.quantity;
            let fill = NewFill {
                exchange: &self.name,
                pair: &order.pair,
                client_order_id: order.client_order_id.as_str(),
                price: &trade.price,
                quantity: &trade.quantity,
                fee_rate: &self.settings.taker_fee,
                filled_at: now,
            };
            fill.insert(transaction).await?;
        }
        let new = NewOrder {
            exchange: &self.name,
            request: order,
            filled: &filled,
            queue_ahead: &queue_ahead(order.side, price, book),
            placed_at: now,
            live_from: now + self.settings.latency,
        };
        new.insert(transaction).await
    }

    async fn try_cancel(&self, id: &ClientOrderId) -> Result<OrderAnswer, PaperError> {
        let mut transaction = self.ledger.pool().begin().await?;
        self.look().take(&mut transaction).await?;
        let sql = "UPDATE paper_orders SET state = 'cancelled', cancelled_at = ? \
                   WHERE client_order_id = ? AND exchange = ? AND state = 'open'";
        sqlx::query(sql)
            .bind(self.clock.now().timestamp_millis())
            .bind(id.as_str())
            .bind(&self.name)
            .execute(&mut *transaction)
            .await?;
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
        let sql = "SELECT * FROM paper_fills WHERE number > ? AND exchange = ? ORDER BY number";
        let rows: Vec<FillRow> = sqlx::query_as(sql)
            .bind(from)
            .bind(&self.name)
            .fetch_all(&mut *transaction)
            .await?;
        transaction.commit().await?;
        let fills: Result<Vec<Fill>, PaperError> = rows.into_iter().map(FillRow::fill).collect();
        Ok(FillPage {
            fills: fills?,
            cursor: FillCursor(last),
        })
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

    async fn book(&self, pair: &str) -> Result<Arc<Book>, VenueError> {
        let book = self.market.book_at(&self.name, pair, self.clock.now());
        self.known(pair, book.map(Arc::new))
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
