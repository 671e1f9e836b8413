//! What is stored, and what an append comes to.

use std::collections::HashMap;

use crate::wire::{Id, ProposedMessage, ReadEvent, RecordedEvent, StreamIdentifier};

/// KurrentDB's own default.
const MOST_AT_ONCE: usize = 1 << 20;

#[derive(Debug, Default)]
pub(crate) struct State {
    streams: HashMap<String, Stream>,
    /// `user:password`; anybody where there is none.
    pub(crate) admitted: Option<String>,
    pub(crate) loses_answer: bool,
}

#[derive(Debug, Default)]
struct Stream {
    events: Vec<ProposedMessage>,
    /// Events before this revision are gone.
    first: u64,
}

#[derive(Debug)]
pub(crate) enum Outcome {
    /// The revision of the last event.
    Appended(u64),
    /// The revision of the stream's last event; none where there is no stream.
    WrongRevision(Option<u64>),
    TooLarge,
}

impl State {
    /// `expected` is the number of events there must be.
    pub(crate) fn append(
        &mut self,
        stream: &str,
        expected: u64,
        events: Vec<ProposedMessage>,
    ) -> Outcome {
        let size = |event: &ProposedMessage| event.data.len() + event.custom_metadata.len();
        if events.iter().map(size).sum::<usize>() > MOST_AT_ONCE {
            return Outcome::TooLarge;
        }
        let there = self.streams.entry(stream.to_owned()).or_default();
        let length = there.events.len() as u64;
        if length == expected {
            there.events.extend(events);
            return Outcome::Appended(there.events.len() as u64 - 1);
        }
        if there.holds(expected, &events) {
            return Outcome::Appended(expected + events.len() as u64 - 1);
        }
        Outcome::WrongRevision(length.checked_sub(1))
    }

    /// None where there is no stream.
    pub(crate) fn read(
        &self,
        stream: &str,
        from: Option<u64>,
        backwards: bool,
        count: u64,
    ) -> Option<Vec<ReadEvent>> {
        let there = self.streams.get(stream)?;
        let numbered = (0..)
            .zip(&there.events)
            .skip_while(|(n, _)| *n < there.first);
        let event = |(revision, event)| read_event(stream, revision, event);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        Some(if backwards {
            let mut all: Vec<_> = numbered.collect();
            all.retain(|(revision, _)| from.is_none_or(|from| *revision <= from));
            all.into_iter().rev().take(count).map(event).collect()
        } else {
            let wanted = numbered.skip_while(|(n, _)| from.is_some_and(|from| *n < from));
            wanted.take(count).map(event).collect()
        })
    }

    pub(crate) fn truncate(&mut self, stream: &str, before: u64) {
        if let Some(stream) = self.streams.get_mut(stream) {
            stream.first = before;
        }
    }

    pub(crate) fn length(&self, stream: &str) -> u64 {
        self.streams
            .get(stream)
            .map_or(0, |stream| stream.events.len() as u64)
    }
}

impl Stream {
    /// The same events were appended there before.
    fn holds(&self, at: u64, events: &[ProposedMessage]) -> bool {
        let id = |event: &ProposedMessage| event.id.as_ref().and_then(Id::number);
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let stored = self.events.get(at..).unwrap_or_default();
        stored.len() >= events.len()
            && stored
                .iter()
                .zip(events)
                .all(|(stored, event)| id(stored) == id(event))
    }
}

fn read_event(stream: &str, revision: u64, event: &ProposedMessage) -> ReadEvent {
    let number = event.id.as_ref().and_then(Id::number).unwrap_or_default();
    ReadEvent {
        event: Some(RecordedEvent {
            id: Some(Id::of(number)),
            stream_identifier: Some(StreamIdentifier::of(stream)),
            stream_revision: revision,
            metadata: event.metadata.clone(),
            custom_metadata: event.custom_metadata.clone(),
            data: event.data.clone(),
        }),
        no_position: Some(crate::wire::Empty {}),
    }
}
