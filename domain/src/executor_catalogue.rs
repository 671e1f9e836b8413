//! What the domain must know of the executors: which exist, and what configuration each accepts.

use serde_json::{Map, Value};

use crate::config::Violation;
use crate::definition::DefinitionContent;
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

    /// JSON Schema of the configurations that this executor reads, and values to begin with.
    fn template(&self, _executor_type: &ExecutorType) -> Option<DefinitionContent> {
        None
    }

    /// Where the executors trade.
    fn venues(&self) -> Vec<Venue> {
        vec![]
    }

    /// Live as soon as one venue is: nobody may take real money for pretended.
    fn trading(&self) -> Trading {
        let live = self
            .venues()
            .iter()
            .any(|venue| venue.trading == Trading::Live);
        if live { Trading::Live } else { Trading::Paper }
    }

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

/// Whether money is real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trading {
    Paper,
    Live,
}

/// A market place that configurations may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    pub name: String,
    pub trading: Trading,
}
