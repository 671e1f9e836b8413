//! Single trades, recorded or made up, as a source of prices.

mod generate;
mod playback;
mod read;

pub use read::TapeError;

pub(super) use generate::Scale;
pub(super) use playback::TapePlayback;

/// Trades in the order in which they happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tape {
    /// Never empty.
    trades: Vec<Trade>,
    price_places: usize,
    quantity_places: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Trade {
    /// From the first trade.
    at_ms: i64,
    /// The price in units of the tape's last place.
    ticks: i64,
    lots: i64,
    /// Whether the taker bought; otherwise he sold.
    bought: bool,
}

impl Tape {
    pub(super) fn price_places(&self) -> usize {
        self.price_places
    }

    pub(super) fn quantity_places(&self) -> usize {
        self.quantity_places
    }

    /// In ticks.
    pub(super) fn first_price(&self) -> i64 {
        self.trades.first().map_or(1, |trade| trade.ticks)
    }

    /// The whole tape takes that long, at least a millisecond.
    fn length_ms(&self) -> i64 {
        self.trades.last().map_or(1, |trade| trade.at_ms.max(1))
    }

    /// How many trades there were until then.
    fn count_until(&self, at_ms: i64) -> usize {
        self.trades.partition_point(|trade| trade.at_ms <= at_ms)
    }
}
