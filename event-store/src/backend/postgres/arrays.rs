//! A batch as the arrays that `append_batch` takes.

use std::collections::HashMap;

use uuid::Uuid;

use crate::backend::prepared::Prepared;
use crate::log::Expected;
use crate::recorded::StreamName;

/// What `append_batch` takes for "whatever version" and "no key".
const ANY_VERSION: i64 = -1;
const NO_KEY: i32 = 0;

/// Columns borrow from the batch: nothing is copied before it is encoded for the wire.
#[derive(Debug, Default)]
pub(super) struct Arrays<'a> {
    pub(super) stream_types: Vec<&'a str>,
    pub(super) stream_ids: Vec<&'a str>,
    pub(super) stream_known: Vec<bool>,
    pub(super) keys: Vec<&'a str>,
    // Per append
    pub(super) stream: Vec<i32>,
    pub(super) expected: Vec<i64>,
    pub(super) count: Vec<i32>,
    pub(super) key: Vec<i32>,
    pub(super) fingerprint: Vec<&'a str>,
    // Per precondition
    pub(super) unchanged_append: Vec<i32>,
    pub(super) unchanged_stream: Vec<i32>,
    pub(super) unchanged_version: Vec<i64>,
    // Per event
    pub(super) aggregate_type: Vec<&'a str>,
    pub(super) aggregate_id: Vec<&'a str>,
    pub(super) event_id: Vec<Uuid>,
    pub(super) event_type: Vec<&'a str>,
    pub(super) event_version: Vec<&'a str>,
    pub(super) payload: Vec<&'a str>,
    pub(super) metadata: Vec<&'a str>,
}

impl<'a> Arrays<'a> {
    pub(super) fn new(batch: &'a [Prepared]) -> Self {
        let mut arrays = Self::default();
        let mut streams = HashMap::with_capacity(batch.len());
        let mut keys = HashMap::new();
        for (index, prepared) in batch.iter().enumerate() {
            let append = &prepared.append;
            let to_be_new = append.expected == Expected::Version(0);
            let stream = arrays.number_stream(&mut streams, &append.stream, !to_be_new);
            arrays.stream.push(stream);
            arrays.expected.push(match append.expected {
                // No stream gets so long: a conflict, as it should be
                Expected::Version(version) => i64::try_from(version).unwrap_or(i64::MAX),
                Expected::Any => ANY_VERSION,
            });
            arrays.count.push(number(append.events.len()));
            let idempotency = append.idempotency.as_ref();
            let key = idempotency.map_or(NO_KEY, |i| {
                *keys.entry(i.key.as_str()).or_insert_with(|| {
                    arrays.keys.push(&i.key);
                    number(arrays.keys.len())
                })
            });
            arrays.key.push(key);
            let fingerprint = idempotency.map_or("", |i| &i.fingerprint);
            arrays.fingerprint.push(fingerprint);
            for (stream, version) in &append.unchanged {
                let stream = arrays.number_stream(&mut streams, stream, true);
                arrays.unchanged_append.push(number(index + 1));
                arrays.unchanged_stream.push(stream);
                arrays.unchanged_version.push(version.cast_signed());
            }
            arrays.push_events(prepared);
        }
        arrays
    }

    /// Counts from 1, as PostgreSQL's arrays do.
    fn number_stream(
        &mut self,
        numbers: &mut HashMap<&'a StreamName, usize>,
        stream: &'a StreamName,
        known: bool,
    ) -> i32 {
        let index = *numbers.entry(stream).or_insert_with(|| {
            self.stream_types.push(&stream.aggregate_type);
            self.stream_ids.push(&stream.aggregate_id);
            self.stream_known.push(false);
            self.stream_known.len() - 1
        });
        self.stream_known[index] |= known;
        number(index + 1)
    }

    fn push_events(&mut self, prepared: &'a Prepared) {
        for event in &prepared.append.events {
            self.aggregate_type
                .push(&prepared.append.stream.aggregate_type);
            self.aggregate_id.push(&prepared.append.stream.aggregate_id);
            self.event_id.push(event.event_id);
            self.event_type.push(&event.event_type);
            self.event_version.push(&event.event_version);
            self.payload.push(&event.payload);
            self.metadata.push(&prepared.metadata);
        }
    }
}

/// Batches are far smaller than this can count.
fn number(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}
