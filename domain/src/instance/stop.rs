//! Asks that an instance no longer runs. Stopping what is not running changes nothing, except that
//! orders which an earlier stop left can still be taken off.

use chrono::{DateTime, Utc};

use super::{Instance, InstanceEvent, KnownInstance, StopMode};

#[derive(Debug, Clone, PartialEq)]
pub struct StopInstance {
    pub reason: Option<String>,
    /// Stops this run only: an executor that finished run 3 must not stop run 4.
    pub only_run: Option<u32>,
    pub mode: StopMode,
    pub stopped_at: DateTime<Utc>,
}

impl StopInstance {
    pub(super) fn decide(self, instance: &Instance) -> Vec<InstanceEvent> {
        let takes_left_orders_off = self.mode != StopMode::Leave;
        let stops = |known: &&KnownInstance| {
            instance.is_running() || (known.orders_left && takes_left_orders_off)
        };
        let Some(known) = instance.known().filter(stops) else {
            return vec![];
        };
        if self.only_run.is_some_and(|run| run != known.runs) {
            return vec![];
        }
        vec![InstanceEvent::InstanceStopped {
            run: known.runs,
            reason: self.reason,
            mode: self.mode,
            stopped_at: self.stopped_at,
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::instance::InstanceCommand;
    use crate::instance::examples::{framework, run, started};

    fn stop(only_run: Option<u32>) -> InstanceCommand {
        InstanceCommand::Stop(StopInstance {
            reason: Some("done".to_owned()),
            only_run,
            mode: StopMode::Cancel,
            stopped_at: at(2),
        })
    }

    fn stopped(run: u32) -> InstanceEvent {
        InstanceEvent::InstanceStopped {
            run,
            reason: Some("done".to_owned()),
            mode: StopMode::Cancel,
            stopped_at: at(2),
        }
    }

    #[test]
    fn a_running_instance_stops_once() {
        framework()
            .given(vec![started()])
            .when(stop(None))
            .then_expect_events(vec![stopped(1)]);
        let already = vec![started(), stopped(1)];
        framework()
            .given(already)
            .when(stop(None))
            .then_expect_events(vec![]);
    }

    #[test]
    fn orders_that_a_stop_left_can_still_be_taken_off() {
        let as_mode = |mode| {
            InstanceCommand::Stop(StopInstance {
                reason: Some("done".to_owned()),
                only_run: None,
                mode,
                stopped_at: at(2),
            })
        };
        let left = InstanceEvent::InstanceStopped {
            run: 1,
            reason: Some("done".to_owned()),
            mode: StopMode::Leave,
            stopped_at: at(2),
        };
        let when = |history, mode| framework().given(history).when(as_mode(mode));
        let running = || vec![started()];
        when(running(), StopMode::Leave).then_expect_events(vec![left.clone()]);
        let stopped_so = || vec![started(), left.clone()];
        when(stopped_so(), StopMode::Leave).then_expect_events(vec![]);
        when(stopped_so(), StopMode::Cancel).then_expect_events(vec![stopped(1)]);
        let taken_off = [stopped_so(), vec![stopped(1)]].concat();
        when(taken_off, StopMode::Flatten).then_expect_events(vec![]);
        let again = [stopped_so(), vec![InstanceEvent::InstanceRestarted(run(2))]].concat();
        when(again, StopMode::Cancel).then_expect_events(vec![stopped(2)]);
    }

    #[test]
    fn what_never_ran_or_faulted_is_not_stopped() {
        framework()
            .given_no_previous_events()
            .when(stop(None))
            .then_expect_events(vec![]);
        let fault = InstanceEvent::InstanceFaulted {
            run: 1,
            stage: None,
            reason: "no market".to_owned(),
            faulted_at: at(1),
        };
        framework()
            .given(vec![started(), fault])
            .when(stop(None))
            .then_expect_events(vec![]);
    }

    #[test]
    fn a_finished_run_does_not_stop_the_next_one() {
        let history = || vec![started(), InstanceEvent::InstanceRestarted(run(2))];
        framework()
            .given(history())
            .when(stop(Some(1)))
            .then_expect_events(vec![]);
        framework()
            .given(history())
            .when(stop(Some(2)))
            .then_expect_events(vec![stopped(2)]);
    }
}
