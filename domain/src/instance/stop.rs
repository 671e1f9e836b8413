//! Asks that an instance no longer runs. Stopping what is not running changes nothing.

use chrono::{DateTime, Utc};

use super::{Instance, InstanceEvent};

#[derive(Debug, Clone, PartialEq)]
pub struct StopInstance {
    pub reason: Option<String>,
    /// Stops this run only: an executor that finished run 3 must not stop run 4.
    pub only_run: Option<u32>,
    pub stopped_at: DateTime<Utc>,
}

impl StopInstance {
    pub(super) fn decide(self, instance: &Instance) -> Vec<InstanceEvent> {
        let Some(known) = instance.known().filter(|_| instance.is_running()) else {
            return vec![];
        };
        if self.only_run.is_some_and(|run| run != known.runs) {
            return vec![];
        }
        vec![InstanceEvent::InstanceStopped {
            run: known.runs,
            reason: self.reason,
            stopped_at: self.stopped_at,
        }]
    }
}
