//! Positions without gaps, versions without gaps in each stream, times that never fall.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use chrono::{DateTime, SecondsFormat, Utc};
use event_store::{Recorded, StoredRow};

use super::Findings;

/// Grows with the number of streams, by a few bytes for each, and not with the number of events.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) events: u64,
    pub(super) last_position: i64,
    last_time: DateTime<Utc>,
    /// Streams by a keyed hash: names would take many times the memory.
    versions: HashMap<u64, u64>,
    keyed: RandomState,
}

impl Order {
    pub(super) fn new() -> Self {
        Self {
            events: 0,
            last_position: 0,
            last_time: DateTime::<Utc>::MIN_UTC,
            versions: HashMap::new(),
            keyed: RandomState::new(),
        }
    }

    pub(super) fn streams(&self) -> usize {
        self.versions.len()
    }

    pub(super) fn check(&mut self, row: &StoredRow, findings: &mut Findings) {
        match row {
            Ok(event) => {
                self.check_position(event.position.0.cast_signed(), findings);
                self.check_version(event, findings);
                self.check_time(event, findings);
                self.events += 1;
            }
            Err(unreadable) => {
                self.check_position(unreadable.position, findings);
                findings.add(unreadable.to_string());
            }
        }
    }

    fn check_position(&mut self, position: i64, findings: &mut Findings) {
        let next = self.last_position + 1;
        if position < 1 {
            findings.add(format!(
                "a row stands at position {position}, before the first"
            ));
            return;
        }
        if position < next {
            findings.add(format!("more than one row stands at position {position}"));
        } else if position == next + 1 {
            findings.add(format!("there is no event at position {next}"));
        } else if position > next {
            let before = position - 1;
            findings.add(format!(
                "there are no events at positions {next} to {before}"
            ));
        }
        self.last_position = position;
    }

    fn check_version(&mut self, event: &Recorded, findings: &mut Findings) {
        let stream = self.keyed.hash_one(&event.stream);
        let version = self.versions.entry(stream).or_default();
        if event.version != version.wrapping_add(1) {
            findings.add(format!(
                "at position {}, {} goes from version {} to {}",
                event.position.0.cast_signed(),
                event.stream,
                version.cast_signed(),
                event.version.cast_signed()
            ));
        }
        *version = event.version;
    }

    fn check_time(&mut self, event: &Recorded, findings: &mut Findings) {
        if event.recorded_at < self.last_time {
            let text = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Micros, true);
            findings.add(format!(
                "position {} was recorded at {}, before the one in front of it ({})",
                event.position.0.cast_signed(),
                text(event.recorded_at),
                text(self.last_time)
            ));
        }
        self.last_time = event.recorded_at;
    }
}
