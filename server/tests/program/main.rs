//! The program as people run it: its commands, its first start, its import.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]
#![expect(clippy::expect_used, reason = "a panic is how a test fails")]

mod admin;
mod backtest;
mod backtest_asked;
mod doctor;
mod ending;
mod exchange_trouble;
mod help;
mod import_dry_run;
mod import_fixture;
mod import_interrupted;
mod import_postgres;
mod import_releases;
mod import_trouble;
mod metrics;
mod rollback;
mod seed_and_switch;
mod separate_tables;
mod serve;
mod support;
