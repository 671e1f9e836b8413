//! Writers of one SQLite file take turns, within this process.
//!
//! Only for speed: who finds the file locked sleeps and asks again, longer each time, and finds it
//! locked again while others come and go. Between processes SQLite's own lock does it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};

use tokio::sync::OwnedMutexGuard;

type Turn = tokio::sync::Mutex<()>;

static TURNS: LazyLock<Mutex<BTreeMap<PathBuf, Weak<Turn>>>> = LazyLock::new(Mutex::default);

/// The turns at one file; whoever opens it by the same path shares them.
#[derive(Debug, Clone)]
pub struct FileTurns(Arc<Turn>);

impl FileTurns {
    pub fn at(file: impl Into<PathBuf>) -> Self {
        let mut turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        let file = file.into();
        if let Some(turn) = turns.get(&file).and_then(Weak::upgrade) {
            return Self(turn);
        }
        let turn = Arc::new(Turn::default());
        turns.insert(file, Arc::downgrade(&turn));
        Self(turn)
    }

    /// Waits for those who came before. To be held while a transaction writes.
    pub async fn take(&self) -> OwnedMutexGuard<()> {
        self.0.clone().lock_owned().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_file_has_one_turn() {
        let (log, tables) = (FileTurns::at("a"), FileTurns::at("a"));
        let turn = log.take().await;
        assert!(tables.0.try_lock().is_err());
        drop(turn);
        assert!(tables.0.try_lock().is_ok());
    }

    #[tokio::test]
    async fn other_files_do_not_wait() {
        let (one, other) = (FileTurns::at("b"), FileTurns::at("c"));
        let _turn = one.take().await;
        assert!(other.0.try_lock().is_ok());
    }
}
