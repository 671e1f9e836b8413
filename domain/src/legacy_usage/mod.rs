//! Who still calls the legacy paths: the evidence on which an operator turns them off. One stream
//! per UTC day.

use chrono::{DateTime, NaiveDate, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use crate::event::{aggregate_type, domain_event};

/// Counts are only ever added up, so the aggregate itself remembers nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct LegacyUsage {}

/// Calls of one endpoint by one caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageCount {
    /// Who called: the token's name and the client's address.
    pub caller: String,
    /// Method and route: `POST /strategy/execute-arbitrage`.
    pub endpoint: String,
    pub calls: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CountLegacyUsage {
    pub counts: Vec<UsageCount>,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

impl CountLegacyUsage {
    /// The stream of the day on which the counting ended.
    pub fn stream_id(&self) -> String {
        let day: NaiveDate = self.until.date_naive();
        day.to_string()
    }
}

/// Stored forever: add variants and optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum LegacyUsageEvent {
    LegacyUsageCounted {
        counts: Vec<UsageCount>,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    },
}

domain_event!(LegacyUsageEvent { LegacyUsageCounted => "1.0" });

impl Aggregate for LegacyUsage {
    const TYPE: &'static str = aggregate_type::LEGACY_USAGE;
    type Command = CountLegacyUsage;
    type Event = LegacyUsageEvent;
    type Error = std::convert::Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        if !command.counts.is_empty() {
            let CountLegacyUsage {
                counts,
                from,
                until,
            } = command;
            sink.write(
                LegacyUsageEvent::LegacyUsageCounted {
                    counts,
                    from,
                    until,
                },
                self,
            )
            .await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            LegacyUsageEvent::LegacyUsageCounted { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::TestFramework;

    use super::*;
    use crate::examples::at;

    fn counts() -> Vec<UsageCount> {
        vec![UsageCount {
            caller: "admin 127.0.0.1".to_owned(),
            endpoint: "POST /strategy/rerun".to_owned(),
            calls: 3,
        }]
    }

    fn count(counts: Vec<UsageCount>) -> CountLegacyUsage {
        CountLegacyUsage {
            counts,
            from: at(0),
            until: at(60),
        }
    }

    fn counted() -> LegacyUsageEvent {
        LegacyUsageEvent::LegacyUsageCounted {
            counts: counts(),
            from: at(0),
            until: at(60),
        }
    }

    #[test]
    fn every_count_is_recorded_unless_nobody_called() {
        let framework = || TestFramework::<LegacyUsage>::with(());
        let again = framework().given(vec![counted()]).when(count(counts()));
        again.then_expect_events(vec![counted()]);
        framework()
            .given_no_previous_events()
            .when(count(vec![]))
            .then_expect_events(vec![]);
    }

    #[test]
    fn a_count_belongs_to_the_day_it_ended_on() {
        let midnight: DateTime<Utc> = "2026-11-23T00:00:00Z".parse().unwrap();
        let over_midnight = CountLegacyUsage {
            counts: counts(),
            from: midnight - chrono::Duration::seconds(30),
            until: midnight,
        };
        assert_eq!(over_midnight.stream_id(), "2026-11-23");
    }
}
