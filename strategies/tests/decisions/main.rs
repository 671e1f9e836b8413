//! Every numeric case of the legacy contract (its P, R and volume tables), the life of slots, and
//! what must hold for any input.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod arbitrage_cases;
mod arbitrage_legs;
mod arbitrage_refusals;
mod arbitrage_runs;
mod configuration;
mod market_making_cases;
mod market_making_slots;
mod option_cases;
mod option_pairs;
mod option_properties;
mod properties;
mod seeds;
mod setup;
mod volume_cases;
mod volume_runs;
