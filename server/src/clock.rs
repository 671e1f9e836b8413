//! The one place that reads the machine's clock.

use chrono::{DateTime, Utc};
use domain::clock::Clock;

/// The machine's clock, in UTC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "every other part takes its time from here"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}
