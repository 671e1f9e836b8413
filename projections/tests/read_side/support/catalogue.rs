//! An executor catalogue that accepts every configuration.

use domain::ExecutorCatalogue;
use domain::config::Violation;
use domain::ids::ExecutorType;
use serde_json::{Map, Value};

#[derive(Debug)]
pub(crate) struct AcceptsAll;

impl ExecutorCatalogue for AcceptsAll {
    fn executor_types(&self) -> Vec<ExecutorType> {
        ["arbitrage", "pureMarketMaking", "volume"]
            .map(ExecutorType::new)
            .into()
    }

    fn validate_config(&self, _: &ExecutorType, _: &Map<String, Value>) -> Vec<Violation> {
        vec![]
    }
}
