//! Matches resting orders with what the market traded since somebody last looked.

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::Side;
use domain::money::Decimal;
use sqlx::SqliteConnection;

use super::ledger::{NewFill, OrderRow, PaperError, state_of, time};
use super::matching::{Flow, Resting};
use super::price_key::price_key;
use super::settings::PaperSettings;
use crate::market::{PaperMarket, Traded};

/// A long absence is looked at in so many pieces at most; nearer spans in pieces of a second.
const MOST_SPANS: i64 = 60;

/// One exchange, looked at inside a transaction.
#[derive(Debug)]
pub(super) struct Look<'a> {
    pub(super) exchange: &'a str,
    pub(super) market: &'a PaperMarket,
    pub(super) settings: &'a PaperSettings,
    pub(super) now: DateTime<Utc>,
}

impl Look<'_> {
    /// Lets everything trade that would have traded until now. Looking twice at one moment
    /// changes nothing.
    pub(super) async fn take(&self, connection: &mut SqliteConnection) -> Result<(), PaperError> {
        let sql = "SELECT looked_until FROM paper_looks WHERE exchange = ?";
        let until: Option<i64> = sqlx::query_scalar(sql)
            .bind(self.exchange)
            .fetch_optional(&mut *connection)
            .await?;
        let from = until.map_or(self.now, time);
        if from > self.now || until == Some(self.now.timestamp_millis()) {
            return Ok(());
        }
        let sql = "SELECT DISTINCT pair FROM paper_orders WHERE exchange = ? AND state = 'open'";
        let pairs: Vec<String> = sqlx::query_scalar(sql)
            .bind(self.exchange)
            .fetch_all(&mut *connection)
            .await?;
        for pair in pairs {
            for (from, to) in spans(from, self.now) {
                self.match_span(connection, &pair, from, to).await?;
            }
        }
        let sql = "INSERT INTO paper_looks (exchange, looked_until) VALUES (?, ?) \
                   ON CONFLICT (exchange) DO UPDATE SET looked_until = excluded.looked_until";
        sqlx::query(sql)
            .bind(self.exchange)
            .bind(self.now.timestamp_millis())
            .execute(connection)
            .await?;
        Ok(())
    }

    /// The first order of an exchange starts its looking.
    pub(super) async fn begin(&self, connection: &mut SqliteConnection) -> Result<(), PaperError> {
        sqlx::query("INSERT OR IGNORE INTO paper_looks (exchange, looked_until) VALUES (?, ?)")
            .bind(self.exchange)
            .bind(self.now.timestamp_millis())
            .execute(connection)
            .await?;
        Ok(())
    }

    async fn match_span(
        &self,
        connection: &mut SqliteConnection,
        pair: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<(), PaperError> {
        let Some(traded) = self.market.traded_between(self.exchange, pair, from, to) else {
            return Ok(());
        };
        let rules = self.market.rules(self.exchange, pair).unwrap_or_default();
        let lot = rules.lot.unwrap_or_else(Decimal::zero);
        let reached = self.reached(connection, pair, &traded, from).await?;
        let mut flow = Flow::from(traded);
        for row in reached {
            let mut order = row.resting()?;
            let before = order.clone();
            let filled = flow.fill(&mut order, &self.settings.touch_share, &lot);
            if order != before {
                save(connection, &row, &order).await?;
            }
            if let Some(quantity) = filled {
                let fill = NewFill {
                    exchange: self.exchange,
                    pair,
                    client_order_id: &row.client_order_id,
                    price: &order.price,
                    quantity: &quantity,
                    fee_rate: &self.settings.maker_fee,
                    filled_at: to,
                };
                fill.insert(connection).await?;
            }
        }
        Ok(())
    }

    /// Orders that were in the book and whose price was reached: best price first, then first come
    /// first served.
    async fn reached(
        &self,
        connection: &mut SqliteConnection,
        pair: &str,
        traded: &Traded,
        live_at: DateTime<Utc>,
    ) -> Result<Vec<OrderRow>, PaperError> {
        let buys = "SELECT * FROM paper_orders WHERE exchange = ? AND pair = ? AND side = 'buy' \
                    AND state = 'open' AND price_key >= ? AND live_from <= ? \
                    ORDER BY price_key DESC, number";
        let sells = "SELECT * FROM paper_orders WHERE exchange = ? AND pair = ? \
                     AND side = 'sell' AND state = 'open' AND price_key <= ? AND live_from <= ? \
                     ORDER BY price_key, number";
        let mut rows: Vec<OrderRow> = Vec::new();
        for (sql, limit) in [(buys, &traded.low), (sells, &traded.high)] {
            let reached = sqlx::query_as(sql)
                .bind(self.exchange)
                .bind(pair)
                .bind(price_key(limit))
                .bind(live_at.timestamp_millis())
                .fetch_all(&mut *connection)
                .await?;
            rows.extend::<Vec<OrderRow>>(reached);
        }
        Ok(rows)
    }
}

impl OrderRow {
    fn resting(&self) -> Result<Resting, PaperError> {
        let quantity: Decimal = self.quantity.parse()?;
        Ok(Resting {
            side: if self.is_buy() { Side::Buy } else { Side::Sell },
            price: self.price.parse()?,
            remaining: &quantity - &self.filled.parse()?,
            queue_ahead: self.queue_ahead.parse()?,
        })
    }
}

async fn save(
    connection: &mut SqliteConnection,
    row: &OrderRow,
    order: &Resting,
) -> Result<(), PaperError> {
    let quantity: Decimal = row.quantity.parse()?;
    let filled = &quantity - &order.remaining;
    let sql = "UPDATE paper_orders SET filled = ?, queue_ahead = ?, state = ? WHERE number = ?";
    sqlx::query(sql)
        .bind(filled.to_string())
        .bind(order.queue_ahead.to_string())
        .bind(state_of(&filled, &quantity))
        .bind(row.number)
        .execute(connection)
        .await?;
    Ok(())
}

/// Pieces of a second each, or fewer and longer ones after a long absence.
fn spans(from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let length = (to - from).num_milliseconds();
    let count = (length / 1000).clamp(1, MOST_SPANS);
    let edge = |index: i64| from + TimeDelta::milliseconds(length * index / count);
    (0..count)
        .map(|index| (edge(index), edge(index + 1)))
        .collect()
}
