//! One instance as it was, from its own streams: of a log of any length only these are read.

use std::collections::VecDeque;

use domain::event::aggregate_type;
use domain::execution::ExecutionId;
use domain::ids::StrategyKey;
use event_store::{EventLog, Position, Recorded, StreamName};
use serde_json::{Map, Value};

use super::StoredRow;
use super::projection::{Instances, row_after};
use super::store;
use super::taken_ids::TakenIds;
use crate::past::PastError;
use crate::projection::Projection;
use crate::sql::{Objects, Record};

/// Events per read: bounds memory, whatever the streams' length.
const PAGE: usize = 1_000;

/// The columns of its row when `position` was the last, as they stand in the table; `None` before its
/// first start. Its id is not among them: it is dealt out by the order of all instances.
pub async fn alone(
    log: &dyn EventLog,
    key: &StrategyKey,
    position: Position,
) -> Result<Option<Map<String, Value>>, PastError> {
    let own = StreamName::new(aggregate_type::INSTANCE, key.as_str());
    let mut streams = vec![Reading::of(own)];
    let mut ids = TakenIds::default();
    let mut row: Option<StoredRow> = None;
    while let Some(event) = next(log, &mut streams, position).await? {
        if !Instances::concerns(&event) {
            continue;
        }
        let after = row_after(row.take(), &event, &mut ids)?;
        // The first stream is the instance's own
        let runs = u32::try_from(streams.len() - 1).unwrap_or(u32::MAX);
        for run in runs + 1..=after.run {
            let name = ExecutionId::of(key, run).to_string();
            streams.push(Reading::of(StreamName::new(
                aggregate_type::EXECUTION,
                name,
            )));
        }
        row = Some(after);
    }
    Ok(row.and_then(|row| columns(&row)))
}

fn columns(row: &StoredRow) -> Option<Map<String, Value>> {
    let mut record = Record::<Objects>::new();
    record.begin_row();
    store::write(row, &mut record);
    let mut rows: Vec<Map<String, Value>> =
        serde_json::from_str(&record.finish()?.written.0).ok()?;
    let mut row = rows.pop()?;
    row.shift_remove("id");
    Some(row)
}

/// Where the reading of a stream is.
struct Reading {
    stream: StreamName,
    version: u64,
    ahead: VecDeque<Recorded>,
    ended: bool,
}

impl Reading {
    fn of(stream: StreamName) -> Self {
        Self {
            stream,
            version: 0,
            ahead: VecDeque::new(),
            ended: false,
        }
    }

    async fn fill(&mut self, log: &dyn EventLog) -> Result<(), PastError> {
        if self.ended || !self.ahead.is_empty() {
            return Ok(());
        }
        let page = log.load(&self.stream, self.version, PAGE).await?;
        self.ended = page.len() < PAGE;
        for event in page {
            // A stream that lacks an event is not what it was
            if event.version != self.version + 1 {
                return Err(PastError::Gap {
                    stream: self.stream.clone(),
                    version: self.version + 1,
                });
            }
            self.version = event.version;
            self.ahead.push_back(event);
        }
        Ok(())
    }
}

/// The earliest event that was not taken yet.
async fn next(
    log: &dyn EventLog,
    streams: &mut [Reading],
    position: Position,
) -> Result<Option<Recorded>, PastError> {
    let mut earliest: Option<(Position, usize)> = None;
    for (at, reading) in streams.iter_mut().enumerate() {
        reading.fill(log).await?;
        let first = reading.ahead.front().map(|event| event.position);
        let first = first.filter(|first| *first <= position);
        let first = first.map(|first| (first, at));
        earliest = [earliest, first].into_iter().flatten().min();
    }
    Ok(earliest.and_then(|(_, at)| streams[at].ahead.pop_front()))
}
