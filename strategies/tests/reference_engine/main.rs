//! Our strategies, configured alike, decide what the reference engine decided: see
//! `tests/reference/README.md`.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod arbitrage;
mod cases;
mod one_tick;
mod run;
mod runs;
mod translation;
