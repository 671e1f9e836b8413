//! The findings every backend reports in the same words.

use crate::log::HealthLine;

impl HealthLine {
    pub(crate) fn gapless(head: i64, events: i64) -> Self {
        Self {
            check: "positions have no gaps".to_owned(),
            healthy: head == events,
            finding: format!("{events} events, the last at position {head}"),
        }
    }

    pub(crate) fn gapless_streams(gapped: i64) -> Self {
        Self {
            check: "every stream counts 1, 2, 3, …".to_owned(),
            healthy: gapped == 0,
            finding: match gapped {
                0 => "no stream misses an event".to_owned(),
                gapped => format!("{gapped} streams miss events"),
            },
        }
    }
}
