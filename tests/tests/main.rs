//! Rules about the whole, and journeys through the running program.

mod architecture;
