//! Every numeric case of the legacy contract (its P, R and volume tables), the life of slots, and
//! what must hold for any input.

mod arbitrage_cases;
mod configuration;
mod market_making_cases;
mod market_making_slots;
mod properties;
mod seeds;
mod setup;
mod volume_cases;
mod volume_runs;
