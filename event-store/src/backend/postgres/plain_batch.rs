//! A batch in which nothing has to be decided, as `append_plain_batch` takes it: the usual one.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use crate::backend::appender::{Verdict, Written};
use crate::backend::prepared::Prepared;
use crate::log::{Appended, Expected};
use crate::recorded::{Position, StreamName};

const APPEND_PLAIN_BATCH: &str = "SELECT before, recorded_at FROM append_plain_batch_telling_time(\
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";

/// Columns borrow from the batch: nothing is copied before it is encoded for the wire.
#[derive(Debug, Default)]
pub(super) struct PlainBatch<'a> {
    // Per condition
    on_type: Vec<&'a str>,
    on_id: Vec<&'a str>,
    on_version: Vec<i64>,
    // Per event
    aggregate_type: Vec<&'a str>,
    aggregate_id: Vec<&'a str>,
    sequence: Vec<i64>,
    event_id: Vec<Uuid>,
    event_type: Vec<&'a str>,
    event_version: Vec<&'a str>,
    payload: Vec<&'a str>,
    metadata: Vec<&'a str>,
    // Per key
    key: Vec<&'a str>,
    fingerprint: Vec<&'a str>,
    key_event: Vec<i32>,
    key_version: Vec<i64>,
    /// Per append: how many events the batch has up to its end, and its stream's version then.
    ends: Vec<(i64, i64)>,
}

impl<'a> PlainBatch<'a> {
    /// None where one append of the batch could change what another is answered, or where a version
    /// is for the database to tell.
    pub(super) fn of(batch: &'a [Prepared]) -> Option<Self> {
        let mut plain = Self::default();
        let mut streams = HashSet::with_capacity(batch.len());
        let mut keys = HashSet::new();
        for prepared in batch {
            let append = &prepared.append;
            let Expected::Version(before) = append.expected else {
                return None;
            };
            if !streams.insert(&append.stream) {
                return None;
            }
            if before > 0 {
                plain.push_condition(&append.stream, before)?;
            }
            let end @ (_, after) = plain.push_events(prepared, before)?;
            plain.ends.push(end);
            if let Some(idempotency) = &append.idempotency {
                if !keys.insert(idempotency.key.as_str()) {
                    return None;
                }
                plain.key.push(&idempotency.key);
                plain.fingerprint.push(&idempotency.fingerprint);
                let last = i32::try_from(plain.event_id.len()).ok()?;
                plain.key_event.push(last);
                plain.key_version.push(after);
            }
        }
        let mut relied_on = HashMap::new();
        for (stream, version) in batch.iter().flat_map(|p| &p.append.unchanged) {
            if streams.contains(stream) {
                return None;
            }
            match relied_on.entry(stream) {
                Entry::Vacant(entry) => {
                    entry.insert(version);
                    plain.push_condition(stream, *version)?;
                }
                Entry::Occupied(entry) if *entry.get() == version => {}
                Entry::Occupied(_) => return None,
            }
        }
        Some(plain)
    }

    fn push_condition(&mut self, stream: &'a StreamName, version: u64) -> Option<()> {
        self.on_type.push(&stream.aggregate_type);
        self.on_id.push(&stream.aggregate_id);
        self.on_version.push(i64::try_from(version).ok()?);
        Some(())
    }

    fn push_events(&mut self, prepared: &'a Prepared, before: u64) -> Option<(i64, i64)> {
        let mut sequence = i64::try_from(before).ok()?;
        for event in &prepared.append.events {
            sequence = sequence.checked_add(1)?;
            let stream = &prepared.append.stream;
            self.aggregate_type.push(&stream.aggregate_type);
            self.aggregate_id.push(&stream.aggregate_id);
            self.sequence.push(sequence);
            self.event_id.push(event.event_id);
            self.event_type.push(&event.event_type);
            self.event_version.push(&event.event_version);
            self.payload.push(&event.payload);
            self.metadata.push(&prepared.metadata);
        }
        let events = i64::try_from(self.event_id.len()).ok()?;
        Some((events, sequence))
    }

    /// None, with nothing stored, where a condition does not hold.
    pub(super) async fn store(
        self,
        connection: &mut PgConnection,
        recorded_at: DateTime<Utc>,
    ) -> Result<Option<Written>, sqlx::Error> {
        // `fetch_all` reads on until the server is ready again, which is after the commit
        let rows: Vec<(Option<i64>, DateTime<Utc>)> = sqlx::query_as(APPEND_PLAIN_BATCH)
            .bind(recorded_at)
            .bind(self.on_type)
            .bind(self.on_id)
            .bind(self.on_version)
            .bind(self.aggregate_type)
            .bind(self.aggregate_id)
            .bind(self.sequence)
            .bind(self.event_id)
            .bind(self.event_type)
            .bind(self.event_version)
            .bind(self.payload)
            .bind(self.metadata)
            .bind(self.key)
            .bind(self.fingerprint)
            .bind(self.key_event)
            .bind(self.key_version)
            .fetch_all(connection)
            .await?;
        Ok(match rows.as_slice() {
            [(Some(before), recorded_at)] => Some(Written {
                verdicts: verdicts(self.ends, *before),
                recorded_at: Some(*recorded_at),
            }),
            _ => None,
        })
    }
}

fn verdicts(ends: Vec<(i64, i64)>, before: i64) -> Vec<Verdict> {
    let appended = |(events, version): (i64, i64)| Appended {
        position: Position((before + events).cast_unsigned()),
        version: version.cast_unsigned(),
        repeated: false,
    };
    ends.into_iter().map(appended).map(Ok).collect()
}
