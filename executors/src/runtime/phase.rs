//! When a run is due next.

use chrono::{DateTime, TimeDelta, Utc};

/// The first moment after `now` that is a whole number of cadences after `due`. A run that was
/// late runs once, not once per moment it missed, and keeps its phase.
pub(crate) fn next_due(
    due: DateTime<Utc>,
    cadence: TimeDelta,
    now: DateTime<Utc>,
) -> DateTime<Utc> {
    let step = cadence.num_milliseconds().max(1);
    let behind = (now - due).num_milliseconds();
    if behind < 0 {
        return due + TimeDelta::milliseconds(step);
    }
    let steps = behind / step + 1;
    due + TimeDelta::milliseconds(steps * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_700_000_000_000 + ms).unwrap()
    }

    #[test]
    fn late_runs_do_not_pile_up_and_keep_their_phase() {
        let cadence = TimeDelta::seconds(2);
        assert_eq!(next_due(at(0), cadence, at(0)), at(2000));
        assert_eq!(next_due(at(0), cadence, at(900)), at(2000));
        assert_eq!(next_due(at(0), cadence, at(8500)), at(10_000));
        assert_eq!(next_due(at(0), cadence, at(8000)), at(10_000));
    }
}
