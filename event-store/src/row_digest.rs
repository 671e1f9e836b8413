//! Rows without their texts: what the order of a log and the tree over it are made of. A text that
//! is hashed where it was read need not be kept.

use std::hash::{BuildHasher, RandomState};

use chrono::{DateTime, Utc};

use crate::canonical::CanonicalBytes;
use crate::recorded::{EventFields, Recorded};

/// What is kept of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowDigest {
    pub position: i64,
    /// See [`Digesting::stream`].
    pub stream: u64,
    pub version: u64,
    pub recorded_at: DateTime<Utc>,
    /// Of the event's [canonical bytes](crate::canonical_bytes).
    pub leaf: [u8; 32],
}

/// How a row is digested.
#[derive(Debug, Clone)]
pub struct Digesting {
    streams: RandomState,
    leaf: fn(&[u8]) -> [u8; 32],
}

impl Digesting {
    pub fn by(leaf: fn(&[u8]) -> [u8; 32]) -> Self {
        Self {
            streams: RandomState::new(),
            leaf,
        }
    }

    /// A number for a stream, always the same with this and its clones. Nobody outside can choose
    /// names that have the same.
    pub fn stream(&self, aggregate_type: &str, aggregate_id: &str) -> u64 {
        self.streams.hash_one((aggregate_type, aggregate_id))
    }

    pub fn digest_of(&self, event: &Recorded) -> RowDigest {
        self.digest(&event.fields(), &mut CanonicalBytes::default())
    }

    pub(crate) fn digest(&self, event: &EventFields<'_>, bytes: &mut CanonicalBytes) -> RowDigest {
        RowDigest {
            position: event.position.0.cast_signed(),
            stream: self.stream(event.aggregate_type, event.aggregate_id),
            version: event.version,
            recorded_at: event.recorded_at,
            leaf: (self.leaf)(bytes.of(event)),
        }
    }
}
