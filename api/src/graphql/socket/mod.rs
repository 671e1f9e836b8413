//! GraphQL over a web socket: the `graphql-transport-ws` protocol.
//!
//! One connection carries many operations. Each takes what it sends at the pace at which the client
//! reads; a client that stops reading is told so and let go.

mod connection;
mod message;
mod operations;
mod upgrade;
mod writer;

use std::time::Duration;

pub(crate) use upgrade::{is_asked_for, upgrade};

/// How long a socket waits for its client, and how much it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SocketLimits {
    /// Until the client said who it is.
    pub init: Duration,
    /// Between two pings; a client that leaves two of them unanswered is gone.
    pub ping: Duration,
    /// For one message to be taken.
    pub slow: Duration,
    pub operations: usize,
}

impl Default for SocketLimits {
    fn default() -> Self {
        Self {
            init: Duration::from_secs(10),
            ping: Duration::from_secs(20),
            slow: Duration::from_secs(15),
            operations: 32,
        }
    }
}
