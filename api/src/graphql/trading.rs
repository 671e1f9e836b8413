//! Paper or live, never to be confused.

use async_graphql::Enum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::Trading")]
pub(crate) enum Trading {
    /// Orders go to simulated venues.
    Paper,
    /// Orders cost real money.
    Live,
}
