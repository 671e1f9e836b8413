//! A made-up market for pairs that were never recorded.

use super::currency::{centre, value_at};
use super::noise::{mix, seed_for, smooth};
use super::pair::Pair;

/// Looked at when a span is longer than that many seconds: the path between two looks is smooth.
const MOST_LOOKS: i64 = 64;
/// What takers trade at the largest venue, in dollars per second.
const DOLLARS_PER_SECOND: f64 = 2_000.0;
const BUSY_PERIOD_MS: u32 = 300_000;
const MOOD_PERIOD_MS: u32 = 60_000;

/// Both currencies wander in dollars, so that prices of three pairs agree with each other.
#[derive(Debug, Clone)]
pub(super) struct Wander {
    pub(super) pair: Pair,
    pub(super) seed: u64,
}

impl Wander {
    /// The price around which the pair wanders.
    pub(super) fn centre(&self) -> f64 {
        centre(self.seed, &self.pair.base) / centre(self.seed, &self.pair.quote)
    }

    pub(super) fn price_at(&self, at_ms: i64) -> f64 {
        value_at(self.seed, &self.pair.base, at_ms) / value_at(self.seed, &self.pair.quote, at_ms)
    }

    pub(super) fn range(&self, from_ms: i64, to_ms: i64) -> (f64, f64) {
        let span_ms = to_ms.saturating_sub(from_ms).max(0);
        let looks = (span_ms / 1_000 + 1).min(MOST_LOOKS);
        (0..=looks)
            .map(|look| from_ms.saturating_add((span_ms / looks).saturating_mul(look)))
            .chain([to_ms])
            .map(|at_ms| self.price_at(at_ms))
            .fold((f64::MAX, f64::MIN), |(low, high), price| {
                (low.min(price), high.max(price))
            })
    }

    /// Units of base currency that takers bought and sold.
    pub(super) fn flow(&self, from_ms: i64, to_ms: i64) -> (f64, f64) {
        let span_ms = to_ms.saturating_sub(from_ms).max(0);
        let middle_ms = from_ms.saturating_add(span_ms / 2);
        let seconds = f64::from(u32::try_from(span_ms).unwrap_or(u32::MAX)) / 1_000.0;
        let own = seed_for(self.seed, &self.pair.base);
        let busy = 1.0 + 0.8 * smooth(mix(own ^ 1), middle_ms, BUSY_PERIOD_MS);
        let bought = 0.5 + 0.3 * smooth(mix(own ^ 2), middle_ms, MOOD_PERIOD_MS);
        let dollars = DOLLARS_PER_SECOND * seconds * busy;
        let units = dollars / value_at(self.seed, &self.pair.base, middle_ms);
        (units * bought, units * (1.0 - bought))
    }
}
