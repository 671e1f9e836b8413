//! An executor reports that it can't run an instance.

use chrono::{DateTime, Utc};

use super::{Instance, InstanceEvent};

#[derive(Debug, Clone, PartialEq)]
pub struct FaultInstance {
    pub run: u32,
    pub reason: String,
    pub faulted_at: DateTime<Utc>,
}

impl FaultInstance {
    pub(super) fn decide(self, instance: &Instance) -> Vec<InstanceEvent> {
        // A report about a run that is over is late, not wrong
        let current = instance.known().is_some_and(|known| known.runs == self.run);
        if !instance.is_running() || !current {
            return vec![];
        }
        vec![InstanceEvent::InstanceFaulted {
            run: self.run,
            reason: self.reason,
            faulted_at: self.faulted_at,
        }]
    }
}
