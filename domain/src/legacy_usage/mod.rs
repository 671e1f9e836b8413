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
