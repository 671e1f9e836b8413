//! Orders as the file keeps them.

use chrono::{DateTime, Utc};
use domain::execution::{Fill, Side};
use domain::ids::ClientOrderId;
use domain::money::Decimal;
use rusqlite::{Connection, OptionalExtension, Row};

use super::account_balances::{AccountBalances, cost, paid_with};
use super::ledger::{PaperError, time};
use super::matching::Resting;
use super::price_key::price_key;
use crate::market::Pair;
use crate::venue::{OrderReport, OrderRequest, ReportedState};

const OPEN: &str = "open";
const FILLED: &str = "filled";
const CANCELLED: &str = "cancelled";

#[derive(Debug)]
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
    pub(super) fn find(
        connection: &Connection,
        client_order_id: &ClientOrderId,
    ) -> Result<Option<Self>, PaperError> {
        let sql = "SELECT * FROM paper_orders WHERE client_order_id = ?";
        let mut statement = connection.prepare_cached(sql)?;
        let found = statement.query_row([client_order_id.as_str()], Self::read);
        Ok(found.optional()?)
    }

    /// Of all columns.
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get("number")?,
            client_order_id: row.get("client_order_id")?,
            account: row.get("account")?,
            pair: row.get("pair")?,
            side: row.get("side")?,
            price: row.get("price")?,
            quantity: row.get("quantity")?,
            filled: row.get("filled")?,
            queue_ahead: row.get("queue_ahead")?,
            reserved: row.get("reserved")?,
            state: row.get("state")?,
            placed_at: row.get("placed_at")?,
            cancelled_at: row.get("cancelled_at")?,
        })
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
    pub(super) fn proceed(
        &self,
        connection: &Connection,
        balances: &mut AccountBalances<'_>,
        now: &Resting,
        fee_rate: &Decimal,
    ) -> Result<(), PaperError> {
        let quantity: Decimal = self.quantity.parse()?;
        let filled = &quantity - &now.remaining;
        let needed = cost(now.side, &now.price, &now.remaining, fee_rate);
        let reserved = self.reserve(connection, balances, needed)?;
        let sql = "UPDATE paper_orders SET filled = ?, queue_ahead = ?, reserved = ?, state = ? \
                   WHERE number = ?";
        connection.prepare_cached(sql)?.execute((
            filled.to_string(),
            now.queue_ahead.to_string(),
            reserved.to_string(),
            state_of(&filled, &quantity),
            self.number,
        ))?;
        Ok(())
    }

    /// Takes it off the book, and gives back what it had reserved.
    pub(super) fn cancel(
        &mut self,
        connection: &Connection,
        balances: &mut AccountBalances<'_>,
        at: DateTime<Utc>,
    ) -> Result<(), PaperError> {
        self.reserve(connection, balances, Decimal::zero())?;
        CANCELLED.clone_into(&mut self.state);
        self.cancelled_at = Some(at.timestamp_millis());
        self.reserved = Decimal::zero().to_string();
        let sql = "UPDATE paper_orders SET state = ?, cancelled_at = ?, reserved = ? \
                   WHERE number = ?";
        connection.prepare_cached(sql)?.execute((
            &self.state,
            self.cancelled_at,
            &self.reserved,
            self.number,
        ))?;
        Ok(())
    }

    /// A reservation only ever shrinks: fees that were raised meanwhile must not take what
    /// another order was promised.
    fn reserve(
        &self,
        connection: &Connection,
        balances: &mut AccountBalances<'_>,
        needed: Decimal,
    ) -> Result<Decimal, PaperError> {
        let before: Decimal = self.reserved.parse()?;
        let after = needed.min(before.clone());
        if let Some(pair) = Pair::find(&self.pair) {
            let currency = paid_with(self.side(), &pair);
            let change = (&before, &after);
            balances.reserve(connection, &self.account, currency, change)?;
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
    pub(super) fn insert(&self, connection: &Connection) -> Result<i64, PaperError> {
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
        let mut statement = connection.prepare_cached(sql)?;
        let number = statement.insert((
            request.client_order_id.as_str(),
            self.exchange,
            self.account,
            &request.pair,
            request.side.as_str(),
            request.price.to_string(),
            price_key(request.price.amount()),
            request.quantity.to_string(),
            self.filled.to_string(),
            self.queue_ahead.to_string(),
            self.reserved.to_string(),
            state,
            placed_at,
            self.live_from.timestamp_millis(),
            cancelled_at,
        ))?;
        Ok(number)
    }
}

fn state_of(filled: &Decimal, quantity: &Decimal) -> &'static str {
    if filled < quantity { OPEN } else { FILLED }
}
