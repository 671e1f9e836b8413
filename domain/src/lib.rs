//! What a strategy definition, an instance and an execution are, and every rule about them.
//!
//! Pure and deterministic: time, ids and prices arrive inside commands; nothing here reads a
//! clock, draws a random number or touches a float for money.
#![warn(clippy::wildcard_enum_match_arm, clippy::float_arithmetic)]

pub mod clock;
pub mod config;
pub mod definition;
mod error_chain;
pub mod event;
pub mod execution;
pub mod executor_catalogue;
pub mod guard;
pub mod ids;
pub mod installation;
pub mod instance;
pub mod legacy_parameters;
pub mod legacy_record;
pub mod legacy_usage;
pub mod login;
pub mod money;
mod must_say_why;
pub mod phrase;
pub mod projection;
mod reason;
pub mod wishes;

// The examples are shared with the integration tests, which know this crate by its name
#[cfg(test)]
extern crate self as domain;
#[cfg(test)]
#[path = "../tests/examples/mod.rs"]
mod examples;

pub use error_chain::ErrorChain;
pub use executor_catalogue::{ExecutorCatalogue, Trading, Venue};
pub use must_say_why::MustSayWhy;
pub use reason::refuse_unfit_reason;
