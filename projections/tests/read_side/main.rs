//! The read side against a real log and real databases.
//!
//! Tests with tables in PostgreSQL need a server: `STRATEGOS_TEST_POSTGRES` names it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod comparing;
mod ids;
mod lists;
mod parking;
mod past_moments;
mod queries;
mod rebuild;
mod support;
mod transactions;
mod two_processes;
mod wait_for;
