//! What must stay true of the domain across releases and across any order of commands.

mod examples;
mod golden;
mod properties;
