//! What each armed guard has measured, for whoever shows it.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use domain::guard::Measure;
use domain::ids::GuardName;

/// Empty in a process that runs no instances.
#[derive(Debug, Clone, Default)]
pub struct GuardMeasures(Arc<RwLock<BTreeMap<GuardName, (u64, Measure)>>>);

impl GuardMeasures {
    /// Since this arming; `None` where nobody has measured it yet.
    pub fn of(&self, name: &GuardName, arming: u64) -> Option<Measure> {
        let measures = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (armed, measure) = measures.get(name)?;
        (*armed == arming).then(|| measure.clone())
    }

    pub(super) fn show(&self, measures: BTreeMap<GuardName, (u64, Measure)>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = measures;
    }
}
