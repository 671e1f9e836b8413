//! The exchanges an installation knows, by the names configurations use.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Trading;

use super::Venue;

#[derive(Debug, Default)]
pub struct Venues {
    by_name: BTreeMap<String, Entry>,
}

#[derive(Debug)]
struct Entry {
    /// What new runs trade on.
    venue: Arc<dyn Venue>,
    trading: Trading,
    /// Beside a real exchange: where runs end that began on paper.
    paper: Option<Arc<dyn Venue>>,
}

/// A configuration names an exchange that this installation does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no exchange is called {0}")]
pub struct UnknownExchange(pub String);

/// Orders that were placed in one way are never looked for in another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchVenue {
    #[error(transparent)]
    Unknown(UnknownExchange),
    #[error("{exchange} is not traded {} here: configure its account again", in_words(*.trading))]
    TradedOtherwise { exchange: String, trading: Trading },
}

impl Venues {
    /// All of them simulated.
    pub fn new(venues: impl IntoIterator<Item = (String, Arc<dyn Venue>)>) -> Self {
        let entry = |(name, venue)| {
            let entry = Entry {
                venue,
                trading: Trading::Paper,
                paper: None,
            };
            (name, entry)
        };
        Self {
            by_name: venues.into_iter().map(entry).collect(),
        }
    }

    /// From here on new runs trade there.
    #[must_use]
    pub fn with_real(mut self, name: &str, trading: Trading, venue: Arc<dyn Venue>) -> Self {
        let paper = self.by_name.remove(name).map(|entry| entry.venue);
        let entry = Entry {
            venue,
            trading,
            paper,
        };
        self.by_name.insert(name.to_owned(), entry);
        self
    }

    /// What new runs trade on.
    pub fn get(&self, exchange: &str) -> Result<&Arc<dyn Venue>, UnknownExchange> {
        Ok(&self.entry(exchange)?.venue)
    }

    pub fn trading(&self, exchange: &str) -> Result<Trading, UnknownExchange> {
        Ok(self.entry(exchange)?.trading)
    }

    /// Where the orders of a run are that trades so.
    pub fn of_run(&self, exchange: &str, trading: Trading) -> Result<&Arc<dyn Venue>, NoSuchVenue> {
        let entry = self.entry(exchange).map_err(NoSuchVenue::Unknown)?;
        let own = (entry.trading == trading).then_some(&entry.venue);
        let beside = entry.paper.as_ref().filter(|_| trading == Trading::Paper);
        own.or(beside).ok_or_else(|| NoSuchVenue::TradedOtherwise {
            exchange: exchange.to_owned(),
            trading,
        })
    }

    /// In alphabetical order.
    pub fn names(&self) -> Vec<String> {
        self.by_name.keys().cloned().collect()
    }

    fn entry(&self, exchange: &str) -> Result<&Entry, UnknownExchange> {
        self.by_name
            .get(exchange)
            .ok_or_else(|| UnknownExchange(exchange.to_owned()))
    }
}

/// `traded on paper`
pub(crate) fn in_words(trading: Trading) -> &'static str {
    match trading {
        Trading::Paper => "on paper",
        Trading::Sandbox => "in its sandbox",
        Trading::Live => "with real money",
    }
}
