//! What people asked of a projection, so that nothing is done to a table without a name and a
//! reason. The tables themselves are kept elsewhere. One stream per projection.

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use crate::event::{aggregate_type, domain_event};

/// Whether a projection is parked or being rebuilt is for its tables to say: the aggregate itself
/// remembers nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Projection {}

#[derive(Debug, Clone, PartialEq)]
pub enum ProjectionCommand {
    /// Build its table anew beside the live one.
    Rebuild {
        projection: String,
        at: DateTime<Utc>,
    },
    /// Try the event again that parked it.
    Resume {
        projection: String,
        /// The position of that event.
        parked_at: u64,
        at: DateTime<Utc>,
    },
}

/// Stored forever: add variants and optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ProjectionEvent {
    ProjectionRebuildRequested {
        projection: String,
        requested_at: DateTime<Utc>,
    },
    ProjectionResumeRequested {
        projection: String,
        /// The position of the event that it could not fold.
        parked_at: u64,
        requested_at: DateTime<Utc>,
    },
}

domain_event!(ProjectionEvent {
    ProjectionRebuildRequested => "1.0",
    ProjectionResumeRequested => "1.0",
});

impl Aggregate for Projection {
    const TYPE: &'static str = aggregate_type::PROJECTION;
    type Command = ProjectionCommand;
    type Event = ProjectionEvent;
    type Error = std::convert::Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        let event = match command {
            ProjectionCommand::Rebuild { projection, at } => {
                ProjectionEvent::ProjectionRebuildRequested {
                    projection,
                    requested_at: at,
                }
            }
            ProjectionCommand::Resume {
                projection,
                parked_at,
                at,
            } => ProjectionEvent::ProjectionResumeRequested {
                projection,
                parked_at,
                requested_at: at,
            },
        };
        sink.write(event, self).await;
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            ProjectionEvent::ProjectionRebuildRequested { .. }
            | ProjectionEvent::ProjectionResumeRequested { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::TestFramework;

    use super::*;
    use crate::examples::at;
    use crate::must_say_why::MustSayWhy;

    fn rebuild() -> ProjectionCommand {
        ProjectionCommand::Rebuild {
            projection: "legacy_usage".to_owned(),
            at: at(1),
        }
    }

    fn resume() -> ProjectionCommand {
        ProjectionCommand::Resume {
            projection: "legacy_usage".to_owned(),
            parked_at: 17,
            at: at(2),
        }
    }

    fn requested() -> ProjectionEvent {
        ProjectionEvent::ProjectionRebuildRequested {
            projection: "legacy_usage".to_owned(),
            requested_at: at(1),
        }
    }

    #[test]
    fn everything_that_is_asked_is_recorded_each_time() {
        let framework = || TestFramework::<Projection>::with(());
        let first = framework().given_no_previous_events().when(rebuild());
        first.then_expect_events(vec![requested()]);
        let again = framework().given(vec![requested()]).when(rebuild());
        again.then_expect_events(vec![requested()]);
        let resumed = ProjectionEvent::ProjectionResumeRequested {
            projection: "legacy_usage".to_owned(),
            parked_at: 17,
            requested_at: at(2),
        };
        let resumed_once = framework().given(vec![requested()]).when(resume());
        resumed_once.then_expect_events(vec![resumed]);
    }

    #[test]
    fn nothing_is_done_to_a_table_without_a_reason() {
        assert!(rebuild().must_say_why() && resume().must_say_why());
    }
}
