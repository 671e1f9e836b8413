//! What holds after any sequence of commands.

mod definition;
mod execution;
mod guard;
mod instance;
mod ledger;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use proptest::test_runner::Config;

/// Enough to find what there is to find, few enough to run on every change.
fn config() -> Config {
    Config {
        cases: 256,
        ..Config::default()
    }
}

/// An aggregate that takes commands, next to everything it recorded, as stored.
struct Live<A: Aggregate> {
    aggregate: A,
    services: A::Services,
    log: Vec<String>,
    runtime: tokio::runtime::Runtime,
}

impl<A: Aggregate + PartialEq + std::fmt::Debug> Live<A> {
    fn new(services: A::Services) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        Self {
            aggregate: A::default(),
            services,
            log: Vec::new(),
            runtime,
        }
    }

    /// The events the command recorded; none when it was refused.
    fn take(&mut self, command: A::Command) -> Result<Vec<A::Event>, A::Error> {
        let sink = EventSink::default();
        let handled = self.aggregate.handle(command, &self.services, &sink);
        let handled = self.runtime.block_on(handled);
        let events = self.runtime.block_on(sink.collect());
        if handled.is_err() {
            assert!(events.is_empty(), "a refusal records nothing");
        }
        handled?;
        let stored = events
            .iter()
            .map(|event| serde_json::to_string(event).unwrap());
        self.log.extend(stored);
        Ok(events)
    }

    /// Whoever replays the log sees what the one who wrote it saw.
    fn assert_rebuilt_is_live(&self) {
        let mut rebuilt = A::default();
        for payload in &self.log {
            rebuilt.apply(serde_json::from_str(payload).unwrap());
        }
        assert_eq!(rebuilt, self.aggregate);
        // A snapshot is the state as JSON
        let snapshot = serde_json::to_string(&self.aggregate).unwrap();
        let restored: A = serde_json::from_str(&snapshot).unwrap();
        assert_eq!(restored, self.aggregate);
    }
}
