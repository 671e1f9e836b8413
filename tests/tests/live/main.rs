//! Real exchanges, as far as they can be had here: the adapter over ccxt against a server on this
//! machine that answers as each exchange's documentation says, or as it was recorded.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod binance;
mod binance_answers;
mod binance_look;
mod binance_trades;
mod failures;
mod journey;
mod kraken;
mod loopback;
mod mexc;
mod okx;
mod recorded;
mod standing_exchange;
mod support;
