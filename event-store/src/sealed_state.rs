//! The text of a snapshot, with a seal over it: one that was edited is not believed.
//!
//! Whoever can write to the database can make the seal anew, if they know how. That is found by
//! `strategos-replay verify`, which folds every snapshot's events again.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::StoreError;
use crate::log::Snapshot;
use crate::recorded::StreamName;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SealedState {
    /// The last event the state includes. In another history, say after a restore from an older
    /// backup, another event stands in its place.
    pub(crate) last_event: Uuid,
    pub(crate) aggregate: Box<RawValue>,
    seal: String,
}

pub(crate) fn seal(
    stream: &StreamName,
    shape: String,
    version: u64,
    last_event: Uuid,
    aggregate: Box<RawValue>,
) -> Result<Snapshot, StoreError> {
    let seal = digest(stream, &shape, version, last_event, &aggregate);
    let saved = SealedState {
        last_event,
        aggregate,
        seal,
    };
    let state = serde_json::to_string(&saved);
    Ok(Snapshot {
        shape,
        version,
        state: state.map_err(|error| StoreError::Failed(Box::new(error)))?,
    })
}

/// `None` where it cannot be read, or is not what was sealed.
pub(crate) fn read(stream: &StreamName, snapshot: &Snapshot) -> Option<SealedState> {
    let saved: SealedState = serde_json::from_str(&snapshot.state).ok()?;
    let (shape, version) = (&snapshot.shape, snapshot.version);
    let seal = digest(stream, shape, version, saved.last_event, &saved.aggregate);
    (seal == saved.seal).then_some(saved)
}

/// Each part with its length in front, so that none can reach into the next.
fn digest(
    stream: &StreamName,
    shape: &str,
    version: u64,
    last_event: Uuid,
    aggregate: &RawValue,
) -> String {
    let (version, last_event) = (version.to_string(), last_event.to_string());
    let parts = [
        stream.aggregate_type.as_str(),
        &stream.aggregate_id,
        shape,
        &version,
        &last_event,
        aggregate.get(),
    ];
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    format!("{:x}", digest.finalize())
}
