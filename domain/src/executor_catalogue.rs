//! What the domain must know of the executors: which exist, and what configuration each accepts.

use serde::{Deserialize, Serialize};
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
        let all = self.venues().into_iter().map(|venue| venue.trading);
        all.max().unwrap_or(Trading::Paper)
    }

    /// How an instance of this configuration trades: by the exchange where most is at stake.
    fn trading_with(&self, _executor_type: &ExecutorType, _config: &Map<String, Value>) -> Trading {
        self.trading()
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

/// Whether money is real. Stored forever: add words, never rename or remove them. In the order of
/// what is at stake.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Trading {
    /// The exchange is simulated here.
    #[default]
    Paper,
    /// The exchange's own test network.
    Sandbox,
    /// Real money.
    Live,
}

impl Trading {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Sandbox => "sandbox",
            Self::Live => "live",
        }
    }
}

/// A market place that configurations may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    pub name: String,
    pub trading: Trading,
}

impl From<String> for Venue {
    /// Simulated, where nothing else is said.
    fn from(name: String) -> Self {
        Self {
            name,
            trading: Trading::Paper,
        }
    }
}
