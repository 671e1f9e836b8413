//! Paper, sandbox or live, never to be confused.

use async_graphql::Enum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Trading")]
pub(crate) enum Trading {
    /// Orders go to simulated venues.
    Paper,
    /// Orders go to an exchange's own test network, where money is worth nothing.
    Sandbox,
    /// Orders cost real money.
    Live,
}
