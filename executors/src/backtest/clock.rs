//! The time of a backtest.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use domain::clock::Clock;

#[derive(Debug)]
pub(super) struct SteppedClock(Mutex<DateTime<Utc>>);

impl SteppedClock {
    pub(super) fn at(start: DateTime<Utc>) -> Self {
        Self(Mutex::new(start))
    }

    pub(super) fn set(&self, now: DateTime<Utc>) {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> DateTime<Utc> {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
