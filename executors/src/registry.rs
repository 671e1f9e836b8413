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
    venues: Vec<String>,
}

/// Two executors want to run the same type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two executors are registered for {0}")]
pub struct DuplicateExecutor(pub ExecutorType);

impl StrategyExecutorRegistry {
    /// `venues` are the names of the exchanges that configurations may use.
    pub fn try_new(
        executors: impl IntoIterator<Item = Arc<dyn Executor>>,
        venues: Vec<String>,
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
            venues,
        })
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

    /// All simulated: no other venue can be registered yet.
    fn venues(&self) -> Vec<Venue> {
        let names = self.venues.iter();
        names
            .map(|name| Venue {
                name: name.clone(),
                trading: Trading::Paper,
            })
            .collect()
    }

    fn validate_config(
        &self,
        executor_type: &ExecutorType,
        config: &Map<String, Value>,
    ) -> Vec<Violation> {
        match self.find(executor_type) {
            Some(executor) => executor.validate_config(config, &self.venues),
            None => vec![Violation::new(
                "",
                "executor",
                format!("no executor runs {executor_type}"),
            )],
        }
    }
}
