//! What the domain must know of the executors: which exist, and what configuration each accepts.

use serde_json::{Map, Value};

use crate::config::Violation;
use crate::ids::ExecutorType;

/// The whitelist of executors. Nothing outside it is ever published or started.
pub trait ExecutorCatalogue: std::fmt::Debug + Send + Sync {
    /// In alphabetical order, as error texts list them.
    fn executor_types(&self) -> Vec<ExecutorType>;

    /// Rules beyond the definition's JSON Schema: what this executor needs to run at all, such as
    /// a known venue or a positive amount. Empty means it will run.
    fn validate_config(
        &self,
        executor_type: &ExecutorType,
        config: &Map<String, Value>,
    ) -> Vec<Violation>;

    fn knows(&self, executor_type: &ExecutorType) -> bool {
        self.executor_types().contains(executor_type)
    }

    /// `arbitrage, pureMarketMaking, volume`
    fn allowed(&self) -> String {
        let names: Vec<String> = self
            .executor_types()
            .into_iter()
            .map(String::from)
            .collect();
        names.join(", ")
    }
}
