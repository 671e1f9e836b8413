//! Paper, sandbox or live, never to be confused.

use async_graphql::{Enum, SimpleObject};
use domain::ExecutorCatalogue;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Trading")]
pub(crate) enum Trading {
    /// Orders go to simulated venues.
    Paper,
    /// Orders go to an exchange's own test network, where money is worth nothing.
    Sandbox,
    /// Orders cost real money.
    Live,
}

/// A market place that configurations may name.
#[derive(Debug, SimpleObject)]
pub(crate) struct Venue {
    name: String,
    trading: Trading,
}

impl Venue {
    pub(crate) fn all(catalogue: &dyn ExecutorCatalogue) -> Vec<Self> {
        let venues = catalogue.venues().into_iter();
        venues
            .map(|venue| Self {
                name: venue.name,
                trading: venue.trading.into(),
            })
            .collect()
    }
}
