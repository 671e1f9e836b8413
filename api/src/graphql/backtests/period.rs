//! Which part of the data a backtest may live through.

use super::options::MOST_STEPS;
use crate::backtests::{BacktestData, Recording};
use crate::graphql::user_error::{UserError, UserErrorCode};

/// Generated prices go on for ever; this is as long as the recording.
const LONGEST: i64 = 90 * 86_400;
/// Nothing ends a backtest within a step: one must not last.
const LONGEST_STEP: i64 = 3_600;

/// In seconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    pub(super) from: i64,
    pub(super) length: i64,
    pub(super) step: i64,
}

/// Everything that speaks against it.
pub(super) fn wrong_period(
    period: &Period,
    data: BacktestData,
    recording: &Recording,
) -> Vec<UserError> {
    let Period { from, length, step } = *period;
    let mut wrong = vec![];
    let mut say = |pointer: &str, message: String| {
        let error = UserError::new(UserErrorCode::InvalidInput, message);
        wrong.push(error.at(pointer));
    };
    let there = match data {
        BacktestData::Recorded => (recording.until - recording.from).num_seconds(),
        BacktestData::Generated => LONGEST,
    };
    if !(1..=LONGEST_STEP).contains(&step) {
        say("/stepSeconds", format!("Must be from 1 to {LONGEST_STEP}"));
    }
    if !(0..there).contains(&from) {
        say("/fromSeconds", format!("Must be from 0 to {}", there - 1));
    }
    let left = there - from.clamp(0, there);
    if length < step.max(1) {
        say("/lengthSeconds", "Must be at least one step".to_owned());
    } else if length > left {
        let message = format!("The data ends {left} seconds after that");
        say("/lengthSeconds", message);
    } else if length / step.max(1) > MOST_STEPS {
        let message =
            format!("That is more than {MOST_STEPS} steps: try a shorter time, or look less often");
        say("/lengthSeconds", message);
    }
    wrong
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::*;

    fn pointers(from: i64, length: i64, step: i64) -> Vec<String> {
        let begins = DateTime::<Utc>::UNIX_EPOCH;
        let recording = Recording {
            pair: "WLD/USDT".to_owned(),
            from: begins,
            until: begins + TimeDelta::days(90),
        };
        let period = Period { from, length, step };
        wrong_period(&period, BacktestData::Recorded, &recording)
            .into_iter()
            .filter_map(|error| error.pointer)
            .collect()
    }

    #[test]
    fn what_lies_in_the_recording_may_be_tried() {
        assert_eq!(pointers(0, 21_600, 1), [""; 0]);
        assert_eq!(pointers(89 * 86_400, 86_400, 1), [""; 0]);
        assert_eq!(pointers(0, 90 * 86_400, 90), [""; 0]);
        assert_eq!(pointers(0, 90 * 86_400, 3_600), [""; 0]);
    }

    #[test]
    fn everything_wrong_is_said_at_its_field() {
        assert_eq!(pointers(-1, 10, 1), ["/fromSeconds"]);
        assert_eq!(
            pointers(i64::MAX, 10, 1),
            ["/fromSeconds", "/lengthSeconds"]
        );
        assert_eq!(pointers(0, 0, 1), ["/lengthSeconds"]);
        assert_eq!(pointers(0, i64::MAX, 1), ["/lengthSeconds"]);
        assert_eq!(pointers(89 * 86_400, 86_401, 1), ["/lengthSeconds"]);
        assert_eq!(pointers(0, 90 * 86_400, 1), ["/lengthSeconds"]);
        assert_eq!(pointers(0, 86_401, 1), ["/lengthSeconds"]);
        assert_eq!(pointers(0, 10, 0), ["/stepSeconds"]);
        assert_eq!(pointers(0, 86_400, 3_601), ["/stepSeconds"]);
        assert_eq!(pointers(0, 10, i64::MIN), ["/stepSeconds"]);
        assert_eq!(pointers(0, 10, 11), ["/lengthSeconds"]);
    }
}
