//! The orders this process has to do with: whose trades are ours, and in which markets to look for
//! them. Nothing is lost when it is forgotten: whoever asks about an order hears of all its trades.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::ClientOrderId;

use super::dialect::Trade;

/// A live order is asked about every minute; one nobody asks about has ended. Trades may be told
/// late by some minutes.
const REMEMBERED: TimeDelta = TimeDelta::minutes(15);

/// Exchanges answer questions from copies: they deny, for some seconds, orders that they have just
/// acknowledged.
const FRESH: TimeDelta = TimeDelta::seconds(15);

#[derive(Debug, Default)]
pub(super) struct Tracked {
    orders: Mutex<Orders>,
}

#[derive(Debug, Default)]
struct Orders {
    /// By the client id as the exchange spells it.
    by_client_id: HashMap<String, Order>,
    by_order_id: HashMap<String, String>,
}

#[derive(Debug, Clone)]
struct Order {
    id: ClientOrderId,
    pair: String,
    since: DateTime<Utc>,
    seen_at: DateTime<Utc>,
}

impl Tracked {
    pub(super) fn remember(
        &self,
        (id, spelled): (&ClientOrderId, &str),
        pair: &str,
        now: DateTime<Utc>,
    ) {
        let mut orders = self.lock();
        let order = orders.by_client_id.entry(spelled.to_owned());
        let order = order.or_insert_with(|| Order {
            id: id.clone(),
            pair: pair.to_owned(),
            since: now,
            seen_at: now,
        });
        order.seen_at = now;
    }

    /// Whether it is too early to believe an exchange that does not know it.
    pub(super) fn is_fresh(&self, spelled: &str, now: DateTime<Utc>) -> bool {
        let orders = self.lock();
        let order = orders.by_client_id.get(spelled);
        order.is_some_and(|order| now - order.since < FRESH)
    }

    /// The exchange has given it an id of its own.
    pub(super) fn identify(&self, spelled: &str, order_id: &str) {
        let mut orders = self.lock();
        if orders.by_client_id.contains_key(spelled) {
            let spelled = spelled.to_owned();
            orders.by_order_id.insert(order_id.to_owned(), spelled);
        }
    }

    /// Whose trade it is, and in which pair; `None` for trades of others.
    pub(super) fn owner(&self, trade: &Trade) -> Option<(ClientOrderId, String)> {
        let orders = self.lock();
        let spelled = orders.by_order_id.get(&trade.order_id);
        let order = orders
            .by_client_id
            .get(spelled.or(trade.client_id.as_ref())?)?;
        Some((order.id.clone(), order.pair.clone()))
    }

    /// Where trades are to be looked for. Forgets what has ended long ago.
    pub(super) fn pairs(&self, now: DateTime<Utc>) -> BTreeSet<String> {
        let mut orders = self.lock();
        let Orders {
            by_client_id,
            by_order_id,
        } = &mut *orders;
        by_client_id.retain(|_, order| now - order.seen_at < REMEMBERED);
        by_order_id.retain(|_, spelled| by_client_id.contains_key(spelled));
        by_client_id
            .values()
            .map(|order| order.pair.clone())
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Orders> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
