//! How far the projections are as far as this process knows, and who waits for them.

use std::collections::BTreeMap;
use std::mem;

use event_store::Position;
use tokio::sync::oneshot;

use super::StillBehind;
use crate::projector::{Checkpoint, PAST_PROJECTIONS, Parked, STRATEGY_PROJECTIONS};

/// What somebody reads, and therefore waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reads {
    Present,
    Past,
}

#[derive(Debug, Default)]
pub(super) struct Known {
    checkpoints: BTreeMap<&'static str, Checkpoint>,
    /// Progress wakes those it reaches and nobody else.
    pub(super) waiting: BTreeMap<Reads, BTreeMap<Ticket, oneshot::Sender<()>>>,
    tickets: u64,
}

/// The position waited for, and a number that tells those who wait for the same one apart.
pub(super) type Ticket = (Position, u64);

impl Reads {
    const ALL: [Self; 2] = [Self::Present, Self::Past];

    fn projections(self) -> &'static [&'static str] {
        match self {
            Self::Present => &STRATEGY_PROJECTIONS,
            Self::Past => &PAST_PROJECTIONS,
        }
    }
}

impl Known {
    /// Answers whom to wake.
    pub(super) fn note(
        &mut self,
        projection: &'static str,
        checkpoint: &Checkpoint,
    ) -> Vec<oneshot::Sender<()>> {
        if self.checkpoints.get(projection) == Some(checkpoint) {
            return vec![];
        }
        self.checkpoints.insert(projection, checkpoint.clone());
        self.take_reached()
    }

    /// A place among those who wait; the receiver is told when they need not any longer.
    pub(super) fn wait(
        &mut self,
        reads: Reads,
        position: Position,
    ) -> (Ticket, oneshot::Receiver<()>) {
        self.tickets += 1;
        let ticket = (position, self.tickets);
        let (waiting, reached) = oneshot::channel();
        self.waiting
            .entry(reads)
            .or_default()
            .insert(ticket, waiting);
        (ticket, reached)
    }

    pub(super) fn give_up(&mut self, reads: Reads, ticket: Ticket) {
        if let Some(same) = self.waiting.get_mut(&reads) {
            same.remove(&ticket);
        }
    }

    pub(super) fn told(&self, projection: &str) -> Option<&Checkpoint> {
        self.checkpoints.get(projection)
    }

    /// The worst reason why the tables are behind, if they are.
    pub(super) fn behind(&self, reads: Reads, wanted: Position) -> Option<StillBehind> {
        let late = reads.projections().iter().filter_map(|&projection| {
            let checkpoint = self.checkpoint(projection);
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

    fn checkpoint(&self, projection: &str) -> Checkpoint {
        self.checkpoints
            .get(projection)
            .cloned()
            .unwrap_or_default()
    }

    /// Those who need not wait any longer.
    fn take_reached(&mut self) -> Vec<oneshot::Sender<()>> {
        let mut woken = vec![];
        for reads in Reads::ALL {
            let shown = self.shown(reads);
            let Some(waiting) = self.waiting.get_mut(&reads) else {
                continue;
            };
            let later = waiting.split_off(&(Position(shown.0.saturating_add(1)), 0));
            woken.extend(mem::replace(waiting, later).into_values());
        }
        woken
    }

    /// How far all of it is. A parked projection is news for everybody who reads it.
    fn shown(&self, reads: Reads) -> Position {
        let checkpoints = reads.projections().iter();
        let mut checkpoints = checkpoints.map(|name| self.checkpoint(name));
        let least = checkpoints.try_fold(Position(u64::MAX), |least, checkpoint| {
            let moves = checkpoint.parked.is_none();
            moves.then_some(least.min(checkpoint.position))
        });
        least.unwrap_or(Position(u64::MAX))
    }
}
