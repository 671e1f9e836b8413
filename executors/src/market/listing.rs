//! One pair at one exchange: where its price comes from, and what sets it apart from the same pair
//! elsewhere.

use std::sync::Arc;

use domain::money::Decimal;

use super::currency;
use super::noise::{mix, nearest, real, seed_for, smooth, unit};
use super::pair::Pair;
use super::playback::Playback;
use super::recording::{PRICE_PLACES, wld_usdt};
use super::tape::{Scale, Tape, TapePlayback};
use super::wander::Wander;
use super::{MarketConfig, RecordingError};

/// The exchange whose prices are the recorded ones; the others are a little off.
pub(super) const HOME: &str = "binance";
/// How far, as a part of the price, and for how long another exchange is off. Together rarely more
/// than 20 basis points: now and then there is something in it for an arbitrage.
const BASIS: [(u32, f64); 2] = [(1_200_000, 0.001_8), (120_000, 0.001_0)];
const LASTING_BASIS: f64 = 0.000_5;
/// Prices have six digits.
const TICKS_PER_PRICE: f64 = 100_000.0;
/// A lot is worth ten cents at most, unless one unit of the currency is less.
const LOT_DOLLARS: f64 = 0.1;
/// The least order is worth a dollar at most, or one unit of the quote currency where that is less.
const LEAST_ORDER_DOLLARS: f64 = 1.0;
const MOST_PLACES: usize = 18;

#[derive(Debug)]
pub(super) struct Listing {
    source: Source,
    /// `None` at home.
    basis_seed: Option<u64>,
    pub(super) book_seed: u64,
    pub(super) tick: Grid,
    pub(super) lot: Grid,
    /// What an order must be worth, in quote currency.
    pub(super) min_notional: Decimal,
    /// How much is traded here, as a part of what is traded at home.
    pub(super) share: f64,
    /// What a lot is worth, roughly.
    pub(super) lot_dollars: f64,
}

#[derive(Debug)]
enum Source {
    Recorded(Playback),
    Taped(TapePlayback),
    Wandering(Wander),
}

/// A power of ten that values are multiples of.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    places: usize,
    pub(super) step: Decimal,
    pub(super) size: f64,
}

impl Listing {
    pub(super) fn new(
        config: &MarketConfig,
        exchange: &str,
        pair: Pair,
    ) -> Result<Self, RecordingError> {
        let own = seed_for(seed_for(config.seed, exchange), &pair.base);
        let dollars = currency::centre(config.seed, &pair.base);
        let quote_dollars = currency::centre(config.seed, &pair.quote);
        let (source, tick) = if pair.is("WLD", "USDT") {
            let playback = Playback {
                candles: wld_usdt()?,
                seed: config.seed,
                looped: config.loop_recorded,
            };
            (Source::Recorded(playback), Grid::of_places(PRICE_PLACES))
        } else {
            let seed = config.seed;
            let wander = Wander { pair, seed };
            let tick = Grid::below(wander.centre() / TICKS_PER_PRICE);
            (Source::Wandering(wander), tick)
        };
        let lot = Grid::below(LOT_DOLLARS / dollars);
        let sizes = (lot, dollars, quote_dollars);
        Ok(Self::of(exchange, own, source, tick, sizes))
    }

    /// A pair whose trades were taped: prices and quantities have the tape's places.
    pub(super) fn taped(
        config: &MarketConfig,
        exchange: &str,
        pair: &Pair,
        tape: Arc<Tape>,
    ) -> Self {
        let own = seed_for(seed_for(config.seed, exchange), &pair.base);
        let tick = Grid::of_places(tape.price_places());
        let lot = Grid::of_places(tape.quantity_places());
        let quote_dollars = currency::centre(config.seed, &pair.quote);
        let dollars = real(tape.first_price()) * tick.size * quote_dollars;
        let playback = TapePlayback {
            tape,
            looped: config.loop_recorded,
        };
        let source = Source::Taped(playback);
        let sizes = (lot, dollars, quote_dollars);
        Self::of(exchange, own, source, tick, sizes)
    }

