//! Orders as the file keeps them.

use chrono::{DateTime, Utc};
use domain::execution::{Fill, Side};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use sqlx::{FromRow, SqliteConnection};

use super::ledger::{PaperError, time};
use super::matching::Resting;
use super::price_key::price_key;
use super::purses::{Purses, cost, paid_with};
use crate::market::Pair;
use crate::venue::{OrderReport, OrderRequest, ReportedState};

const OPEN: &str = "open";
const FILLED: &str = "filled";
const CANCELLED: &str = "cancelled";

#[derive(Debug, FromRow)]
pub(super) struct OrderRow {
    pub(super) number: i64,
    pub(super) client_order_id: String,
    pub(super) account: String,
    pub(super) pair: String,
    pub(super) side: String,
    pub(super) price: String,
    pub(super) quantity: String,
    pub(super) filled: String,
    pub(super) queue_ahead: String,
    pub(super) reserved: String,
    pub(super) state: String,
    pub(super) placed_at: i64,
    pub(super) cancelled_at: Option<i64>,
}

impl OrderRow {
    pub(super) async fn find(
        connection: &mut SqliteConnection,
        client_order_id: &ClientOrderId,
    ) -> Result<Option<Self>, PaperError> {
        let row = sqlx::query_as("SELECT * FROM paper_orders WHERE client_order_id = ?")
            .bind(client_order_id.as_str())
            .fetch_optional(connection)
            .await?;
        Ok(row)
    }

    pub(super) fn venue_order_id(&self) -> String {
        format!("paper-{}", self.number)
    }

    pub(super) fn side(&self) -> Side {
        if self.side == Side::Buy.as_str() {
            Side::Buy
        } else {
            Side::Sell
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.state == OPEN
    }

    pub(super) fn resting(&self) -> Result<Resting, PaperError> {
        let quantity: Decimal = self.quantity.parse()?;
        Ok(Resting {
            side: self.side(),
            price: self.price.parse()?,
            remaining: &quantity - &self.filled.parse()?,
            queue_ahead: self.queue_ahead.parse()?,
        })
    }

    /// Some of it traded, or its place in the line became better.
    pub(super) async fn proceed(
        &self,
        connection: &mut SqliteConnection,
        purses: &mut Purses<'_>,
        now: &Resting,
        fee_rate: &Decimal,
    ) -> Result<(), PaperError> {
        let quantity: Decimal = self.quantity.parse()?;
        let filled = &quantity - &now.remaining;
        let needed = cost(now.side, &now.price, &now.remaining, fee_rate);
        let reserved = self.reserve(connection, purses, needed).await?;
        let sql = "UPDATE paper_orders SET filled = ?, queue_ahead = ?, reserved = ?, state = ? \
                   WHERE number = ?";
        sqlx::query(sql)
            .bind(filled.to_string())
            .bind(now.queue_ahead.to_string())
            .bind(reserved.to_string())
            .bind(state_of(&filled, &quantity))
            .bind(self.number)
            .execute(connection)
            .await?;
        Ok(())
    }

    /// Takes it off the book, and gives back what it had reserved.
    pub(super) async fn cancel(
        &mut self,
        connection: &mut SqliteConnection,
        purses: &mut Purses<'_>,
        at: DateTime<Utc>,
    ) -> Result<(), PaperError> {
        self.reserve(connection, purses, Decimal::zero()).await?;
        self.state = CANCELLED.to_owned();
        self.cancelled_at = Some(at.timestamp_millis());
        self.reserved = Decimal::zero().to_string();
        let sql = "UPDATE paper_orders SET state = ?, cancelled_at = ?, reserved = ? \
                   WHERE number = ?";
        sqlx::query(sql)
            .bind(&self.state)
            .bind(self.cancelled_at)
            .bind(&self.reserved)
            .bind(self.number)
            .execute(connection)
            .await?;
        Ok(())
    }

    /// A reservation only ever shrinks: fees that were raised meanwhile must not take what
    /// another order was promised.
    async fn reserve(
        &self,
        connection: &mut SqliteConnection,
        purses: &mut Purses<'_>,
        needed: Decimal,
    ) -> Result<Decimal, PaperError> {
        let before: Decimal = self.reserved.parse()?;
        let after = needed.min(before.clone());
        if let Some(pair) = Pair::find(&self.pair) {
            let currency = paid_with(self.side(), &pair);
            let change = (&before, &after);
            purses
                .reserve(connection, &self.account, currency, change)
                .await?;
        }
        Ok(after)
    }

    pub(super) fn report(&self, fills: Vec<Fill>) -> OrderReport {
        let state = match (self.state.as_str(), self.cancelled_at) {
            (_, Some(at)) => ReportedState::Cancelled { at: time(at) },
            (FILLED, None) => ReportedState::Filled,
            _ => ReportedState::Open,
        };
        OrderReport {
            venue_order_id: self.venue_order_id(),
            placed_at: time(self.placed_at),
            state,
            fills,
        }
    }
}

/// An order that arrives.
#[derive(Debug)]
pub(super) struct NewOrder<'a> {
    pub(super) exchange: &'a str,
    pub(super) account: &'a str,
    pub(super) request: &'a OrderRequest,
    pub(super) filled: &'a Decimal,
    pub(super) queue_ahead: &'a Decimal,
    pub(super) reserved: &'a Decimal,
    /// Whether what did not trade at once is over.
    pub(super) cancelled: bool,
    pub(super) placed_at: DateTime<Utc>,
    pub(super) live_from: DateTime<Utc>,
}

impl NewOrder<'_> {
    /// Returns its number.
    pub(super) async fn insert(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<i64, PaperError> {
        let request = self.request;
        let placed_at = self.placed_at.timestamp_millis();
        let cancelled_at = self.cancelled.then_some(placed_at);
        let state = if self.cancelled {
            CANCELLED
        } else {
            state_of(self.filled, request.quantity.amount())
        };
        let sql = "INSERT INTO paper_orders (client_order_id, exchange, account, pair, side, \
                   price, price_key, quantity, filled, queue_ahead, reserved, state, placed_at, \
                   live_from, cancelled_at) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let inserted = sqlx::query(sql)
            .bind(request.client_order_id.as_str())
            .bind(self.exchange)
            .bind(self.account)
            .bind(&request.pair)
            .bind(request.side.as_str())
            .bind(request.price.to_string())
            .bind(price_key(request.price.amount()))
            .bind(request.quantity.to_string())
            .bind(self.filled.to_string())
            .bind(self.queue_ahead.to_string())
            .bind(self.reserved.to_string())
            .bind(state)
            .bind(placed_at)
            .bind(self.live_from.timestamp_millis())
            .bind(cancelled_at)
            .execute(connection)
            .await?;
        Ok(inserted.last_insert_rowid())
    }
}

fn state_of(filled: &Decimal, quantity: &Decimal) -> &'static str {
    if filled < quantity { OPEN } else { FILLED }
}
