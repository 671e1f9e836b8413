//! An aggregate from its events, and the snapshots that shorten the way.

use cqrs_es::Aggregate;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use uuid::Uuid;

use crate::command_gateway::{Loaded, Receipt};
use crate::error::StoreError;
use crate::log::EventLog;
use crate::recorded::{Position, Recorded, StreamName};
use crate::sealed_state;

/// Events per page: bounds memory, whatever the stream's length.
pub(crate) const PAGE: usize = 500;
/// A stream gets a snapshot each time it has grown by so many events.
const SNAPSHOT_EVERY: u64 = 1_000;

/// The aggregate at the stream's end. `base` is an earlier state of it, from which only newer
/// events are needed.
pub(crate) async fn rebuild<A: Aggregate + Clone>(
    log: &dyn EventLog,
    aggregate_id: &str,
    base: Option<Loaded<A>>,
) -> Result<Loaded<A>, StoreError> {
    let stream = StreamName::new(A::TYPE, aggregate_id);
    let mut loaded = base.unwrap_or_else(Loaded::beginning);
    let started_at = loaded.version;
    let mut looked_for_snapshot = started_at > 0;
    let mut snapshot_version = started_at;
    loop {
        let page = log.load(&stream, loaded.version, PAGE).await?;
        let at_end = page.len() < PAGE;
        let last_event = fold(&mut loaded, page)?;
        if at_end {
            return Ok(loaded);
        }
        // Only a long stream can have one
        if !looked_for_snapshot {
            looked_for_snapshot = true;
            if let Some(saved) = from_snapshot(log, &stream).await?
                && saved.version > loaded.version
            {
                snapshot_version = saved.version;
                loaded = saved;
                continue;
            }
        }
        if loaded.version - snapshot_version >= SNAPSHOT_EVERY
            && let Some(last_event) = last_event
        {
            snapshot_version = loaded.version;
            save_snapshot(log, aggregate_id, &loaded, last_event).await;
        }
    }
}

impl<A: Aggregate> Loaded<A> {
    /// Before the stream's first event.
    pub fn beginning() -> Self {
        Self {
            aggregate: A::default(),
            version: 0,
            position: Position(0),
        }
    }

    /// Takes in what a command has recorded; `false`, and nothing of it, where something lies between that
    /// is not in here.
    pub fn take_receipt(&mut self, receipt: &Receipt<A::Event>) -> bool {
        let unseen = receipt.version.saturating_sub(self.version);
        if unseen == 0 {
            return true;
        }
        if receipt.events.len() as u64 != unseen {
            return false;
        }
        for event in &receipt.events {
            self.aggregate.apply(event.clone());
        }
        self.version = receipt.version;
        self.position = receipt.position;
        true
    }

    /// Takes the stream's next event in.
    pub fn take(&mut self, recorded: &Recorded) -> Result<(), StoreError> {
        self.version = recorded.version;
        self.position = recorded.position;
        self.aggregate.apply(decode::<A>(recorded)?);
        Ok(())
    }
}

/// The id of the last event folded in.
pub(crate) fn fold<A: Aggregate>(
    loaded: &mut Loaded<A>,
    events: Vec<Recorded>,
) -> Result<Option<Uuid>, StoreError> {
    let mut last = None;
    for recorded in events {
        loaded.take(&recorded)?;
        last = Some(recorded.event_id);
    }
    Ok(last)
}

pub(crate) fn decode<A: Aggregate>(recorded: &Recorded) -> Result<A::Event, StoreError> {
    recorded
        .decode_as()
        .map_err(|source| StoreError::Unreadable {
            position: recorded.position.0,
            stream: recorded.stream.clone(),
            source: Box::new(source),
        })
}

/// None as well where the snapshot is of another shape, damaged, altered, or of another history.
async fn from_snapshot<A: Aggregate>(
    log: &dyn EventLog,
    stream: &StreamName,
) -> Result<Option<Loaded<A>>, StoreError> {
    let Some(snapshot) = log.snapshot(stream, &shape::<A>()?).await? else {
        return Ok(None);
    };
    let Some(saved) = sealed_state::read(stream, &snapshot) else {
        tracing::warn!(%stream, "ignoring a snapshot that was altered or cannot be read");
        return Ok(None);
    };
    let Ok(aggregate) = serde_json::from_str(saved.aggregate.get()) else {
        tracing::warn!(%stream, "ignoring a snapshot that cannot be read");
        return Ok(None);
    };
    let before = snapshot.version.saturating_sub(1);
    let proof = log.load(stream, before, 1).await?;
    let proven = proof.first().filter(|recorded| {
        recorded.version == snapshot.version && recorded.event_id == saved.last_event
    });
    if proven.is_none() {
        tracing::warn!(%stream, "ignoring a snapshot of another history");
    }
    Ok(proven.map(|recorded| Loaded {
        aggregate,
        version: recorded.version,
        position: recorded.position,
    }))
}

/// Whether a stream that grew from one version to another is due a snapshot.
pub(crate) fn is_due(before: u64, after: u64) -> bool {
    before / SNAPSHOT_EVERY < after / SNAPSHOT_EVERY
}

/// A failure costs nothing but time: the events are there.
pub(crate) async fn save_snapshot<A: Aggregate + Clone>(
    log: &dyn EventLog,
    aggregate_id: &str,
    loaded: &Loaded<A>,
    last_event: Uuid,
) {
    let stream = StreamName::new(A::TYPE, aggregate_id);
    if let Err(error) = try_save(log, &stream, loaded, last_event).await {
        let error = domain::ErrorChain(&error);
        tracing::warn!(%stream, %error, "a snapshot was not saved");
    }
}

async fn try_save<A: Aggregate + Clone>(
    log: &dyn EventLog,
    stream: &StreamName,
    loaded: &Loaded<A>,
    last_event: Uuid,
) -> Result<(), StoreError> {
    let shape = shape::<A>()?;
    let aggregate = raw(&loaded.aggregate)?;
    let version = loaded.version;
    let snapshot = sealed_state::seal(stream, shape, version, last_event, aggregate)?;
    log.save_snapshot(stream, snapshot).await
}

/// Whoever changes what an aggregate remembers or how it applies an event need not think of
/// snapshots: each is trusted only by a program with the very rules it was made with. The empty
/// state's text tells apart what those rules cannot, such as aggregates of tests.
pub(crate) fn shape<A: Aggregate>() -> Result<String, StoreError> {
    let empty = raw(&A::default())?;
    Ok(format!("{} sealed {empty}", env!("STRATEGOS_RULES")))
}

pub(crate) fn raw(value: &impl Serialize) -> Result<Box<RawValue>, StoreError> {
    to_raw_value(value).map_err(|error| StoreError::Failed(Box::new(error)))
}
