//! What GraphQL promises.

mod backtests;
mod commands;
mod definitions;
mod events;
mod executions;
mod guards;
mod hostile;
mod http;
mod instances;
mod operations;
mod past;
mod reasons;
mod socket_ids;
mod sockets;
mod statements;
mod validation;
