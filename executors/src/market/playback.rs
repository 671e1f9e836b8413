//! A recording played against simulated time.

use super::candle_path::CandlePath;
use super::noise::fraction;
use super::recording::{CANDLE_MS, Candle};

#[derive(Debug, Clone, Copy)]
pub(super) struct Playback {
    pub(super) candles: &'static [Candle],
    pub(super) seed: u64,
    /// Played forth and back for ever, so that there is no jump from the end to the start;
    /// otherwise the last price holds.
    pub(super) looped: bool,
}

/// A stretch inside one candle, in milliseconds from its open.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    index: usize,
    from_ms: u32,
    to_ms: u32,
}

impl Playback {
    pub(super) fn ticks_at(&self, at_ms: i64) -> f64 {
        match self.stretch(at_ms.div_euclid(CANDLE_MS.into()), at_ms, at_ms) {
            Some(stretch) => self.path(stretch.index).ticks_at(stretch.from_ms),
            None => self.outside(at_ms),
        }
    }

    pub(super) fn range(&self, from_ms: i64, to_ms: i64) -> (f64, f64) {
        let ends = [self.ticks_at(from_ms), self.ticks_at(to_ms)];
        let ends = ends.into_iter().map(|ticks| (ticks, ticks));
        let inside = self.stretches(from_ms, to_ms).map(|stretch| {
            self.path(stretch.index)
                .range(stretch.from_ms, stretch.to_ms)
        });
        inside
            .chain(ends)
            .fold((f64::MAX, f64::MIN), |(low, high), range| {
                (low.min(range.0), high.max(range.1))
            })
    }

    /// Units of base currency that takers bought and sold.
    pub(super) fn flow(&self, from_ms: i64, to_ms: i64) -> (f64, f64) {
        self.stretches(from_ms, to_ms)
            .map(|stretch| self.flow_of(stretch))
            .fold((0.0, 0.0), |total, part| {
                (total.0 + part.0, total.1 + part.1)
            })
    }

    fn flow_of(&self, stretch: Stretch) -> (f64, f64) {
        let Some(candle) = self.candles.get(stretch.index) else {
            return (0.0, 0.0);
        };
        let part = fraction(i64::from(stretch.to_ms - stretch.from_ms), CANDLE_MS);
        let sold = candle.volume.saturating_sub(candle.taker_bought);
        (
            f64::from(candle.taker_bought) * part,
            f64::from(sold) * part,
        )
    }

    /// Longer spans than a whole round trip see nothing that the first one did not show.
    fn stretches(&self, from_ms: i64, to_ms: i64) -> impl Iterator<Item = Stretch> {
        let candle_ms = i64::from(CANDLE_MS);
        let (first, last) = (from_ms.div_euclid(candle_ms), to_ms.div_euclid(candle_ms));
        let last = last.min(first.saturating_add(2 * self.length()));
        (first..=last).filter_map(move |number| self.stretch(number, from_ms, to_ms))
    }

    /// The part of the span that lies in the candle played `number`-th, counted from the epoch.
    fn stretch(&self, number: i64, from_ms: i64, to_ms: i64) -> Option<Stretch> {
        let start_ms = number.saturating_mul(CANDLE_MS.into());
        let clip = |at_ms: i64| {
            let offset = at_ms.saturating_sub(start_ms).clamp(0, CANDLE_MS.into());
            u32::try_from(offset).unwrap_or(CANDLE_MS)
        };
        let (from, to) = (clip(from_ms), clip(to_ms));
        let round = number.div_euclid(self.length());
        let position = usize::try_from(number.rem_euclid(self.length())).ok()?;
        if round == 0 || (self.looped && round.rem_euclid(2) == 0) {
            return Some(Stretch {
                index: position,
                from_ms: from,
                to_ms: to,
            });
        }
        self.looped.then(|| Stretch {
            index: self.candles.len() - 1 - position,
            from_ms: CANDLE_MS - to,
            to_ms: CANDLE_MS - from,
        })
    }

    fn path(&self, index: usize) -> CandlePath {
        CandlePath::new(self.candles[index], self.seed, index)
    }

    fn outside(&self, at_ms: i64) -> f64 {
        let ticks = if at_ms < 0 {
            self.candles.first().map(|candle| candle.open)
        } else {
            self.candles.last().map(|candle| candle.close)
        };
        f64::from(ticks.unwrap_or_default())
    }

    /// Never zero: a recording without candles is refused when it is read.
    fn length(&self) -> i64 {
        i64::try_from(self.candles.len()).unwrap_or(i64::MAX).max(1)
    }
}
