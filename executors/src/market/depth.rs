//! The order book around a price.

use domain::execution::Side;
use strategies::{Book, Level};

use super::listing::Listing;
use super::noise::{mix, nearest, unit};

const LEVELS: usize = 12;
/// What rests at the best price of the largest venue, in dollars, give or take.
const DOLLARS_AT_BEST: f64 = 3_000.0;
/// How much more rests at each further level.
const GROWTH: f64 = 0.35;
/// Resting quantities stay for that long.
const REST_MS: i64 = 3_000;
/// Spreads of up to three basis points.
const SPREAD_PARTS: i64 = 10_000;
const WIDEST_SPREAD: u64 = 3;

impl Listing {
    pub(super) fn book_at(&self, at_ms: i64) -> Book {
        let (bid, ask) = self.best_at(at_ms);
        let moment = at_ms.div_euclid(REST_MS);
        Book {
            bids: self.side(Side::Buy, bid, ask - bid, moment),
            asks: self.side(Side::Sell, ask, ask - bid, moment),
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

    fn side(&self, side: Side, best: i64, spread: i64, moment: i64) -> Vec<Level> {
        let away = match side {
            Side::Buy => -1,
            Side::Sell => 1,
        };
        let mut ticks = best;
        let mut dollars = DOLLARS_AT_BEST * self.share;
        let mut levels = Vec::with_capacity(LEVELS);
        for _ in 0..LEVELS {
            if ticks < 1 {
                break;
            }
            let seed = mix(self.book_seed ^ mix(ticks.cast_unsigned()));
            let lots = nearest(dollars * (0.4 + 1.2 * unit(seed, moment)) / self.lot_dollars);
            levels.push(Level {
                price: self.tick.times(ticks),
                quantity: self.lot.times(lots.max(1)),
            });
            let gap = 1 + i64::from(unit(seed, -1) < 0.5);
            ticks = ticks.saturating_add(away * gap * (spread / 2).max(1));
            dollars *= 1.0 + GROWTH;
        }
        levels
    }
}
