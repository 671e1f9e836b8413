//! Many writers at once, in what amounts to several processes.

use std::collections::HashMap;
use std::sync::Arc;

use event_store::{AppendError, EventLog, Expected, FeedFilter, Position};
use uuid::Uuid;

use crate::database::Database;
use crate::events::{append, counts, stream};
use crate::waking::reaches;

const WRITERS: u64 = 8;
const APPENDS: u64 = 60;

/// Reads as a projector would: remembers where it was and never looks back.
async fn follow(log: Arc<dyn EventLog>, until: u64) -> Vec<(u64, Uuid)> {
    let mut wake_ups = log.wake_ups();
    let (mut after, mut seen) = (Position(0), vec![]);
    while (seen.len() as u64) < until {
        let page = log.feed(after, 37, &FeedFilter::default()).await.unwrap();
        let found = page.events.iter();
        seen.extend(found.map(|recorded| (recorded.position.0, recorded.event_id)));
        after = page.up_to;
        if page.at_head && (seen.len() as u64) < until {
            wake_ups.wait_for(|known| *known > after).await.unwrap();
        }
    }
    seen
}

pub(crate) async fn a_checkpointing_reader_misses_nothing_under_many_writers(db: Database) {
    let logs = [db.open().await, db.open().await];
    let reader = tokio::spawn(follow(db.open().await, WRITERS * APPENDS * 3 / 2));

    let writers = (0..WRITERS).map(|writer| {
        let log = logs[usize::try_from(writer).unwrap() % 2].clone();
        tokio::spawn(async move {
            for n in 0..APPENDS {
                let to = stream(&format!("{writer}-{}", n % 5));
                let events = counts(1 + n % 2);
                log.append(append(to, Expected::Any, events)).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }

    let seen = reader.await.unwrap();
    let positions: Vec<u64> = seen.iter().map(|(position, _)| *position).collect();
    assert_eq!(
        positions,
        (1..=WRITERS * APPENDS * 3 / 2).collect::<Vec<_>>()
    );
    reaches(&mut logs[0].wake_ups(), WRITERS * APPENDS * 3 / 2).await;
    let stored = logs[0]
        .feed(Position(0), 10_000, &FeedFilter::default())
        .await
        .unwrap();
    let ids: Vec<_> = stored
        .events
        .iter()
        .map(|r| (r.position.0, r.event_id))
        .collect();
    assert_eq!(seen, ids);
}

/// A sequence that looks random and is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// What one writer was told: stream, version after, position of the last event.
type Told = (String, u64, u64);

async fn write_randomly(log: Arc<dyn EventLog>, seed: u64) -> (Vec<Told>, u64) {
    let mut dice = Dice(seed);
    let mut told = vec![];
    let mut events = 0;
    let mut versions: HashMap<String, u64> = HashMap::new();
    for _ in 0..150 {
        let id = format!("s{}", dice.below(4));
        let known = versions.get(&id).copied().unwrap_or(0);
        let expected = match dice.below(3) {
            0 => Expected::Any,
            _ => Expected::Version(known),
        };
        let how_many = 1 + dice.below(3);
        let sent = append(stream(&id), expected, counts(how_many));
        match log.append(sent).await {
            Ok(appended) => {
                events += how_many;
                versions.insert(id.clone(), appended.version);
                told.push((id, appended.version, appended.position.0));
            }
            Err(AppendError::Conflict {
                actual, expected, ..
            }) => {
                assert_ne!(actual, expected);
                versions.insert(id, actual);
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    (told, events)
}

pub(crate) async fn random_appends_from_two_processes_keep_every_promise(db: Database) {
    let logs = [db.open().await, db.open().await];
    let writers: Vec<_> = (0..6_u64)
        .map(|n| {
            let log = logs[usize::try_from(n).unwrap() % 2].clone();
            tokio::spawn(write_randomly(log, 0x5eed + n * 7919))
        })
        .collect();
    let (mut told, mut events) = (vec![], 0);
    for writer in writers {
        let (answers, stored) = writer.await.unwrap();
        told.extend(answers);
        events += stored;
    }

    reaches(&mut logs[1].wake_ups(), events).await;
    let page = logs[1]
        .feed(Position(0), 100_000, &FeedFilter::default())
        .await
        .unwrap();
    let found: HashMap<u64, Told> = page
        .events
        .iter()
        .map(|r| {
            let told = (r.stream.aggregate_id.clone(), r.version, r.position.0);
            (r.position.0, told)
        })
        .collect();
    assert_eq!(found.len() as u64, events);
    assert_eq!(page.up_to, Position(events));
    for answer in told {
        assert_eq!(found.get(&answer.2), Some(&answer));
    }
    let lines = logs[0].health().await.unwrap();
    assert!(lines.iter().all(|line| line.healthy), "{lines:?}");
}
