//! The pretend exchanges' own file.

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::execution::{Fill, Side};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, DecimalError, NotPositive, Price, Quantity};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, FromRow, SqliteConnection};

use super::price_key::price_key;
use crate::venue::{OrderReport, OrderRequest, ReportedState};

/// One file for all pretend exchanges of an installation.
#[derive(Debug, Clone)]
pub struct PaperLedger {
    pool: SqlitePool,
}

/// The pretend exchanges' file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("the paper venue's file could not be read or written")]
    File(#[from] sqlx::Error),
    #[error("the paper venue's file holds an amount that is none")]
    Amount(#[from] DecimalError),
    #[error("the paper venue's file holds an amount that is not positive")]
    NotPositive(#[from] NotPositive),
}

impl PaperLedger {
    /// Creates the file if it is missing. It outlives a killed process, not a power cut: losing
    /// pretend orders costs nothing.
    pub async fn open(path: &Path) -> Result<Self, PaperError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Off)
            .disable_statement_logging();
        // One connection: what one exchange decides on, no other may change meanwhile
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .after_release(|connection, _| Box::pin(is_reusable(connection)))
            .connect_with(options)
            .await?;
        sqlx::raw_sql(include_str!("schema.sql"))
            .execute(&pool)
            .await?;
        Ok(Self { pool })
    }

    pub(super) fn pool(&self) -> &SqlitePool {
        &self.pool
    }
}

/// SQLite ends a transaction by itself when the disk is full. The driver is not told, and what is
/// done on the connection from then on would never be committed.
async fn is_reusable(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // A rollback of the transaction before comes first
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

#[derive(Debug, FromRow)]
pub(super) struct OrderRow {
    pub(super) number: i64,
    pub(super) client_order_id: String,
    pub(super) side: String,
    pub(super) price: String,
    pub(super) quantity: String,
    pub(super) filled: String,
    pub(super) queue_ahead: String,
    pub(super) state: String,
    pub(super) placed_at: i64,
    pub(super) cancelled_at: Option<i64>,
}

#[derive(Debug, FromRow)]
pub(super) struct FillRow {
    pub(super) number: i64,
    client_order_id: String,
    price: String,
    quantity: String,
    fee: String,
    fee_currency: String,
    filled_at: i64,
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

    pub(super) fn is_buy(&self) -> bool {
        self.side == Side::Buy.as_str()
    }

    pub(super) fn report(&self, fills: Vec<Fill>) -> OrderReport {
        let state = match (self.state.as_str(), self.cancelled_at) {
            (_, Some(at)) => ReportedState::Cancelled { at: time(at) },
            ("filled", None) => ReportedState::Filled,
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

impl FillRow {
    pub(super) fn fill(self) -> Result<Fill, PaperError> {
        Ok(Fill {
            client_order_id: ClientOrderId::new(self.client_order_id),
            fill_id: format!("paper-{}", self.number),
            price: Price::try_new(self.price.parse()?)?,
            quantity: Quantity::try_new(self.quantity.parse()?)?,
            fee: self.fee.parse()?,
            fee_currency: self.fee_currency,
            filled_at: time(self.filled_at),
        })
    }

    pub(super) async fn of_order(
        connection: &mut SqliteConnection,
        client_order_id: &ClientOrderId,
    ) -> Result<Vec<Fill>, PaperError> {
        let sql = "SELECT * FROM paper_fills WHERE client_order_id = ? ORDER BY number";
        let rows: Vec<Self> = sqlx::query_as(sql)
            .bind(client_order_id.as_str())
            .fetch_all(connection)
            .await?;
        rows.into_iter().map(Self::fill).collect()
    }
}

/// An order that arrives.
#[derive(Debug)]
pub(super) struct NewOrder<'a> {
    pub(super) exchange: &'a str,
    pub(super) request: &'a OrderRequest,
    pub(super) filled: &'a Decimal,
    pub(super) queue_ahead: &'a Decimal,
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
        let sql = "INSERT INTO paper_orders (client_order_id, exchange, pair, side, price, \
                   price_key, quantity, filled, queue_ahead, state, placed_at, live_from) \
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let inserted = sqlx::query(sql)
            .bind(request.client_order_id.as_str())
            .bind(self.exchange)
            .bind(&request.pair)
            .bind(request.side.as_str())
            .bind(request.price.to_string())
            .bind(price_key(request.price.amount()))
            .bind(request.quantity.to_string())
            .bind(self.filled.to_string())
            .bind(self.queue_ahead.to_string())
            .bind(state_of(self.filled, request.quantity.amount()))
            .bind(self.placed_at.timestamp_millis())
            .bind(self.live_from.timestamp_millis())
            .execute(connection)
            .await?;
        Ok(inserted.last_insert_rowid())
    }
}

/// A trade that happens.
#[derive(Debug)]
pub(super) struct NewFill<'a> {
    pub(super) exchange: &'a str,
    pub(super) pair: &'a str,
    pub(super) client_order_id: &'a str,
    pub(super) price: &'a Decimal,
    pub(super) quantity: &'a Decimal,
    pub(super) fee_rate: &'a Decimal,
    pub(super) filled_at: DateTime<Utc>,
}

impl NewFill<'_> {
    pub(super) async fn insert(&self, connection: &mut SqliteConnection) -> Result<(), PaperError> {
        let fee = &(self.price * self.quantity) * self.fee_rate;
        let quote = self.pair.rsplit(['/', '-']).next().unwrap_or_default();
        let sql = "INSERT INTO paper_fills (exchange, client_order_id, price, quantity, fee, \
                   fee_currency, filled_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
        sqlx::query(sql)
            .bind(self.exchange)
            .bind(self.client_order_id)
            .bind(self.price.to_string())
            .bind(self.quantity.to_string())
            .bind(fee.to_string())
            .bind(quote)
            .bind(self.filled_at.timestamp_millis())
            .execute(connection)
            .await?;
        Ok(())
    }
}

pub(super) fn state_of(filled: &Decimal, quantity: &Decimal) -> &'static str {
    if filled < quantity { "open" } else { "filled" }
}

pub(super) fn time(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH)
}
