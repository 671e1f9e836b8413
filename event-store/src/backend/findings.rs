//! The findings every backend reports in the same words.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::log::HealthLine;

/// Clocks of two machines may differ by so much.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

impl HealthLine {
    /// `last` is when the last event was recorded; `now` is the database's clock.
    pub(crate) fn in_the_past(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        let text = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Micros, true);
        let last_text = last.map_or_else(|| "never".to_owned(), text);
        Self {
            check: "no event is from the future".to_owned(),
            healthy: last.is_none_or(|last| last <= now + AHEAD),
            finding: format!(
                "the last was recorded at {last_text}, now it is {} in the database",
                text(now)
            ),
        }
    }

    /// `missing` are the names of those that are gone or switched off.
    pub(crate) fn guarded(missing: &[&str]) -> Self {
        Self {
            check: "the database refuses to change history".to_owned(),
            healthy: missing.is_empty(),
            finding: if missing.is_empty() {
                "its triggers are in place".to_owned()
            } else {
                format!(
                    "somebody took away what keeps events from being edited: {}",
                    missing.join(", ")
                )
            },
        }
    }

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
