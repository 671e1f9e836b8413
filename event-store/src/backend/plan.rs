//! Which appends of a batch are accepted, and what then has to be stored. Pure: what the database
//! holds goes in, rows come out.

use std::collections::HashMap;

use uuid::Uuid;

use super::appender::Verdict;
use super::prepared::Prepared;
use crate::error::{AppendError, StoreError};
use crate::log::{Append, Appended, Expected, Idempotency, NewEvent};
use crate::recorded::{Position, StreamName};

/// What the log holds of the things a batch speaks of.
#[derive(Debug, Default, Clone)]
pub(crate) struct Found {
    pub(crate) head: u64,
    /// Streams that exist.
    pub(crate) versions: HashMap<StreamName, u64>,
    pub(crate) events: HashMap<Uuid, StoredAt>,
    pub(crate) answers: HashMap<String, EarlierAnswer>,
}

#[derive(Debug, Clone)]
pub(crate) struct StoredAt {
    pub(crate) stream: StreamName,
    pub(crate) position: u64,
    pub(crate) version: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct EarlierAnswer {
    pub(crate) fingerprint: String,
    pub(crate) position: u64,
    pub(crate) version: u64,
}

impl EarlierAnswer {
    /// The first answer again, if it is the same request.
    pub(crate) fn to(&self, idempotency: &Idempotency) -> Verdict {
        if self.fingerprint != idempotency.fingerprint {
            return Err(AppendError::KeyReused);
        }
        Ok(Appended {
            position: Position(self.position),
            version: self.version,
            repeated: true,
        })
    }
}

/// One event to store, with its place.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    pub(crate) position: u64,
    pub(crate) version: u64,
    pub(crate) stream: &'a StreamName,
    pub(crate) event: &'a NewEvent,
    pub(crate) metadata: &'a str,
}

/// One answer to remember.
#[derive(Debug)]
pub(crate) struct NewAnswer<'a> {
    pub(crate) idempotency: &'a Idempotency,
    pub(crate) position: u64,
    pub(crate) version: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Plan<'a> {
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) rows: Vec<Row<'a>>,
    pub(crate) answers: Vec<NewAnswer<'a>>,
}

impl<'a> Plan<'a> {
    /// Each append sees what those before it in the batch did.
    pub(crate) fn new(batch: &'a [Prepared], mut found: Found) -> Self {
        let mut plan = Self::default();
        for prepared in batch {
            let verdict = match judge(&prepared.append, &found) {
                Some(verdict) => verdict,
                None => Ok(plan.accept(prepared, &mut found)),
            };
            plan.verdicts.push(verdict);
        }
        plan
    }

    fn accept(&mut self, prepared: &'a Prepared, found: &mut Found) -> Appended {
        let append = &prepared.append;
        let mut version = version_of(found, &append.stream);
        for event in &append.events {
            version += 1;
            found.head += 1;
            let stored = StoredAt {
                stream: append.stream.clone(),
                position: found.head,
                version,
            };
            found.events.insert(event.event_id, stored);
            self.rows.push(Row {
                position: found.head,
                version,
                stream: &append.stream,
                event,
                metadata: &prepared.metadata,
            });
        }
        found.versions.insert(append.stream.clone(), version);
        if let Some(idempotency) = &append.idempotency {
            let answer = EarlierAnswer {
                fingerprint: idempotency.fingerprint.clone(),
                position: found.head,
                version,
            };
            found.answers.insert(idempotency.key.clone(), answer);
            self.answers.push(NewAnswer {
                idempotency,
                position: found.head,
                version,
            });
        }
        Appended {
            position: Position(found.head),
            version,
            repeated: false,
        }
    }
}

/// The answer, where it does not take storing anything.
fn judge(append: &Append, found: &Found) -> Option<Verdict> {
    if let Some(idempotency) = &append.idempotency
        && let Some(answer) = found.answers.get(&idempotency.key)
    {
        return Some(answer.to(idempotency));
    }
    if let Some(verdict) = repeated_events(append, found) {
        return Some(verdict);
    }
    let actual = version_of(found, &append.stream);
    if let Expected::Version(expected) = append.expected
        && expected != actual
    {
        return Some(Err(AppendError::Conflict {
            stream: append.stream.clone(),
            expected,
            actual,
        }));
    }
    let moved = |(stream, version): &&(StreamName, u64)| version_of(found, stream) != *version;
    let (stream, _) = append.unchanged.iter().find(moved)?;
    Some(Err(AppendError::Moved {
        stream: stream.clone(),
    }))
}

/// Event ids that are stored already make the append a repetition, if they are all of it.
fn repeated_events(append: &Append, found: &Found) -> Option<Verdict> {
    let stored = |event: &NewEvent| found.events.get(&event.event_id);
    if !append.events.iter().any(|event| stored(event).is_some()) {
        return twice_in(append).then(|| Err(reused_event_id()));
    }
    let same = |event: &NewEvent| stored(event).is_some_and(|at| at.stream == append.stream);
    let last = append.events.last().and_then(stored);
    match last {
        Some(last) if append.events.iter().all(same) => Some(Ok(Appended {
            position: Position(last.position),
            version: last.version,
            repeated: true,
        })),
        _ => Some(Err(reused_event_id())),
    }
}

fn twice_in(append: &Append) -> bool {
    let mut ids: Vec<Uuid> = append.events.iter().map(|event| event.event_id).collect();
    ids.sort_unstable();
    ids.windows(2).any(|pair| pair[0] == pair[1])
}

pub(crate) fn reused_event_id() -> AppendError {
    AppendError::Store(StoreError::Failed(
        "an event id was used before, for another event".into(),
    ))
}

fn version_of(found: &Found, stream: &StreamName) -> u64 {
    found.versions.get(stream).copied().unwrap_or(0)
}
