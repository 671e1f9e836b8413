//! A moment in the log's history.

use std::str::FromStr;

use anyhow::ensure;
use chrono::{DateTime, Utc};
use domain::clock::Clock;
use event_store::{EventLog, Position, position_at};

use crate::clock::SystemClock;

/// A position, or a time.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    At(u64),
    On(DateTime<Utc>),
}

/// A time with its zone, as an option's value.
pub(crate) fn time(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse()
        .map_err(|_| "a time has its hour and its zone: 2026-11-22T12:00:00Z".to_owned())
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let position = text.parse().map(Self::At);
        position
            .or_else(|_| text.parse().map(Self::On))
            .map_err(|_| {
                "a moment is a position (4711) or a time (2026-11-22T12:00:00Z)".to_owned()
            })
    }
}

impl Moment {
    /// The last position at that moment.
    pub(crate) async fn position(self, log: &dyn EventLog) -> anyhow::Result<Position> {
        match self {
            Self::On(time) => {
                ensure!(
                    time <= SystemClock.now(),
                    "{time} has not come yet: what will be then nobody knows"
                );
                Ok(position_at(log, time).await?)
            }
            Self::At(position) => {
                let head = log.head().await?;
                ensure!(
                    position <= head.0,
                    "the log ends at position {head}: what will be at {position} nobody knows yet"
                );
                Ok(Position(position))
            }
        }
    }
}
