//! GraphQL: what people and their tools read, ask for and follow.
//!
//! One folder per noun, one file per query, mutation or subscription. Rules are the domain's, SQL is
//! the tables'; here is only what they look like from outside.

mod account;
mod as_of;
mod backfill;
mod backtests;
mod command;
mod command_times;
mod connection;
mod context;
mod definitions;
mod direction;
mod events;
mod executions;
mod executors;
mod failure;
mod follow;
mod global_id;
mod guards;
mod http;
mod instances;
mod legacy_usage;
mod loaders;
mod node;
mod phrase;
mod projections;
mod read_position;
mod reading;
mod scalars;
mod schema;
mod settings;
mod socket;
mod too_much;
mod trading;
mod user_error;

pub(crate) use events::EventJson;
pub(crate) use follow::follow_log;
pub(crate) use http::routes;
pub(crate) use projections::Rebuilds;
pub use schema::sdl;
pub use socket::SocketLimits;
