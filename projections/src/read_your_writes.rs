//! How far the tables are, and waiting until they show what a command did.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use event_store::Position;
use tokio::sync::{Mutex, Notify, watch};
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::projector::{Checkpoint, Parked, STRATEGY_PROJECTIONS};
use crate::tables::Tables;

/// How often a process without a projector looks, however many of its requests wait.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Why the tables do not show a position yet.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StillBehind {
    #[error("{projection} is at position {reached}, not yet at {wanted}")]
    Late {
        projection: &'static str,
        reached: Position,
        wanted: Position,
    },
    /// Waiting will not help: an operator must act.
    #[error("{projection} stands still since position {position}: {error}")]
    Parked {
        projection: &'static str,
        position: Position,
        error: String,
    },
}

/// What this process knows of the projections' progress.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    known: watch::Sender<BTreeMap<&'static str, Checkpoint>>,
    projectors: AtomicUsize,
    last_look: Mutex<Option<Instant>>,
    resumed: Notify,
}

impl Progress {
    pub(crate) fn note(&self, projection: &'static str, checkpoint: &Checkpoint) {
        self.known.send_if_modified(|known| {
            if known.get(projection) == Some(checkpoint) {
                return false;
            }
            known.insert(projection, checkpoint.clone());
            true
        });
    }

    pub(crate) fn known(&self, projection: &str) -> Option<Checkpoint> {
        self.known.borrow().get(projection).cloned()
    }

    /// While the guard lives, somebody in this process reports progress as it is made.
    pub(crate) fn followed_here(&self) -> FollowedHere<'_> {
        self.projectors.fetch_add(1, Ordering::SeqCst);
        FollowedHere(self)
    }

    pub(crate) fn resume(&self) {
        self.resumed.notify_waiters();
    }

    pub(crate) async fn resumed(&self) {
        self.resumed.notified().await;
    }
}

#[derive(Debug)]
pub(crate) struct FollowedHere<'a>(&'a Progress);

impl Drop for FollowedHere<'_> {
    fn drop(&mut self) {
        self.0.projectors.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Tables {
    /// Waits until definitions, versions and instances show everything up to `position`. A parked
    /// projection that stands before it is told at once.
    pub async fn wait_for(&self, position: Position, timeout: Duration) -> Result<(), StillBehind> {
        let deadline = Instant::now() + timeout;
        let mut known = self.progress().known.subscribe();
        loop {
            let behind = behind(&known.borrow_and_update(), position);
            let Some(behind) = behind else {
                return Ok(());
            };
            let parked = matches!(behind, StillBehind::Parked { .. });
            if parked || timeout_at(deadline, self.news(&mut known)).await.is_err() {
                return Err(behind);
            }
        }
    }

    async fn news(&self, known: &mut watch::Receiver<BTreeMap<&'static str, Checkpoint>>) {
        if self.progress().projectors.load(Ordering::SeqCst) > 0 {
            // The sender lives as long as these tables
            let _ = known.changed().await;
        } else {
            self.look().await;
        }
    }

    /// Reads the checkpoints that another process moves, for everybody here who waits.
    async fn look(&self) {
        let mut last = self.progress().last_look.lock().await;
        if let Some(last) = *last {
            sleep_until(last + LOOK_EVERY).await;
        }
        match Checkpoint::read_all(self).await {
            Ok(checkpoints) => {
                for (name, checkpoint) in checkpoints {
                    self.progress().note(name, &checkpoint);
                }
            }
            Err(error) => tracing::warn!(%error, "the tables' progress cannot be read"),
        }
        *last = Some(Instant::now());
    }
}

/// The worst reason why the tables are behind, if they are.
fn behind(known: &BTreeMap<&'static str, Checkpoint>, wanted: Position) -> Option<StillBehind> {
    let late = STRATEGY_PROJECTIONS.iter().filter_map(|&projection| {
        let checkpoint = known.get(projection).cloned().unwrap_or_default();
        if checkpoint.position >= wanted {
            return None;
        }
        Some(match checkpoint.parked {
            Some(Parked {
                position, error, ..
            }) => StillBehind::Parked {
                projection,
                position,
                error,
            },
            None => StillBehind::Late {
                projection,
                reached: checkpoint.position,
                wanted,
            },
        })
    });
    late.max_by_key(|behind| matches!(behind, StillBehind::Parked { .. }))
}
