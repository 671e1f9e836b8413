//! Connections that broke while nobody used them.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::time::{Duration, Instant};

use crate::backend::trouble::{Kind, Trouble};

/// When a connection was last found broken. Whatever ended it, say a restart of the server, may have
/// ended all that were idle then: none of them is used again untried.
#[derive(Debug, Clone, Default)]
pub(super) struct Losses(Arc<Mutex<Option<Instant>>>);

impl Losses {
    /// Whether a connection has been idle since before one was found broken.
    pub(super) fn concern(&self, idle_for: Duration) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| idle_for >= last.elapsed())
    }

    /// Asks once more when the connection broke: whoever only reads may, and the second time gets one
    /// that works, if any does.
    pub(super) async fn reading<T, F>(&self, ask: impl Fn() -> F) -> Result<T, Trouble>
    where
        F: Future<Output = Result<T, Trouble>>,
    {
        match ask().await {
            Err(trouble) if trouble.kind == Kind::Lost => {
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
                ask().await
            }
            answer => answer,
        }
    }
}