    /// What a tape that is made up for this pair is measured in.
    pub(super) fn scale(&self) -> Scale {
        Scale {
            price_places: self.tick.places,
            quantity_places: self.lot.places,
            first_price: self.ticks_at(0),
            lot_dollars: self.lot_dollars,
        }
    }

    fn of(
        exchange: &str,
        own: u64,
        source: Source,
        tick: Grid,
        (lot, dollars, quote_dollars): (Grid, f64, f64),
    ) -> Self {
        let at_home = exchange == HOME;
        Self {
            source,
            basis_seed: (!at_home).then_some(own),
            book_seed: mix(own),
            tick,
            lot_dollars: lot.size * dollars,
            lot,
            min_notional: Grid::below(LEAST_ORDER_DOLLARS / quote_dollars).step,
            share: if at_home {
                1.0
            } else {
                0.2 + 0.6 * unit(own, 0)
            },
        }
    }

    /// Whole ticks, at least one.
    pub(super) fn ticks_at(&self, at_ms: i64) -> i64 {
        let ticks = match &self.source {
            Source::Recorded(playback) => playback.ticks_at(at_ms),
            Source::Taped(playback) => real(playback.ticks_at(at_ms)),
            Source::Wandering(wander) => wander.price_at(at_ms) / self.tick.size,
        };
        self.on_grid(ticks, at_ms)
    }

    /// Lowest and highest price of the span, in ticks.
    pub(super) fn range(&self, from_ms: i64, to_ms: i64) -> (i64, i64) {
        let (low, high) = match &self.source {
            Source::Recorded(playback) => playback.range(from_ms, to_ms),
            Source::Taped(playback) => {
                let (low, high) = playback.range(from_ms, to_ms);
                (real(low), real(high))
            }
            Source::Wandering(wander) => {
                let (low, high) = wander.range(from_ms, to_ms);
                (low / self.tick.size, high / self.tick.size)
            }
        };
        let (from, to) = (self.ticks_at(from_ms), self.ticks_at(to_ms));
        let middle_ms = from_ms.saturating_add(to_ms.saturating_sub(from_ms) / 2);
        (
            self.on_grid(low, middle_ms).min(from).min(to),
            self.on_grid(high, middle_ms).max(from).max(to),
        )
    }

    /// Whole lots that takers bought and sold in the span.
    pub(super) fn flow(&self, from_ms: i64, to_ms: i64) -> (i64, i64) {
        let (bought, sold) = match &self.source {
            Source::Recorded(playback) => playback.flow(from_ms, to_ms),
            Source::Taped(playback) => {
                let (bought, sold) = playback.flow(from_ms, to_ms);
                (real(bought) * self.lot.size, real(sold) * self.lot.size)
            }
            Source::Wandering(wander) => wander.flow(from_ms, to_ms),
        };
        let lots = |units: f64| nearest(units * self.share / self.lot.size);
        (lots(bought), lots(sold))
    }

    fn on_grid(&self, ticks: f64, at_ms: i64) -> i64 {
        nearest(ticks * (1.0 + self.basis_at(at_ms))).max(1)
    }

    fn basis_at(&self, at_ms: i64) -> f64 {
        let Some(seed) = self.basis_seed else {
            return 0.0;
        };
        let lasting = LASTING_BASIS * (2.0 * unit(seed, 1) - 1.0);
        BASIS.iter().fold(lasting, |basis, (period_ms, amplitude)| {
            basis + amplitude * smooth(mix(seed ^ u64::from(*period_ms)), at_ms, *period_ms)
        })
    }
}

impl Grid {
    fn of_places(places: usize) -> Self {
        Self {
            places,
            step: format!("1e-{places}")
                .parse()
                .unwrap_or_else(|_| Decimal::one()),
            size: (0..places).fold(1.0, |size, _| size / 10.0),
        }
    }

    /// The largest power of ten that is not above `limit`, and not above one.
    fn below(limit: f64) -> Self {
        let mut places = 0;
        let mut size = 1.0;
        while size > limit && places < MOST_PLACES {
            places += 1;
            size /= 10.0;
        }
        Self::of_places(places)
    }

    pub(super) fn times(&self, number: i64) -> Decimal {
        &self.step * &Decimal::from(number)
    }
}
