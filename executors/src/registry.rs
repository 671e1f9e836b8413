//! The executors there are. Nothing else ever runs.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use domain::config::Violation;
use domain::definition::DefinitionContent;
use domain::ids::ExecutorType;
use domain::phrase::{Param, Phrase};
use domain::{ExecutorCatalogue, Trading, Venue};
use serde_json::{Map, Value};
use strategies::MarketRef;

use crate::executor::Executor;
use crate::venue::Venues;

/// The whitelist: an executor type that is not in here can be neither published nor started.
#[derive(Debug)]
pub struct StrategyExecutorRegistry {
    executors: BTreeMap<ExecutorType, Arc<dyn Executor>>,
    venues: Vec<Venue>,
    /// What they list, where that is known.
    listings: Arc<Venues>,
}

/// Two executors want to run the same type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two executors are registered for {0}")]
pub struct DuplicateExecutor(pub ExecutorType);

impl StrategyExecutorRegistry {
    /// `venues` are the exchanges that configurations may use.
    pub fn try_new(
        executors: impl IntoIterator<Item = Arc<dyn Executor>>,
        venues: impl IntoIterator<Item: Into<Venue>>,
    ) -> Result<Self, DuplicateExecutor> {
        let mut by_type = BTreeMap::new();
        for executor in executors {
            match by_type.entry(executor.executor_type()) {
                Entry::Occupied(taken) => return Err(DuplicateExecutor(taken.key().clone())),
                Entry::Vacant(free) => free.insert(executor),
            };
        }
        Ok(Self {
            executors: by_type,
            venues: venues.into_iter().map(Into::into).collect(),
            listings: Arc::default(),
        })
    }

    /// From here on configurations may only name markets that `venues` have.
    #[must_use]
    pub fn listed_at(mut self, venues: Arc<Venues>) -> Self {
        self.listings = venues;
        self
    }

    fn unlisted(&self, market: &MarketRef, config: &Map<String, Value>) -> Option<Violation> {
        let venue = self.listings.get(&market.exchange).ok()?;
        if venue.lists(&market.pair)? {
            return None;
        }
        let names_it = |(_, value): &(&String, &Value)| value.as_str() == Some(&market.pair);
        let field = config.iter().find(names_it);
        let path = field.map_or_else(String::new, |(name, _)| format!("/{name}"));
        let phrase = Phrase::NoMarket {
            exchange: Param::text(&market.exchange),
            pair: Param::text(&market.pair),
        };
        Some(Violation::said(path, "pair", phrase))
    }

    fn names(&self) -> Vec<String> {
        self.venues.iter().map(|venue| venue.name.clone()).collect()
    }

    pub fn find(&self, executor_type: &ExecutorType) -> Option<&Arc<dyn Executor>> {
        self.executors.get(executor_type)
    }
}

impl ExecutorCatalogue for StrategyExecutorRegistry {
    fn executor_types(&self) -> Vec<ExecutorType> {
        self.executors.keys().cloned().collect()
    }

    fn template(&self, executor_type: &ExecutorType) -> Option<DefinitionContent> {
        self.find(executor_type)?.template()
    }

    fn venues(&self) -> Vec<Venue> {
        self.venues.clone()
    }

    /// What cannot be read may mean any exchange.
    fn trading_with(&self, executor_type: &ExecutorType, config: &Map<String, Value>) -> Trading {
        let markets = self.find(executor_type);
        let markets = markets.and_then(|executor| executor.markets(config).ok());
        let Some(markets) = markets else {
            return self.trading();
        };
        let used = self.venues.iter().filter(|venue| {
            let mut exchanges = markets.iter().map(|market| &market.exchange);
            exchanges.any(|exchange| *exchange == venue.name)
        });
        used.map(|venue| venue.trading).max().unwrap_or_default()
    }

    fn validate_config(
        &self,
        executor_type: &ExecutorType,
        config: &Map<String, Value>,
    ) -> Vec<Violation> {
        let Some(executor) = self.find(executor_type) else {
            let nobody = format!("no executor runs {executor_type}");
            return vec![Violation::new("", "executor", nobody)];
        };
        match executor.validate_config(config, &self.names()) {
            Ok(markets) => {
                let unlisted = |market: &MarketRef| self.unlisted(market, config);
                markets.iter().filter_map(unlisted).collect()
            }
            Err(violations) => violations,
        }
    }
}
