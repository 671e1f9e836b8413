//! From a time to the place in the log, and how long a stream is. By halving: times never fall as
//! positions rise, and versions have no gaps.

use chrono::{DateTime, Utc};

use crate::error::StoreError;
use crate::log::{EventLog, FeedFilter};
use crate::recorded::{Position, StreamName};

/// The last position recorded at `time` or before; 0 when nothing was recorded yet.
pub async fn position_at(log: &dyn EventLog, time: DateTime<Utc>) -> Result<Position, StoreError> {
    // Everything up to `low` was recorded by then, nothing from `high` on
    let (mut low, mut high) = (0, log.head().await?.0 + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let page = log
            .feed(Position(middle - 1), 1, &FeedFilter::default())
            .await?;
        match page.events.first() {
            Some(event) if event.recorded_at <= time => low = middle,
            Some(_) | None => high = middle,
        }
    }
    Ok(Position(low))
}

/// The version of a stream's last event; 0 for an empty one.
pub async fn version_of(log: &dyn EventLog, stream: &StreamName) -> Result<u64, StoreError> {
    let exists = async |version: u64| -> Result<bool, StoreError> {
        Ok(!log.load(stream, version - 1, 1).await?.is_empty())
    };
    let mut high = 1;
    while exists(high).await? {
        high *= 2;
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if exists(middle).await? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(low)
}
