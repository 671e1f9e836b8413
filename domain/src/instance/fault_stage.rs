//! How far a run had come when its executor gave up.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultStage {
    /// No executor was there for it.
    Executor,
    /// Its executor does not run its configuration.
    Configuration,
    /// Its exchanges are traded on otherwise than when it began.
    Trading,
    /// It should have been taken up, and had ended before.
    RunOver,
    /// It was running, and does not go on with its new configuration.
    Reconfiguration,
}
