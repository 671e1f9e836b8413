//! One command at a time per aggregate, within this process.
//!
//! Only for speed: commands on one aggregate would otherwise conflict with each other and decide
//! again. Between processes the log's expected version does it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::OwnedMutexGuard;

type Turn = tokio::sync::Mutex<()>;

#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    turns: HashMap<String, Weak<Turn>>,
    /// At this size those nobody waits for are swept out.
    sweep_at: usize,
}

impl Turns {
    /// Waits until no other command runs on the aggregate; the next one starts when the guard goes.
    pub(crate) async fn take(&self, aggregate_id: &str) -> OwnedMutexGuard<()> {
        self.turn(aggregate_id).lock_owned().await
    }

    fn turn(&self, aggregate_id: &str) -> Arc<Turn> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = waiting.turns.get(aggregate_id).and_then(Weak::upgrade) {
            return turn;
        }
        if waiting.turns.len() >= waiting.sweep_at {
            waiting.turns.retain(|_, turn| turn.strong_count() > 0);
            waiting.sweep_at = 1024.max(waiting.turns.len() * 2);
        }
        let turn = Arc::new(Turn::default());
        let name = aggregate_id.to_owned();
        waiting.turns.insert(name, Arc::downgrade(&turn));
        turn
    }
}
