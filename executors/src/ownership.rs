//! Of several processes on one log, one at a time runs the instances.

use async_trait::async_trait;

/// Whether this process is the one. It need not be exact: what a process decides that was replaced
/// meanwhile cannot be recorded, and what cannot be recorded is not sent. It keeps a process from
/// taking up what another one runs.
#[async_trait]
pub trait Ownership: std::fmt::Debug + Send + Sync {
    /// Asked before a run is taken up.
    async fn is_ours(&self) -> bool;
}

/// There is no other process.
#[derive(Debug, Clone, Copy, Default)]
pub struct Alone;

#[async_trait]
impl Ownership for Alone {
    async fn is_ours(&self) -> bool {
        true
    }
}
