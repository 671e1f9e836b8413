//! What each built-in strategy decides: pure functions from configuration, market and own state
//! to actions. No I/O, no clock, no randomness, decimals only, so live, paper, backtest and an
//! auditor's re-run are the same code.
#![warn(clippy::wildcard_enum_match_arm, clippy::float_arithmetic)]

pub mod arbitrage;
mod built_in;
mod config_checks;
mod config_reader;
mod decision;
mod market;
mod on_restart;
mod own_state;
pub mod pure_market_making;
mod seeds;
mod seen;
mod sizing;
mod strategy;
pub mod volume;

pub use built_in::built_in_strategies;
pub use decision::{Action, Decision, OrderProposal};
pub use market::{Book, Level, MarketRef, MarketSnapshot, Ticker, TradingRules};
pub use on_restart::OnRestart;
pub use own_state::{OwnOrder, OwnState, live_orders_in_order};
pub use seeds::{DefaultDefinition, default_strategy_definitions};
pub use strategy::{StartPriceSource, Strategist, Strategy};
