//! Which instance an order is of, also when its run is over: the order's name says it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::ids::{ClientOrderId, ExecutorType, StrategyKey};
use uuid::Uuid;

use super::client_order_id::{instance_tag, run_of};

/// Every instance of which this process has read a run.
#[derive(Debug, Default)]
pub(crate) struct KnownRuns {
    by_tag: Mutex<HashMap<String, Known>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) key: StrategyKey,
    pub(crate) executor_type: ExecutorType,
    /// The lifecycle event because of which its newest run was read.
    pub(crate) cause: Uuid,
}

impl KnownRuns {
    pub(crate) fn remember(&self, known: Known) {
        self.lock().insert(instance_tag(&known.key), known);
    }

    /// The instance and the run's number.
    pub(crate) fn owner_of(&self, id: &ClientOrderId) -> Option<(Known, u32)> {
        let (tag, run) = run_of(id)?;
        let known = self.lock().get(tag)?.clone();
        Some((known, run))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.by_tag.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
