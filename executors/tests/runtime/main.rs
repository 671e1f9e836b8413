//! The runtime against a log on disk and venues whose answers a test decides.

mod arbitrage;
mod crash;
mod lifecycle;
mod pure_market_making;
mod registry;
mod schedule;
mod self_trade;
mod support;
mod venue_trouble;
mod volume;
