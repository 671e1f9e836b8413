//! A tape played against simulated time.

use std::sync::Arc;

use super::{Tape, Trade};

#[derive(Debug, Clone)]
pub(in crate::market) struct TapePlayback {
    pub(in crate::market) tape: Arc<Tape>,
    /// Played forth and back for ever, so that there is no jump from the end to the start;
    /// otherwise the last price holds.
    pub(in crate::market) looped: bool,
}

impl TapePlayback {
    pub(in crate::market) fn ticks_at(&self, at_ms: i64) -> i64 {
        let until = self.tape.count_until(self.place(at_ms));
        let last = until
            .checked_sub(1)
            .and_then(|index| self.tape.trades.get(index));
        last.map_or_else(|| self.tape.first_price(), |trade| trade.ticks)
    }

    /// The lowest and the highest price of the span.
    pub(in crate::market) fn range(&self, from_ms: i64, to_ms: i64) -> (i64, i64) {
        let ends = [self.ticks_at(from_ms), self.ticks_at(to_ms)];
        self.trades_between(from_ms, to_ms)
            .map(|trade| trade.ticks)
            .chain(ends)
            .fold((i64::MAX, i64::MIN), |(low, high), ticks| {
                (low.min(ticks), high.max(ticks))
            })
    }

    /// Lots that takers bought and sold.
    pub(in crate::market) fn flow(&self, from_ms: i64, to_ms: i64) -> (i64, i64) {
        self.trades_between(from_ms, to_ms)
            .fold((0_i64, 0_i64), |(bought, sold), trade| {
                if trade.bought {
                    (bought.saturating_add(trade.lots), sold)
                } else {
                    (bought, sold.saturating_add(trade.lots))
                }
            })
    }

    /// After the one moment, until the other. Longer spans than a whole round trip see nothing
    /// that the first one did not show.
    fn trades_between(&self, from_ms: i64, to_ms: i64) -> impl Iterator<Item = &Trade> {
        let length = self.tape.length_ms();
        let first = from_ms.div_euclid(length);
        let last = to_ms.div_euclid(length).min(first.saturating_add(2));
        (first..=last).flat_map(move |round| self.trades_of_round(round, from_ms, to_ms))
    }

    fn trades_of_round(&self, round: i64, from_ms: i64, to_ms: i64) -> &[Trade] {
        let length = self.tape.length_ms();
        let start_ms = round.saturating_mul(length);
        let clip = |at_ms: i64| at_ms.saturating_sub(start_ms).clamp(0, length);
        let (from, to) = (clip(from_ms), clip(to_ms));
        let (after, until) = match self.direction(round) {
            Direction::Forth => (from, to),
            Direction::Back => (length - to, length - from),
            Direction::Still => return &[],
        };
        let range = self.tape.count_until(after)..self.tape.count_until(until);
        self.tape.trades.get(range).unwrap_or_default()
    }

    /// The place on the tape at a moment.
    fn place(&self, at_ms: i64) -> i64 {
        let length = self.tape.length_ms();
        let passed = at_ms.rem_euclid(length);
        match self.direction(at_ms.div_euclid(length)) {
            Direction::Forth => passed,
            Direction::Back => length - passed,
            Direction::Still => at_ms.clamp(0, length),
        }
    }

    fn direction(&self, round: i64) -> Direction {
        if round == 0 {
            Direction::Forth
        } else if !self.looped {
            Direction::Still
        } else if round.rem_euclid(2) == 0 {
            Direction::Forth
        } else {
            Direction::Back
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forth,
    Back,
    /// Before the beginning or after the end of a tape that is played once.
    Still,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn playback(looped: bool) -> TapePlayback {
        let csv = "time,price,quantity,side\n\
                   1000,10,1,buy\n1500,12,2,buy\n1500,9,4,sell\n2000,11,8,sell\n";
        TapePlayback {
            tape: Arc::new(Tape::read(csv.as_bytes()).unwrap()),
            looped,
        }
    }

    #[test]
    fn the_price_is_that_of_the_last_trade() {
        let once = playback(false);
        let prices = [-5, 0, 499, 500, 999, 1000, 99_000].map(|at_ms| once.ticks_at(at_ms));
        assert_eq!(prices, [10, 10, 10, 9, 9, 11, 11]);
    }

    #[test]
    fn a_tape_that_is_played_for_ever_turns_round_at_its_ends() {
        let forever = playback(true);
        for at_ms in 0..1000 {
            assert_eq!(forever.ticks_at(at_ms), forever.ticks_at(-at_ms), "{at_ms}");
            assert_eq!(forever.ticks_at(at_ms), forever.ticks_at(2000 - at_ms));
            assert_eq!(forever.ticks_at(at_ms), forever.ticks_at(2000 + at_ms));
        }
    }

    #[test]
    fn each_trade_is_in_one_span_and_no_other() {
        let once = playback(false);
        assert_eq!(once.flow(0, 499), (0, 0));
        assert_eq!(once.flow(499, 500), (2, 4));
        assert_eq!(once.flow(500, 5000), (0, 8));
        assert_eq!(once.range(0, 499), (10, 10));
        assert_eq!(once.range(400, 600), (9, 12));
        let forever = playback(true);
        let pieces = (0..40).map(|piece| forever.flow(piece * 100, piece * 100 + 100));
        let sum = pieces.fold((0, 0), |sum, flow| (sum.0 + flow.0, sum.1 + flow.1));
        // Forth, back, forth and back: the last trade is told at each turn
        assert_eq!(sum, (4 * 2, 4 * (4 + 8)));
    }
}
