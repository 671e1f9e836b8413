//! Trades as the file keeps them.

use chrono::{DateTime, Utc};
use domain::execution::{Fill, Side};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use rusqlite::{Connection, Row};

use super::account_balances::{AccountBalances, Settlement};
use super::ledger::{PaperError, time};
use crate::market::Pair;

#[derive(Debug)]
pub(super) struct FillRow {
    pub(super) number: i64,
    client_order_id: String,
    price: String,
    quantity: String,
    fee: String,
    fee_currency: String,
    filled_at: i64,
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

    pub(super) fn of_order(
        connection: &Connection,
        client_order_id: &str,
    ) -> Result<Vec<Fill>, PaperError> {
        let sql = "SELECT * FROM paper_fills WHERE client_order_id = ? ORDER BY number";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([client_order_id], Self::read)?;
        rows.map(|row| row?.fill()).collect()
    }

    /// An account's trades at one exchange, oldest first.
    pub(super) fn after(
        connection: &Connection,
        number: i64,
        exchange: &str,
        account: &str,
    ) -> Result<Vec<Fill>, PaperError> {
        let sql = "SELECT paper_fills.* FROM paper_fills \
                   JOIN paper_orders USING (client_order_id) \
                   WHERE paper_fills.number > ? AND paper_fills.exchange = ? \
                   AND paper_orders.account = ? ORDER BY paper_fills.number";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map((number, exchange, account), Self::read)?;
        rows.map(|row| row?.fill()).collect()
    }

    /// Of all columns.
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            client_order_id: row.get("client_order_id")?,
            price: row.get("price")?,
            quantity: row.get("quantity")?,
            fee: row.get("fee")?,
            fee_currency: row.get("fee_currency")?,
            filled_at: row.get("filled_at")?,
        })
    }
}

/// A trade that happens.
#[derive(Debug)]
pub(super) struct NewFill<'a> {
    pub(super) exchange: &'a str,
    pub(super) account: &'a str,
    pub(super) pair: &'a str,
    pub(super) client_order_id: &'a str,
    pub(super) side: Side,
    pub(super) price: &'a Decimal,
    pub(super) quantity: &'a Decimal,
    pub(super) fee_rate: &'a Decimal,
    pub(super) filled_at: DateTime<Utc>,
}

impl NewFill<'_> {
    /// Writes it down and moves the money.
    pub(super) fn record(
        &self,
        connection: &Connection,
        balances: &mut AccountBalances<'_>,
    ) -> Result<(), PaperError> {
        let fee = &(self.price * self.quantity) * self.fee_rate;
        self.insert(connection, &fee)?;
        let Some(pair) = Pair::find(self.pair) else {
            return Ok(());
        };
        let settlement = Settlement {
            account: self.account,
            pair: &pair,
            side: self.side,
            price: self.price,
            quantity: self.quantity,
            fee: &fee,
        };
        balances.settle(connection, &settlement)
    }

    fn insert(&self, connection: &Connection, fee: &Decimal) -> Result<(), PaperError> {
        let quote = self.pair.rsplit(['/', '-']).next().unwrap_or_default();
        let sql = "INSERT INTO paper_fills (exchange, client_order_id, price, quantity, fee, \
                   fee_currency, filled_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
        connection.prepare_cached(sql)?.execute((
            self.exchange,
            self.client_order_id,
            self.price.to_string(),
            self.quantity.to_string(),
            fee.to_string(),
            quote,
            self.filled_at.timestamp_millis(),
        ))?;
        Ok(())
    }
}
