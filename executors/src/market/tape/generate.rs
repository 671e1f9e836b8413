//! Makes up a tape: the same seed gives the same trades.

use super::{Tape, Trade};
use crate::market::noise::{mix, nearest};

/// Six hours, at a trade every two seconds.
const TRADES: u64 = 10_800;
const LONGEST_GAP_MS: u64 = 4_000;
/// A step is half a basis point of the first price.
const STEPS_PER_PRICE: i64 = 20_000;
/// What most trades are worth, in dollars, give or take.
const TRADE_DOLLARS: f64 = 200.0;

/// What prices and quantities of a made-up tape are measured in.
#[derive(Debug, Clone, Copy)]
pub(in crate::market) struct Scale {
    pub(in crate::market) price_places: usize,
    pub(in crate::market) quantity_places: usize,
    pub(in crate::market) first_price: i64,
    pub(in crate::market) lot_dollars: f64,
}

impl Tape {
    /// A random walk: who buys lifts the price, who sells lowers it. Whole numbers only.
    pub(in crate::market) fn generate(seed: u64, scale: Scale) -> Self {
        let step = (scale.first_price / STEPS_PER_PRICE).max(1);
        let usual = nearest(TRADE_DOLLARS / scale.lot_dollars).max(1);
        let mut last = Trade {
            at_ms: 0,
            ticks: scale.first_price.max(1),
            lots: usual,
            bought: true,
        };
        let mut trades = vec![last];
        for number in 1..TRADES {
            let draw = |kind: u64, sides: u64| {
                let drawn = mix(seed ^ mix(number ^ (kind << 32))) % sides;
                i64::try_from(drawn).unwrap_or(0)
            };
            let bought = draw(1, 2) == 0;
            let move_by = step * draw(2, 3);
            let change = if bought { move_by } else { -move_by };
            // One in ten is a large one
            let tenths = if draw(3, 10) == 0 { 200 } else { 20 };
            last = Trade {
                at_ms: last.at_ms + draw(4, LONGEST_GAP_MS),
                ticks: (last.ticks + change).max(scale.first_price / 2).max(1),
                lots: (usual * (1 + draw(5, tenths)) / 10).max(1),
                bought,
            };
            trades.push(last);
        }
        Self {
            trades,
            price_places: scale.price_places,
            quantity_places: scale.quantity_places,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCALE: Scale = Scale {
        price_places: 2,
        quantity_places: 4,
        first_price: 4_300_000,
        lot_dollars: 4.3,
    };

    #[test]
    fn the_same_seed_is_the_same_tape_and_another_seed_another() {
        let tape = Tape::generate(7, SCALE);
        assert_eq!(tape, Tape::generate(7, SCALE));
        assert_ne!(tape, Tape::generate(8, SCALE));
    }

    #[test]
    fn a_made_up_market_moves_and_does_not_run_away() {
        for seed in 0..20 {
            let tape = Tape::generate(seed, SCALE);
            let (low, high) = tape
                .trades
                .iter()
                .fold((i64::MAX, 0), |(low, high), trade| {
                    (low.min(trade.ticks), high.max(trade.ticks))
                });
            assert!(high > low + 10_000, "{seed}: {low} to {high}");
            assert!(
                low > 3_800_000 && high < 4_800_000,
                "{seed}: {low} to {high}"
            );
            let bought = tape.trades.iter().filter(|trade| trade.bought).count();
            assert!((4_900..5_900).contains(&bought), "{seed}: {bought}");
            let minutes = tape.length_ms() / 60_000;
            assert!((340..380).contains(&minutes), "{seed}: {minutes} min");
        }
    }
}
