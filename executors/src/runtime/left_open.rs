//! Sees to it that what a strategy holds and should not is not left in silence.

use chrono::{DateTime, TimeDelta, Utc};
use metrics::counter;

/// Closing something takes a look or two; longer, and somebody should know.
const PATIENCE: TimeDelta = TimeDelta::seconds(30);

/// Of one run, as long as one process holds it: the next one counts anew, and raises its own alarm.
#[derive(Debug, Default)]
pub(crate) struct LeftOpen {
    since: Option<DateTime<Utc>>,
    alarmed: bool,
    unsaid: Option<String>,
}

impl LeftOpen {
    /// Takes in what a decision says is open.
    pub(crate) fn note(&mut self, open: Option<String>, now: DateTime<Utc>) {
        let Some(open) = open else {
            self.since = None;
            self.alarmed = false;
            return;
        };
        let since = *self.since.get_or_insert(now);
        if self.alarmed || now - since < PATIENCE {
            return;
        }
        self.alarmed = true;
        counter!("positions_left_open_total").increment(1);
        let seconds = PATIENCE.num_seconds();
        self.unsaid = Some(format!(
            "alarm: {open}, and has not been closed within {seconds} s"
        ));
    }

    /// The alarm, to be said once.
    pub(crate) fn alarm(&mut self) -> Option<String> {
        self.unsaid.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alarm_is_raised_once_until_it_is_closed() {
        let mut left_open = LeftOpen::default();
        let mut at = |second: i64, open: Option<&str>| {
            let now = DateTime::UNIX_EPOCH + TimeDelta::seconds(second);
            left_open.note(open.map(str::to_owned), now);
            left_open.alarm()
        };
        assert_eq!(at(0, Some("1 is bought")), None);
        assert_eq!(at(29, Some("1 is bought")), None);
        let told = "alarm: 0.5 is bought, and has not been closed within 30 s";
        assert_eq!(at(30, Some("0.5 is bought")).as_deref(), Some(told));
        assert_eq!(at(31, Some("0.5 is bought")), None);
        assert_eq!(at(32, None), None);
        assert_eq!(at(60, Some("2 is sold")), None);
        assert!(at(90, Some("2 is sold")).is_some());
    }
}
