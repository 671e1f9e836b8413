//! The runtime against a log on disk and venues whose answers a test decides.
#![expect(
    clippy::unwrap_used,
    reason = "a test's support code fails by panicking, as the test does"
)]

mod arbitrage;
mod arbitrage_refused;
mod backtest;
mod crash;
mod faults;
mod flatten;
mod guards;
mod halt;
mod late_trades;
mod leave;
mod lifecycle;
mod loss_limit;
mod market_making_options;
mod paper;
mod pure_market_making;
mod races;
mod reconfigure;
mod registry;
mod replace;
mod request_limits;
mod saved_states;
mod schedule;
mod schedules;
mod self_trade;
mod support;
mod trading;
mod venue_trouble;
mod volume;
