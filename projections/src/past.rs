//! Reads the log up to a position, for those who show what once was.

use domain::event::DecodeError;
use domain::ids::StrategyKey;
use event_store::{EventLog, FeedFilter, Position, Recorded, StoreError, StreamName};

use crate::error::TablesError;
use crate::projection::FoldError;

const PAGE: usize = 1_000;
/// More is not read for one answer.
const LONGEST: usize = 200_000;

#[derive(Debug, thiserror::Error)]
pub enum PastError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Tables(#[from] TablesError),
    #[error("an event of the past cannot be folded")]
    Fold(#[from] FoldError),
    #[error("an event of the past cannot be read")]
    Decode(#[from] DecodeError),
    #[error("a configuration of the past cannot be read")]
    Config(#[source] serde_json::Error),
    #[error("{stream} has no event of version {version}: the log is not whole")]
    Gap { stream: StreamName, version: u64 },
    #[error("the tables have an instance {0} that the log lacks")]
    NotInTheLog(StrategyKey),
    #[error("this needs more than {LONGEST} events, which is more than one answer reads")]
    TooLong,
}

/// A stream's events up to `position`.
pub async fn stream_up_to(
    log: &dyn EventLog,
    stream: &StreamName,
    position: Position,
) -> Result<Vec<Recorded>, PastError> {
    let mut events: Vec<Recorded> = Vec::new();
    loop {
        let page = log.load(stream, events.len() as u64, PAGE).await?;
        let was_full = page.len() == PAGE;
        let kept = events.len() + page.len();
        let page = page.into_iter();
        events.extend(page.take_while(|event| event.position <= position));
        if !was_full || events.len() < kept {
            return Ok(events);
        }
        if events.len() >= LONGEST {
            return Err(PastError::TooLong);
        }
    }
}

/// Every event of these types up to `position`, in order.
pub(crate) async fn up_to(
    log: &dyn EventLog,
    position: Position,
    aggregate_types: &[&str],
    mut take: impl FnMut(Recorded) -> Result<(), PastError> + Send,
) -> Result<(), PastError> {
    let filter = FeedFilter::only(aggregate_types);
    let (mut after, mut taken) = (Position(0), 0);
    while after < position {
        let page = log.feed(after, PAGE, &filter).await?;
        for event in page.events {
            if event.position > position {
                return Ok(());
            }
            taken += 1;
            if taken > LONGEST {
                return Err(PastError::TooLong);
            }
            take(event)?;
        }
        if page.at_head {
            return Ok(());
        }
        after = page.up_to;
    }
    Ok(())
}
