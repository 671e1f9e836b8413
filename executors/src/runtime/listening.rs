//! At which exchanges new trades are heard of: before that, whoever wants to miss none must ask.

use std::collections::BTreeSet;
use std::sync::{PoisonError, RwLock};

use domain::execution::LiveOrder;

#[derive(Debug, Default)]
pub(crate) struct Listening(RwLock<BTreeSet<String>>);

impl Listening {
    pub(crate) fn begins_at(&self, exchange: &str) {
        let mut exchanges = self.0.write().unwrap_or_else(PoisonError::into_inner);
        exchanges.insert(exchange.to_owned());
    }

    /// Whether every new trade of these orders is heard of.
    pub(crate) fn to_all(&self, orders: &[&LiveOrder]) -> bool {
        let exchanges = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let heard = |order: &&LiveOrder| exchanges.contains(&order.intent.exchange);
        orders.iter().all(heard)
    }
}
