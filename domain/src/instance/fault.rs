//! An executor reports that it can't run an instance.

use chrono::{DateTime, Utc};

use super::{FaultStage, Instance, InstanceEvent};

#[derive(Debug, Clone, PartialEq)]
pub struct FaultInstance {
    pub run: u32,
    pub stage: FaultStage,
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
            stage: Some(self.stage),
            reason: self.reason,
            faulted_at: self.faulted_at,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::instance::InstanceCommand;
    use crate::instance::examples::{framework, run, started};

    fn fault(run: u32) -> InstanceCommand {
        InstanceCommand::Fault(FaultInstance {
            run,
            stage: FaultStage::Configuration,
            reason: "no market".to_owned(),
            faulted_at: at(2),
        })
    }

    fn faulted() -> InstanceEvent {
        InstanceEvent::InstanceFaulted {
            run: 1,
            stage: Some(FaultStage::Configuration),
            reason: "no market".to_owned(),
            faulted_at: at(2),
        }
    }

    #[test]
    fn a_running_instance_faults_once() {
        framework()
            .given(vec![started()])
            .when(fault(1))
            .then_expect_events(vec![faulted()]);
        let already = vec![started(), faulted()];
        framework()
            .given(already)
            .when(fault(1))
            .then_expect_events(vec![]);
    }

    #[test]
    fn a_late_report_about_another_run_changes_nothing() {
        framework()
            .given_no_previous_events()
            .when(fault(1))
            .then_expect_events(vec![]);
        framework()
            .given(vec![started()])
            .when(fault(2))
            .then_expect_events(vec![]);
        let next = InstanceEvent::InstanceRestarted(run(2));
        framework()
            .given(vec![started(), next])
            .when(fault(1))
            .then_expect_events(vec![]);
    }
}
