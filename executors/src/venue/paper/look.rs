//! Matches resting orders with what the market traded since somebody last looked.

use chrono::{DateTime, TimeDelta, Utc};
use domain::money::Decimal;
use rusqlite::{Connection, OptionalExtension};

use super::account_balances::AccountBalances;
use super::fills::NewFill;
use super::ledger::{PaperError, time};
use super::matching::Flow;
use super::orders::OrderRow;
use super::price_key::price_key;
use super::resting_pairs::RestingPair;
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
    pub(super) fn take(&self, connection: &Connection) -> Result<(), PaperError> {
        let sql = "SELECT looked_until FROM paper_looks WHERE exchange = ?";
        let mut looked = connection.prepare_cached(sql)?;
        let until = looked.query_row([self.exchange], |row| row.get(0));
        let until: Option<i64> = until.optional()?;
        if self.unseen_from(until).is_none() {
            return Ok(());
        }
        let mut balances = AccountBalances::new(self.exchange, &self.settings.starting_balances);
        for resting in RestingPair::all(connection, self.exchange)? {
            let from = self.unseen_from(resting.looked_until.max(until));
            if let Some(from) = from.filter(|from| self.may_trade(&resting, *from)) {
                self.match_pair(connection, &mut balances, &resting.pair, from)?;
            }
        }
        balances.save(connection)?;
        let sql = "UPDATE paper_looks SET looked_until = ? WHERE exchange = ?";
        let mut save = connection.prepare_cached(sql)?;
        save.execute((self.now.timestamp_millis(), self.exchange))?;
        Ok(())
    }

    /// The same for the orders of one pair, whatever else rests at the exchange.
    pub(super) fn take_pair(&self, connection: &Connection, pair: &str) -> Result<(), PaperError> {
        let sql = "SELECT MAX(looked_until) FROM ( \
                   SELECT looked_until FROM paper_looks WHERE exchange = ?1 UNION ALL \
                   SELECT looked_until FROM paper_pair_looks WHERE exchange = ?1 AND pair = ?2)";
        let mut looked = connection.prepare_cached(sql)?;
        let until: Option<i64> = looked.query_row((self.exchange, pair), |row| row.get(0))?;
        let Some(from) = self.unseen_from(until) else {
            return Ok(());
        };
        let mut balances = AccountBalances::new(self.exchange, &self.settings.starting_balances);
        self.match_pair(connection, &mut balances, pair, from)?;
        balances.save(connection)?;
        let sql = "INSERT INTO paper_pair_looks (exchange, pair, looked_until) VALUES (?, ?, ?) \
                   ON CONFLICT (exchange, pair) DO UPDATE SET looked_until = excluded.looked_until";
        let mut save = connection.prepare_cached(sql)?;
        save.execute((self.exchange, pair, self.now.timestamp_millis()))?;
        Ok(())
    }

    /// The first order of an exchange starts its looking.
    pub(super) fn begin(&self, connection: &Connection) -> Result<(), PaperError> {
        let sql = "INSERT OR IGNORE INTO paper_looks (exchange, looked_until) VALUES (?, ?)";
        let mut save = connection.prepare_cached(sql)?;
        save.execute((self.exchange, self.now.timestamp_millis()))?;
        Ok(())
    }

    /// Since when nobody has looked: `None` where nobody needs to, for this very millisecond included.
    fn unseen_from(&self, looked_until: Option<i64>) -> Option<DateTime<Utc>> {
        let now = self.now.timestamp_millis();
        looked_until.filter(|until| *until < now).map(time)
    }

    /// Most pairs' prices reach none of their orders from one look to the next. A long absence is
    /// matched piece by piece, and its pieces can reach further than the whole.
    fn may_trade(&self, resting: &RestingPair, from: DateTime<Utc>) -> bool {
        if pieces(from, self.now) > 1 {
            return true;
        }
        let market = self.market;
        let traded = market.traded_between(self.exchange, &resting.pair, from, self.now);
        traded.is_some_and(|traded| resting.is_reached(&traded))
    }

    fn match_pair(
        &self,
        connection: &Connection,
        balances: &mut AccountBalances<'_>,
        pair: &str,
        from: DateTime<Utc>,
    ) -> Result<(), PaperError> {
        for span in spans(from, self.now) {
            self.match_span(connection, balances, pair, span)?;
        }
        Ok(())
    }

    fn match_span(
        &self,
        connection: &Connection,
        balances: &mut AccountBalances<'_>,
        pair: &str,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(), PaperError> {
        let Some(traded) = self.market.traded_between(self.exchange, pair, from, to) else {
            return Ok(());
        };
        let rules = self.market.rules(self.exchange, pair).unwrap_or_default();
        let lot = rules.lot.unwrap_or_else(Decimal::zero);
        let reached = self.reached(connection, pair, &traded, from)?;
        let mut flow = Flow::from(traded);
        for row in reached {
            let mut order = row.resting()?;
            let before = order.clone();
            let filled = flow.fill(&mut order, &self.settings.touch_share, &lot);
            if order != before {
                row.proceed(connection, balances, &order, &self.settings.highest_fee())?;
            }
            if let Some(quantity) = filled {
                let fill = NewFill {
                    exchange: self.exchange,
                    account: &row.account,
                    pair,
                    client_order_id: &row.client_order_id,
                    side: order.side,
                    price: &order.price,
                    quantity: &quantity,
                    fee_rate: &self.settings.maker_fee,
                    filled_at: to,
                };
                fill.record(connection, balances)?;
            }
        }
        Ok(())
    }

    /// Orders that were in the book and whose price was reached: best price first, then first come
    /// first served.
    fn reached(
        &self,
        connection: &Connection,
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
            let mut reached = connection.prepare_cached(sql)?;
            let live_at = live_at.timestamp_millis();
            let named = (self.exchange, pair, price_key(limit), live_at);
            for row in reached.query_map(named, OrderRow::read)? {
                rows.push(row?);
            }
        }
        Ok(rows)
    }
}

/// Pieces of a second each, or fewer and longer ones after a long absence.
fn spans(from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let length = (to - from).num_milliseconds();
    let count = pieces(from, to);
    let edge = |index: i64| from + TimeDelta::milliseconds(length * index / count);
    (0..count)
        .map(|index| (edge(index), edge(index + 1)))
        .collect()
}

fn pieces(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    (to - from).num_seconds().clamp(1, MOST_SPANS)
}
