//! The exchanges an installation knows, by the names configurations use.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Venue;

#[derive(Debug, Default)]
pub struct Venues {
    by_name: BTreeMap<String, Arc<dyn Venue>>,
}

/// A configuration names an exchange that this installation does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no exchange is called {0}")]
pub struct UnknownExchange(pub String);

impl Venues {
    pub fn new(venues: impl IntoIterator<Item = (String, Arc<dyn Venue>)>) -> Self {
        Self {
            by_name: venues.into_iter().collect(),
        }
    }

    pub fn get(&self, exchange: &str) -> Result<&Arc<dyn Venue>, UnknownExchange> {
        self.by_name
            .get(exchange)
            .ok_or_else(|| UnknownExchange(exchange.to_owned()))
    }

    /// In alphabetical order.
    pub fn names(&self) -> Vec<String> {
        self.by_name.keys().cloned().collect()
    }
}
