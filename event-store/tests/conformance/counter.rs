//! The smallest aggregate that shows whether each event is applied once.

use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent};
use domain::MustSayWhy;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Counter {
    pub(crate) total: u64,
    pub(crate) closed: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum CounterEvent {
    Counted { by: u64 },
    Closed {},
}

impl DomainEvent for CounterEvent {
    fn event_type(&self) -> String {
        match self {
            Self::Counted { .. } => "Counted".to_owned(),
            Self::Closed {} => "Closed".to_owned(),
        }
    }

    fn event_version(&self) -> String {
        "1.0".to_owned()
    }
}

#[derive(Debug, Clone)]
pub(crate) enum CounterCommand {
    /// One event per number; none for no numbers.
    Count(Vec<u64>),
    /// Refused the second time.
    Close,
}

#[derive(Debug, PartialEq, thiserror::Error)]
#[error("the counter is closed")]
pub(crate) struct IsClosed;

impl MustSayWhy for CounterCommand {
    fn must_say_why(&self) -> bool {
        matches!(self, Self::Close)
    }
}

impl Aggregate for Counter {
    const TYPE: &'static str = "counter";
    type Command = CounterCommand;
    type Event = CounterEvent;
    type Error = IsClosed;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        if self.closed {
            return Err(IsClosed);
        }
        let events = match command {
            CounterCommand::Count(numbers) => numbers
                .into_iter()
                .map(|by| CounterEvent::Counted { by })
                .collect(),
            CounterCommand::Close => vec![CounterEvent::Closed {}],
        };
        for event in events {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            CounterEvent::Counted { by } => self.total += by,
            CounterEvent::Closed {} => self.closed = true,
        }
    }
}
