//! Rules about the whole, and journeys through the running program.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod architecture;
mod journeys {
    mod audit;
    mod counted;
    mod crash;
    mod import_and_backfill;
    mod log_in_kurrentdb;
    mod publish_and_run;
    mod two_servers;
}
