//! The paper market: prices, books and trades as a pure function of time, so that every node and
//! every restart sees the same market without keeping anything.
//!
//! A simulation, not money: paths are computed in binary floating point, with nothing but the four
//! operations that IEEE 754 fixes to the bit, and leave this folder as decimals on the venue's
//! tick and lot.

mod candle_path;
mod currency;
mod depth;
mod known_exchanges;
mod listing;
mod noise;
mod pair;
mod paper_market;
mod playback;
mod recording;
mod tape;
#[cfg(test)]
mod tests;
mod wander;

pub use known_exchanges::KNOWN_EXCHANGES;
pub(crate) use noise::{mix, seed_for};
pub(crate) use pair::Pair;
pub use paper_market::{MarketConfig, PaperMarket, TradeSource, Traded};
pub use recording::{RECORDED_PAIR, RecordingError, recorded_from, recorded_until};
pub use tape::{Tape, TapeError};
