//! Reads a server's log from outside, as an auditor's program does, and waits for what must come.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::clock::Clock;
use domain::event::Event;
use event_store::{EventLog, FeedFilter, Position, Recorded};

/// Longer than anything takes; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub struct LogWatch {
    log: Arc<dyn EventLog>,
    seen: Position,
    events: Vec<Recorded>,
}

/// Reading needs no time of its own.
#[derive(Debug)]
struct NoClock;

impl Clock for NoClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH
    }
}

impl LogWatch {
    pub async fn open(data_folder: &Path) -> Self {
        let file = data_folder.join("strategos.sqlite");
        Self::open_at(&format!("sqlite:{}", file.display())).await
    }

    /// The log at a URL.
    pub async fn open_at(url: &str) -> Self {
        let log = event_store::open(url, Arc::new(NoClock))
            .await
            .expect("the log opens");
        Self {
            log,
            seen: Position(0),
            events: vec![],
        }
    }

    /// All events so far.
    pub async fn events(&mut self) -> &[Recorded] {
        loop {
            let page = self
                .log
                .feed(self.seen, 1_000, &FeedFilter::default())
                .await;
            let page = page.expect("the log is readable");
            self.seen = page.up_to;
            self.events.extend(page.events);
            if page.at_head {
                return &self.events;
            }
        }
    }

    /// All events so far, typed, each with its stream's id.
    pub async fn decoded(&mut self) -> Vec<(String, Event)> {
        let typed = |event: &Recorded| event.decode().expect("a known event");
        let events = self.events().await;
        events
            .iter()
            .map(|event| (event.stream.aggregate_id.clone(), typed(event)))
            .collect()
    }

    /// Returns once `enough` holds of all events.
    pub async fn until(&mut self, what: &str, enough: impl Fn(&[(String, Event)]) -> bool) {
        let mut wake_ups = self.log.wake_ups();
        let waiting = async {
            loop {
                wake_ups.mark_unchanged();
                if enough(&self.decoded().await) {
                    return;
                }
                wake_ups.changed().await.expect("the log is open");
            }
        };
        let arrived = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(arrived.is_ok(), "waited {PATIENCE:?} for {what}");
    }
}
