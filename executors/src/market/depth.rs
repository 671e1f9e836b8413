//! The order book around a price.

use domain::execution::Side;
use strategies::{Book, Level};

use super::listing::Listing;
use super::noise::{mix, nearest, unit};

const LEVELS: usize = 12;
/// What rests at the best price of the largest venue, in dollars, give or take.
const DOLLARS_AT_BEST: f64 = 3_000.0;
/// What rests at each price behind it.
const DOLLARS_BEHIND: f64 = 9_000.0;
/// The part of the prices behind the best at which anything rests.
const OCCUPIED: f64 = 0.7;
/// Resting quantities stay for that long.
const REST_MS: i64 = 3_000;
/// Spreads of half a basis point to one and a half.
const SPREAD_PARTS: i64 = 20_000;
const WIDEST_SPREAD: u64 = 3;

impl Listing {
    pub(super) fn book_at(&self, at_ms: i64) -> Book {
        let (bid, ask) = self.best_at(at_ms);
        let moment = at_ms.div_euclid(REST_MS);
        Book {
            bids: self.side(Side::Buy, bid, ask - bid, moment),
            asks: self.side(Side::Sell, ask, ask - bid, moment),
            at: None,
        }
    }

    /// Best bid and ask in ticks: the last price is never outside them, and the bid may be zero,
    /// which is no bid.
    pub(super) fn best_at(&self, at_ms: i64) -> (i64, i64) {
        let last = self.ticks_at(at_ms);
        let parts = i64::try_from(1 + self.book_seed % WIDEST_SPREAD).unwrap_or(1);
        let spread = (last.saturating_mul(parts) / SPREAD_PARTS).max(1);
        let bid = last - spread / 2;
        (bid, bid + spread)
    }

    /// Behind the best price, quantities rest at round prices, so that they stay where they are
    /// while the best price moves.
    fn side(&self, side: Side, best: i64, spread: i64, moment: i64) -> Vec<Level> {
        let step = (spread / 2).max(1);
        let next = |ticks: i64| match side {
            Side::Buy => (ticks - 1).div_euclid(step) * step,
            Side::Sell => (ticks.div_euclid(step) + 1) * step,
        };
        let behind = std::iter::successors(Some(next(best)), |ticks| Some(next(*ticks)))
            .take_while(|ticks| *ticks > 0)
            .filter(|ticks| unit(self.seed_of(*ticks), -1) < OCCUPIED)
            .map(|ticks| self.level(ticks, DOLLARS_BEHIND, moment));
        let best = (best > 0).then(|| self.level(best, DOLLARS_AT_BEST, moment));
        best.into_iter().chain(behind).take(LEVELS).collect()
    }

    fn level(&self, ticks: i64, dollars: f64, moment: i64) -> Level {
        let give_or_take = 0.4 + 1.2 * unit(self.seed_of(ticks), moment);
        let lots = nearest(dollars * self.share * give_or_take / self.lot_dollars);
        Level {
            price: self.tick.times(ticks),
            quantity: self.lot.times(lots.max(1)),
        }
    }

    fn seed_of(&self, ticks: i64) -> u64 {
        mix(self.book_seed ^ mix(ticks.cast_unsigned()))
    }
}
