//! Positions without gaps, versions without gaps in each stream, times that never fall.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use event_store::RowDigest;

use super::already_hashed::AlreadyHashed;
use super::{Findings, Row};

/// Grows with the number of streams, by a few bytes for each, and not with the number of events.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) events: u64,
    pub(super) last_position: i64,
    last_time: DateTime<Utc>,
    /// Streams by number: names would take many times the memory.
    versions: HashMap<u64, u64, AlreadyHashed>,
}

impl Order {
    pub(super) fn new() -> Self {
        Self {
            events: 0,
            last_position: 0,
            last_time: DateTime::<Utc>::MIN_UTC,
            versions: HashMap::default(),
        }
    }

    pub(super) fn streams(&self) -> usize {
        self.versions.len()
    }

    /// Whether the row's stream has to be named.
    pub(super) fn wants_name(&self, row: Row<'_>) -> bool {
        let digest = row.digest.as_ref();
        digest.is_ok_and(|digest| digest.version != self.next_version(digest))
    }

    pub(super) fn check(&mut self, row: Row<'_>, findings: &mut Findings) {
        self.check_position(row.position(), findings);
        match row.digest {
            Ok(digest) => {
                self.check_version(digest, row, findings);
                self.check_time(digest, findings);
                self.events += 1;
            }
            Err(unreadable) => findings.add(unreadable.to_string()),
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

    fn check_version(&mut self, digest: &RowDigest, row: Row<'_>, findings: &mut Findings) {
        let next = self.next_version(digest);
        if digest.version != next {
            let stream = row.event.map(|event| event.stream.to_string());
            findings.add(format!(
                "at position {}, {} goes from version {} to {}",
                digest.position,
                stream.as_deref().unwrap_or("a stream"),
                next.wrapping_sub(1).cast_signed(),
                digest.version.cast_signed()
            ));
        }
        self.versions.insert(digest.stream, digest.version);
    }

    fn next_version(&self, digest: &RowDigest) -> u64 {
        let version = self.versions.get(&digest.stream).copied();
        version.unwrap_or_default().wrapping_add(1)
    }

    fn check_time(&mut self, digest: &RowDigest, findings: &mut Findings) {
        if digest.recorded_at < self.last_time {
            let text = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Micros, true);
            findings.add(format!(
                "position {} was recorded at {}, before the one in front of it ({})",
                digest.position,
                text(digest.recorded_at),
                text(self.last_time)
            ));
        }
        self.last_time = digest.recorded_at;
    }
}
