//! How far the tables are, and waiting until they show what a command did.

mod known;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use event_store::Position;
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep_until, timeout_at};

use self::known::{Known, Reads, Ticket};
use crate::projector::Checkpoint;
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

/// What this process knows of the projections' progress, and who waits for it.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    known: Mutex<Known>,
    projectors: AtomicUsize,
    last_look: tokio::sync::Mutex<Option<Instant>>,
    resumed: Notify,
}

impl Progress {
    pub(crate) fn note(&self, projection: &'static str, checkpoint: &Checkpoint) {
        let woken = self.lock().note(projection, checkpoint);
        for waiter in woken {
            // Who has given up needs no wake-up
            let _ = waiter.send(());
        }
    }

    pub(crate) fn known(&self, projection: &str) -> Option<Checkpoint> {
        self.lock().told(projection).cloned()
    }

    /// Why the tables do not show the position, and a place among those who wait for it.
    fn wait(&self, reads: Reads, position: Position) -> Option<(StillBehind, Waiter<'_>)> {
        let mut known = self.lock();
        let behind = known.behind(reads, position)?;
        let (ticket, reached) = known.wait(reads, position);
        let waiter = Waiter {
            progress: self,
            reads,
            ticket,
            reached,
        };
        Some((behind, waiter))
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
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

/// A place among those who wait, given up when dropped.
#[derive(Debug)]
struct Waiter<'a> {
    progress: &'a Progress,
    reads: Reads,
    ticket: Ticket,
    reached: oneshot::Receiver<()>,
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.progress.lock().give_up(self.reads, self.ticket);
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
        self.wait_until(Reads::Present, position, timeout).await
    }

    /// As [`Self::wait_for`], until instances can be shown as they were at `position`.
    pub async fn wait_for_past(
        &self,
        position: Position,
        timeout: Duration,
    ) -> Result<(), StillBehind> {
        self.wait_until(Reads::Past, position, timeout).await
    }

    async fn wait_until(
        &self,
        reads: Reads,
        position: Position,
        timeout: Duration,
    ) -> Result<(), StillBehind> {
        let deadline = Instant::now() + timeout;
        while let Some((behind, mut waiter)) = self.progress().wait(reads, position) {
            if matches!(behind, StillBehind::Parked { .. }) {
                return Err(behind);
            }
            if timeout_at(deadline, self.news(&mut waiter)).await.is_err() {
                let behind = self.progress().lock().behind(reads, position);
                return behind.map_or(Ok(()), Err);
            }
        }
        Ok(())
    }

    async fn news(&self, waiter: &mut Waiter<'_>) {
        if self.progress().projectors.load(Ordering::SeqCst) > 0 {
            // The sender stays where it is until it is used
            let _ = (&mut waiter.reached).await;
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

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot::error::TryRecvError;

    use super::*;
    use crate::projector::{PAST_PROJECTIONS, Parked, STRATEGY_PROJECTIONS};

    fn at(position: u64) -> Checkpoint {
        Checkpoint {
            position: Position(position),
            ..Checkpoint::default()
        }
    }

    fn wait(progress: &Progress, position: u64) -> Waiter<'_> {
        let (_, waiter) = progress.wait(Reads::Present, Position(position)).unwrap();
        waiter
    }

    #[test]
    fn progress_wakes_those_it_reaches_and_nobody_else() {
        let progress = Progress::default();
        let (mut near, mut far) = (wait(&progress, 5), wait(&progress, 6));
        for projection in STRATEGY_PROJECTIONS {
            assert_eq!(near.reached.try_recv(), Err(TryRecvError::Empty));
            progress.note(projection, &at(5));
        }
        assert_eq!(near.reached.try_recv(), Ok(()));
        assert_eq!(far.reached.try_recv(), Err(TryRecvError::Empty));
        assert!(progress.wait(Reads::Present, Position(5)).is_none());
    }

    #[test]
    fn the_slowest_projection_decides() {
        let progress = Progress::default();
        let mut waiter = wait(&progress, 5);
        let [first, second, last] = STRATEGY_PROJECTIONS;
        progress.note(first, &at(9));
        progress.note(second, &at(7));
        progress.note(last, &at(4));
        assert_eq!(waiter.reached.try_recv(), Err(TryRecvError::Empty));
        progress.note(last, &at(6));
        assert_eq!(waiter.reached.try_recv(), Ok(()));
    }

    #[test]
    fn who_reads_the_past_waits_for_its_tables() {
        let progress = Progress::default();
        let mut now = wait(&progress, 5);
        let (_, mut then) = progress.wait(Reads::Past, Position(5)).unwrap();
        for projection in STRATEGY_PROJECTIONS {
            progress.note(projection, &at(5));
        }
        assert_eq!(now.reached.try_recv(), Ok(()));
        assert_eq!(then.reached.try_recv(), Err(TryRecvError::Empty));
        for projection in PAST_PROJECTIONS {
            progress.note(projection, &at(6));
        }
        assert_eq!(then.reached.try_recv(), Ok(()));
        assert!(progress.wait(Reads::Past, Position(6)).is_none());
    }

    #[test]
    fn a_projection_that_parks_wakes_everybody() {
        let progress = Progress::default();
        let mut waiter = wait(&progress, 5);
        let parked = Parked {
            position: Position(3),
            since: chrono::DateTime::UNIX_EPOCH,
            error: "unreadable".to_owned(),
        };
        let parked = Checkpoint {
            parked: Some(parked),
            ..at(2)
        };
        progress.note(STRATEGY_PROJECTIONS[2], &parked);
        assert_eq!(waiter.reached.try_recv(), Ok(()));
        let (behind, _waiter) = progress.wait(Reads::Present, Position(5)).unwrap();
        assert!(matches!(behind, StillBehind::Parked { .. }), "{behind:?}");
    }

    #[test]
    fn who_gives_up_is_forgotten() {
        let progress = Progress::default();
        drop(wait(&progress, 5));
        assert_eq!(progress.lock().waiting[&Reads::Present].len(), 0);
    }
}
