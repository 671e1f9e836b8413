//! How long the last commands took, by what they did.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Of each kind: enough for a 99th percentile that means something.
const KEPT: usize = 512;

/// Kept in this process, and gone with it.
#[derive(Debug, Default)]
pub(crate) struct CommandTimes(Mutex<BTreeMap<String, VecDeque<Duration>>>);

/// Commands that led to the same event, from being asked to being recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandTime {
    /// The first event they recorded.
    pub event_type: String,
    /// The last few, of which the others are.
    pub count: usize,
    pub median: Duration,
    /// The 99th percentile; with few commands the slowest.
    pub p99: Duration,
}

impl CommandTimes {
    pub(crate) fn took(&self, event_type: String, duration: Duration) {
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kinds.entry(event_type).or_default();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(duration);
    }

    pub(crate) fn told(&self) -> Vec<CommandTime> {
        let kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = kinds.iter().map(|(event_type, kept)| {
            let mut sorted: Vec<Duration> = kept.iter().copied().collect();
            sorted.sort_unstable();
            CommandTime {
                event_type: event_type.clone(),
                count: sorted.len(),
                median: percentile(&sorted, 50),
                p99: percentile(&sorted, 99),
            }
        });
        told.collect()
    }
}

/// The value that so many of a hundred do not exceed.
fn percentile(sorted: &[Duration], of_hundred: usize) -> Duration {
    let rank = (sorted.len() * of_hundred).div_ceil(100);
    sorted
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(milliseconds: impl IntoIterator<Item = u64>) -> CommandTimes {
        let times = CommandTimes::default();
        for one in milliseconds {
            times.took("Counted".to_owned(), Duration::from_millis(one));
        }
        times
    }

    #[test]
    fn a_few_are_told_by_their_median_and_their_slowest() {
        let told = times([9, 1, 5]).told();
        let expected = CommandTime {
            event_type: "Counted".to_owned(),
            count: 3,
            median: Duration::from_millis(5),
            p99: Duration::from_millis(9),
        };
        assert_eq!(told, [expected]);
    }

    #[test]
    fn one_in_a_hundred_may_be_slower() {
        let told = times(1..=200).told();
        assert_eq!(told[0].median, Duration::from_millis(100));
        assert_eq!(told[0].p99, Duration::from_millis(198));
    }

    #[test]
    fn old_ones_are_forgotten() {
        let slow = std::iter::repeat_n(1_000, KEPT);
        let told = times(slow.chain(std::iter::repeat_n(1, KEPT))).told();
        assert_eq!(told[0].count, KEPT);
        assert_eq!(told[0].p99, Duration::from_millis(1));
    }
}
