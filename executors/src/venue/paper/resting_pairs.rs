//! Which pairs have orders in an exchange's book, and how near the market is to them.

use rusqlite::{Connection, Row};

use super::ledger::PaperError;
use super::price_key::price_key;
use crate::market::Traded;

/// A pair with orders in the book.
#[derive(Debug)]
pub(super) struct RestingPair {
    pub(super) pair: String,
    /// The best prices, as [`price_key`] writes them.
    best_buy: Option<String>,
    best_sell: Option<String>,
    /// When the pair was last looked at by itself.
    pub(super) looked_until: Option<i64>,
}

impl RestingPair {
    /// Steps from pair to pair and from best price to best price in the index of open orders; what
    /// else is in the book costs nothing.
    pub(super) fn all(connection: &Connection, exchange: &str) -> Result<Vec<Self>, PaperError> {
        let sql = "WITH RECURSIVE pairs (pair) AS ( \
                       SELECT (SELECT MIN(pair) FROM paper_orders \
                               WHERE exchange = ?1 AND state = 'open') \
                       UNION ALL \
                       SELECT (SELECT MIN(pair) FROM paper_orders \
                               WHERE exchange = ?1 AND state = 'open' AND pair > pairs.pair) \
                       FROM pairs WHERE pairs.pair IS NOT NULL) \
                   SELECT pairs.pair, \
                       (SELECT MAX(price_key) FROM paper_orders \
                        WHERE exchange = ?1 AND pair = pairs.pair \
                        AND side = 'buy' AND state = 'open') AS best_buy, \
                       (SELECT MIN(price_key) FROM paper_orders \
                        WHERE exchange = ?1 AND pair = pairs.pair \
                        AND side = 'sell' AND state = 'open') AS best_sell, \
                       (SELECT looked_until FROM paper_pair_looks \
                        WHERE exchange = ?1 AND pair = pairs.pair) AS looked_until \
                   FROM pairs WHERE pairs.pair IS NOT NULL";
        let mut statement = connection.prepare_cached(sql)?;
        let pairs = statement.query_map([exchange], Self::read)?;
        Ok(pairs.collect::<rusqlite::Result<_>>()?)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            pair: row.get("pair")?,
            best_buy: row.get("best_buy")?,
            best_sell: row.get("best_sell")?,
            looked_until: row.get("looked_until")?,
        })
    }

    /// Whether anything traded at the price of one of its orders or beyond.
    pub(super) fn is_reached(&self, traded: &Traded) -> bool {
        let bought = self.best_buy.as_ref();
        let sold = self.best_sell.as_ref();
        bought.is_some_and(|best| *best >= price_key(&traded.low))
            || sold.is_some_and(|best| *best <= price_key(&traded.high))
    }
}
