//! Names a run's stream.

use std::fmt;

use crate::ids::StrategyKey;

/// An execution's stream name: the strategy key and the run's number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExecutionId(String);

impl ExecutionId {
    pub fn of(strategy_key: &StrategyKey, run: u32) -> Self {
        Self(format!("{strategy_key}#{run}"))
    }

    /// The strategy key and the run's number that a stream name was made of. Unlike a strategy
    /// key's parts these can be told apart: a number holds no `#`.
    pub fn parts(stream: &str) -> Option<(&str, u32)> {
        let (strategy_key, run) = stream.rsplit_once('#')?;
        Some((strategy_key, run.parse().ok()?))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExecutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_execution_is_named_by_strategy_key_and_run() {
        assert_eq!(
            ExecutionId::of(&StrategyKey::new("u-c-volume"), 3).as_str(),
            "u-c-volume#3"
        );
    }
}
