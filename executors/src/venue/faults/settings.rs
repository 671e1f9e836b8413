//! What goes wrong, and how often.

use chrono::TimeDelta;

use super::Chance;

/// Nothing, unless a chance is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultSettings {
    pub seed: u64,
    /// A request about an order never reaches the venue, and nobody is told.
    pub lost_requests: Chance,
    /// The venue does what it was asked, but its answer is lost.
    pub lost_answers: Chance,
    /// Whoever asks waits in vain; half of the time the venue has done what it was asked.
    pub silences: Chance,
    /// A trade is told twice, and once more later.
    pub repeated_fills: Chance,
    /// A trade is told later than it happened.
    pub late_fills: Chance,
    pub lateness: TimeDelta,
    /// For an episode nothing reaches the venue.
    pub disconnects: Chance,
    /// For an episode books and prices stay what they were.
    pub stale_books: Chance,
    /// For an episode the best bid is above the best ask.
    pub crossed_books: Chance,
    pub episode: TimeDelta,
}

impl FaultSettings {
    pub fn none(seed: u64) -> Self {
        Self {
            seed,
            lost_requests: Chance::NEVER,
            lost_answers: Chance::NEVER,
            silences: Chance::NEVER,
            repeated_fills: Chance::NEVER,
            late_fills: Chance::NEVER,
            lateness: TimeDelta::seconds(3),
            disconnects: Chance::NEVER,
            stale_books: Chance::NEVER,
            crossed_books: Chance::NEVER,
            episode: TimeDelta::seconds(10),
        }
    }

    /// Whether nothing can go wrong.
    pub fn is_none(&self) -> bool {
        let none = Self {
            lateness: self.lateness,
            episode: self.episode,
            ..Self::none(self.seed)
        };
        *self == none
    }
}
