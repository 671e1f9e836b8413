//! Reads the account's new trades. The same stretch of time is read more than once, because
//! exchanges tell of a trade a little late and their clocks are not ours; each trade is told once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Mutex;

use super::dialect::{Period, Trade};
use super::failure::Failure;
use super::listings::Listed;
use super::orders::fill;
use super::session::Purpose;
use super::venue::CcxtVenue;
use crate::venue::{FillCursor, FillPage};

/// Exchanges refuse requests of a clock that is off by more than this.
const OVERLAP: TimeDelta = TimeDelta::minutes(2);
/// Trades from before are told to whoever asks about their orders.
const FARTHEST: TimeDelta = TimeDelta::hours(1);

/// What was told, as long as it may be read again.
#[derive(Debug, Default)]
pub(super) struct Told(Mutex<Reading>);

#[derive(Debug, Default)]
struct Reading {
    /// By order and trade, with the time of the trade.
    told: BTreeMap<(String, String), DateTime<Utc>>,
}

impl CcxtVenue {
    pub(super) async fn new_fills(&self, cursor: Option<FillCursor>) -> Result<FillPage, Failure> {
        let now = self.now();
        let here = FillCursor(now.timestamp_millis());
        let Some(cursor) = cursor else {
            return Ok(FillPage {
                fills: vec![],
                cursor: here,
            });
        };
        let mut reading = self.told.0.lock().await;
        let since = DateTime::from_timestamp_millis(cursor.0).unwrap_or(now);
        let period = Period {
            from: (since - OVERLAP).max(now - FARTHEST),
            to: now + OVERLAP,
        };
        let mut trades = self.trades_anywhere(period, now).await?;
        trades.sort_by_key(|trade| trade.at);
        let all = self.listings.all(&self.session).await?;
        let mut fills = Vec::new();
        for trade in trades {
            let Some((id, pair)) = self.tracked.owner(&trade) else {
                continue;
            };
            let Some(market) = all.get(&pair) else {
                continue;
            };
            let key = (trade.order_id.clone(), trade.id.clone());
            if reading.told.insert(key, trade.at).is_none() {
                fills.push(fill(market, id, trade));
            }
        }
        reading.told.retain(|_, at| *at >= now - FARTHEST - OVERLAP);
        Ok(FillPage {
            fills,
            cursor: here,
        })
    }

    async fn trades_anywhere(
        &self,
        period: Period,
        now: DateTime<Utc>,
    ) -> Result<Vec<Trade>, Failure> {
        let pairs = self.tracked.pairs(now);
        if pairs.is_empty() {
            return Ok(vec![]);
        }
        if !self.dialect().trades_by_market() {
            return self.trades_in(None, period).await;
        }
        let mut trades = Vec::new();
        for market in self.listed_among(&pairs).await? {
            trades.extend(self.trades_in(Some(&market), period).await?);
        }
        Ok(trades)
    }

    async fn listed_among(&self, pairs: &BTreeSet<String>) -> Result<Vec<Arc<Listed>>, Failure> {
        let all = self.listings.all(&self.session).await?;
        Ok(pairs
            .iter()
            .filter_map(|pair| all.get(pair).cloned())
            .collect())
    }

    /// An answer that is full may not be all: its time is then read in halves, whichever end the
    /// exchange begins at.
    pub(super) async fn trades_in(
        &self,
        market: Option<&Listed>,
        period: Period,
    ) -> Result<Vec<Trade>, Failure> {
        let dialect = self.dialect();
        let (mut trades, mut periods) = (Vec::new(), vec![period]);
        while let Some(period) = periods.pop() {
            let call = dialect.trades_between(market, period);
            let answer = self.session.ask(Purpose::Ask, call).await?;
            let page = dialect.trades(&answer)?;
            let halves = period.halves(dialect.shortest_period());
            match halves.filter(|_| page.len() >= dialect.trades_at_most()) {
                Some(halves) => periods.extend(halves),
                None => trades.extend(page),
            }
        }
        let mut seen = BTreeSet::new();
        trades.retain(|trade| seen.insert((trade.order_id.clone(), trade.id.clone())));
        Ok(trades)
    }
}
