//! Faults on purpose: stands before any venue and does to its answers what networks and exchanges
//! do to them. What goes wrong depends on the seed, the question and the time alone, so the same
//! questions at the same times go wrong in the same way.

mod books;
mod chance;
mod fills;
mod settings;
mod venue;

pub use chance::Chance;
pub use settings::FaultSettings;
pub use venue::FaultyVenue;
