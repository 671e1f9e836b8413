//! Whether what a reader of the feed saved is what the log makes, for whoever checks the database.

use std::collections::HashSet;

use domain::event::aggregate_type;
use domain::execution::ExecutionId;
use domain::wishes::Wishes;

use crate::error::StoreError;
use crate::log::{EventLog, FeedFilter};
use crate::reader_state::{Reader, event_at};
use crate::recorded::{Position, Recorded};
use crate::sealed_state;
use crate::snapshot_check::SnapshotVerdict;
use crate::stored_rows::StoredSnapshot;

const PAGE: usize = 1_000;

pub(crate) async fn check(
    log: &dyn EventLog,
    stored: &StoredSnapshot,
) -> Result<SnapshotVerdict, StoreError> {
    let (stream, snapshot) = (&stored.stream, &stored.snapshot);
    let wrong = |why: &str| Ok(SnapshotVerdict::Wrong(why.to_owned()));
    let mut readers = Reader::ALL.into_iter();
    let reader = readers.find(|reader| reader.name == stream.aggregate_id);
    let Some(reader) = reader.filter(|reader| reader.shape == snapshot.shape) else {
        return Ok(SnapshotVerdict::OfAnotherRelease);
    };
    let Some(saved) = sealed_state::read(stream, snapshot) else {
        return wrong("it is not what was saved");
    };
    let position = Position(snapshot.version);
    if saved.last_event != event_at(log, position).await? {
        return wrong("another event stands where its reader was");
    }
    if reader != Reader::EXECUTOR_RUNTIME {
        return Ok(SnapshotVerdict::Sealed);
    }
    match serde_json::from_str(saved.aggregate.get()) {
        Ok(wishes) => check_wishes(log, &wishes, position).await,
        Err(error) => wrong(&format!("it cannot be read: {error}")),
    }
}

/// Reads lifecycle events as far as their reader had, and executions to the end: a run that is forgotten
/// has ended by now, wherever its reader was.
async fn check_wishes(
    log: &dyn EventLog,
    saved: &Wishes,
    position: Position,
) -> Result<SnapshotVerdict, StoreError> {
    let mut folded = Wishes::default();
    each(log, &Wishes::READS, |recorded| {
        if recorded.position <= position {
            // As the runtime does: an event that cannot be read is told of by whoever checks events
            if let Ok(event) = recorded.decode() {
                folded.take_in(&recorded.stream.aggregate_id, event, recorded.event_id);
            }
        }
        recorded.position < position
    })
    .await?;
    let forgotten = match saved.remnant_of(&folded) {
        Ok(forgotten) => forgotten,
        Err(why) => return Ok(SnapshotVerdict::Wrong(why)),
    };
    let ids = forgotten
        .iter()
        .map(|one| ExecutionId::of(&one.key, one.run));
    let forgotten: HashSet<String> = ids.map(|id| id.to_string()).collect();
    let mut open = HashSet::new();
    if !forgotten.is_empty() {
        each(log, &[aggregate_type::EXECUTION], |recorded| {
            let id = &recorded.stream.aggregate_id;
            match recorded.event_type.as_str() {
                "ExecutionOpened" if forgotten.contains(id) => {
                    open.insert(id.clone());
                }
                "ExecutionClosed" => {
                    open.remove(id);
                }
                _ => {}
            }
            true
        })
        .await?;
    }
    Ok(match open.iter().min() {
        Some(id) => SnapshotVerdict::Wrong(format!("the run {id} is to end, and that is missing")),
        None => SnapshotVerdict::Holds,
    })
}

/// Every event of these types, until `go_on` says that it is enough.
async fn each(
    log: &dyn EventLog,
    types: &[&str],
    mut go_on: impl FnMut(&Recorded) -> bool,
) -> Result<(), StoreError> {
    let filter = FeedFilter::only(types);
    let mut after = Position(0);
    loop {
        let page = log.feed(after, PAGE, &filter).await?;
        if !page.events.iter().all(&mut go_on) || page.at_head {
            return Ok(());
        }
        after = page.up_to;
    }
}
