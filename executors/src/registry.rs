//! The executors there are. Nothing else ever runs.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use domain::config::Violation;
use domain::definition::DefinitionContent;
use domain::ids::ExecutorType;
use domain::{ExecutorCatalogue, Trading, Venue};
use serde_json::{Map, Value};

use crate::executor::Executor;

/// The whitelist: an executor type that is not in here can be neither published nor started.
#[derive(Debug)]
pub struct StrategyExecutorRegistry {
    executors: BTreeMap<ExecutorType, Arc<dyn Executor>>,
    venues: Vec<Venue>,
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
        })
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
        match self.find(executor_type) {
            Some(executor) => executor.validate_config(config, &self.names()),
            None => vec![Violation::new(
                "",
                "executor",
                format!("no executor runs {executor_type}"),
            )],
        }
    }
}
