//! Journeys through HTTP, over a real log, real tables and a clock that the test moves.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod support;

mod authorisation;
mod backfill;
mod bodies;
mod by_type;
mod concurrency;
mod connections;
mod create_definition;
mod cross_origin;
mod definition_ids;
mod event_stream;
mod graphql;
mod health;
mod imported_instances;
mod legacy_usage;
mod login;
mod publish_definition;
mod remove_definition;
mod repeated_requests;
mod representation;
mod schemas;
mod serve;
mod session;
mod start_instance;
mod stop_instance;
mod switches;
mod update_definition;
mod web;
