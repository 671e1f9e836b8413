//! The way a price took inside a candle: from the open to both extremes to the close.

use super::noise::{fraction, mix, smooth, unit};
use super::recording::{CANDLE_MS, Candle};

/// How far, as a part of the candle's range, the way may stray from straight lines.
const WOBBLE: f64 = 0.15;
const WOBBLE_PERIOD_MS: u32 = 9_000;

/// A candle, and the number that decides what its inside looks like.
#[derive(Debug, Clone, Copy)]
pub(super) struct CandlePath {
    candle: Candle,
    seed: u64,
}

/// A moment in the candle, and the price in ticks then.
type Knot = (u32, f64);

impl CandlePath {
    pub(super) fn new(candle: Candle, seed: u64, index: usize) -> Self {
        let index = u64::try_from(index).unwrap_or(u64::MAX);
        Self {
            candle,
            seed: mix(seed ^ mix(index)),
        }
    }

    /// In ticks, between the candle's low and high; `offset_ms` counts from its open.
    pub(super) fn ticks_at(&self, offset_ms: u32) -> f64 {
        let knots = self.knots();
        let after = knots
            .iter()
            .position(|(at_ms, _)| *at_ms >= offset_ms)
            .unwrap_or(knots.len() - 1)
            .max(1);
        let ((from_ms, from), (to_ms, to)) = (knots[after - 1], knots[after]);
        let passed = i64::from(offset_ms.saturating_sub(from_ms));
        let part = fraction(passed, to_ms - from_ms);
        let (low, high) = self.bounds();
        let wobble = smooth(self.seed, i64::from(offset_ms), WOBBLE_PERIOD_MS);
        let stray = (high - low) * WOBBLE * wobble * 4.0 * part * (1.0 - part);
        (from + (to - from) * part + stray).clamp(low, high)
    }

    /// Lowest and highest price in ticks from one moment to another, both included.
    pub(super) fn range(&self, from_ms: u32, to_ms: u32) -> (f64, f64) {
        if from_ms == 0 && to_ms >= CANDLE_MS {
            return self.bounds();
        }
        let turns = self.knots().map(|(at_ms, _)| at_ms);
        let turns = turns
            .into_iter()
            .filter(|at_ms| (from_ms..=to_ms).contains(at_ms));
        (from_ms..=to_ms)
            .step_by(1_000)
            .chain([to_ms])
            .chain(turns)
            .map(|at_ms| self.ticks_at(at_ms))
            .fold((f64::MAX, f64::MIN), |(low, high), ticks| {
                (low.min(ticks), high.max(ticks))
            })
    }

    fn bounds(&self) -> (f64, f64) {
        (f64::from(self.candle.low), f64::from(self.candle.high))
    }

    /// A rising candle more often dips first, a falling one more often jumps first.
    fn knots(&self) -> [Knot; 4] {
        let (low, high) = self.bounds();
        let rising = self.candle.close >= self.candle.open;
        let usual = unit(self.seed, 1) < 0.75;
        let (first, second) = if rising == usual {
            (low, high)
        } else {
            (high, low)
        };
        [
            (0, f64::from(self.candle.open)),
            (self.moment(2, 27_000), first),
            (self.moment(3, 99_000), second),
            (CANDLE_MS, f64::from(self.candle.close)),
        ]
    }

    /// Somewhere in the 54 seconds after `earliest_ms`.
    fn moment(&self, draw: u64, earliest_ms: u32) -> u32 {
        let later = mix(self.seed ^ draw) % 54_000;
        earliest_ms + u32::try_from(later).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(seed: u64) -> CandlePath {
        let candle = Candle {
            open: 1_000,
            high: 1_100,
            low: 960,
            close: 1_040,
            volume: 1,
            taker_bought: 1,
        };
        CandlePath::new(candle, seed, 0)
    }

    #[test]
    fn a_path_starts_at_the_open_touches_both_extremes_and_ends_at_the_close() {
        for seed in 0..50 {
            let path = path(seed);
            let is = |at_ms, ticks: f64| (path.ticks_at(at_ms) - ticks).abs() < 1e-9;
            assert!(is(0, 1_000.0) && is(CANDLE_MS, 1_040.0));
            let (low, high) = path.range(1, CANDLE_MS - 1);
            assert!(
                (low - 960.0).abs() < 1e-9 && (high - 1_100.0).abs() < 1e-9,
                "{seed}"
            );
        }
    }

    #[test]
    fn a_path_has_no_jumps() {
        for seed in 0..50 {
            let path = path(seed);
            for at_ms in (1_000..=CANDLE_MS).step_by(1_000) {
                let step = (path.ticks_at(at_ms) - path.ticks_at(at_ms - 1_000)).abs();
                assert!(step < 0.25 * 140.0, "{step} at {at_ms} of {seed}");
            }
        }
    }
}
