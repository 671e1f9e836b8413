//! What must stay true of the domain across releases and across any order of commands.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails its test")]

mod examples;
mod golden;
mod properties;
mod validation;
