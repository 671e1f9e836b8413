//! Rebuilds that were asked of this process: they take longer than an answer may.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use domain::ErrorChain;
use projections::Projector;
use tokio::sync::oneshot;

use crate::state::AppState;

#[derive(Debug, Default)]
pub(crate) struct Rebuilds(Mutex<Known>);

/// What this process has rebuilt and is rebuilding, at one moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    running: BTreeSet<String>,
    finished: BTreeMap<String, Finished>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finished {
    pub(super) at: DateTime<Utc>,
    pub(super) error: Option<String>,
}

impl Known {
    pub(super) fn last(&self, name: &str) -> Option<Finished> {
        self.finished.get(name).cloned()
    }

    /// In this process.
    pub(super) fn is_running(&self, name: &str) -> bool {
        self.running.contains(name)
    }
}

impl Rebuilds {
    pub(super) fn now(&self) -> Known {
        self.known().clone()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Held while whoever asked is answered: the answer then shows the rebuild that it began, however
/// quick that is.
#[must_use]
pub(super) struct Begun {
    _answered: oneshot::Sender<()>,
}

/// Unless this process is rebuilding that one already.
pub(super) fn begin(app: &AppState, name: &str) -> Option<Begun> {
    if !app.rebuilds.known().running.insert(name.to_owned()) {
        return None;
    }
    let (app, name) = (app.clone(), name.to_owned());
    let (sender, answered) = oneshot::channel();
    tokio::spawn(async move {
        // Nothing is ever sent: it goes on when the sender is gone, whatever became of the answer
        let _ = answered.await;
        let projector = Projector::new(app.tables.clone(), app.log.clone(), app.clock.clone());
        let outcome = projector.rebuild(&name, &|_| {}).await;
        if let Err(error) = &outcome {
            tracing::error!(projection = name, error = %ErrorChain(error), "a rebuild failed");
        }
        let finished = Finished {
            at: app.clock.now(),
            error: outcome.err().map(|error| ErrorChain(&error).to_string()),
        };
        let mut known = app.rebuilds.known();
        known.running.remove(&name);
        known.finished.insert(name, finished);
    });
    Some(Begun { _answered: sender })
}
