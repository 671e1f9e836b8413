//! The machine's clock. These commands only read, so nothing they do depends on it.

use chrono::{DateTime, Utc};
use domain::clock::Clock;

#[derive(Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is the clock others are given"
        )]
        Utc::now()
    }
}
