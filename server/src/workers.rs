//! What works beside the answers, by name: so that one that does not end can be told.

use std::time::Duration;

use domain::ErrorChain;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::timeout;

/// Aborted when dropped.
#[derive(Debug, Default)]
pub(crate) struct Workers {
    tasks: JoinSet<()>,
    names: Vec<(Id, &'static str)>,
}

impl Workers {
    pub(crate) fn spawn(
        &mut self,
        name: &'static str,
        work: impl Future<Output = ()> + Send + 'static,
    ) {
        let task = self.tasks.spawn(work);
        self.names.push((task.id(), name));
    }

    /// Waits until one of them ends; its name.
    pub(crate) async fn one_ends(&mut self) -> &'static str {
        match self.tasks.join_next_with_id().await {
            Some(ended) => self.forget(ended),
            // Nobody works, nobody ends
            None => std::future::pending().await,
        }
    }

    /// Waits for all of them, who were asked to end. Those that take longer than `within` are told
    /// and ended where they are.
    pub(crate) async fn end(mut self, within: Duration) {
        let ending = timeout(within, async {
            while let Some(ended) = self.tasks.join_next_with_id().await {
                self.forget(ended);
            }
        });
        if ending.await.is_err() {
            let late: Vec<&str> = self.names.iter().map(|(_, name)| *name).collect();
            let late = late.join(", ");
            tracing::error!(
                workers = late,
                "did not end in time, and are ended where they are"
            );
            self.tasks.shutdown().await;
        }
        tracing::info!("ended");
    }

    fn forget(&mut self, ended: Result<(Id, ()), JoinError>) -> &'static str {
        let id = match &ended {
            Ok((id, ())) => *id,
            Err(error) => error.id(),
        };
        let known = self.names.iter().position(|(known, _)| *known == id);
        let name = known.map_or("a worker", |at| self.names.swap_remove(at).1);
        if let Err(error) = ended {
            tracing::error!(worker = name, error = %ErrorChain(&error), "a worker ended early");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_worker_that_does_not_end_is_ended() {
        let mut workers = Workers::default();
        let (_held, is_dropped) = tokio::sync::oneshot::channel::<()>();
        let (kept, dropped) = tokio::sync::oneshot::channel::<()>();
        workers.spawn("one that ends", async {});
        workers.spawn("one that does not", async move {
            let _kept = kept;
            let _never = is_dropped.await;
        });
        workers.end(Duration::from_millis(20)).await;
        assert!(dropped.await.is_err(), "it works on");
    }

    #[tokio::test]
    async fn who_ends_early_is_named() {
        let mut workers = Workers::default();
        workers.spawn("one that works on", std::future::pending());
        workers.spawn("one that ends", async {});
        assert_eq!(workers.one_ends().await, "one that ends");
    }
}
