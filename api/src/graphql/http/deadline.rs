//! Requests that take too long are given up, and what they asked of the tables with them.

use std::time::Duration;

use async_graphql::{Response, ServerError};
use tokio::time::timeout;

/// What the work answers, or that it was too late.
pub(crate) async fn within(limit: Duration, work: impl Future<Output = Response>) -> Response {
    if let Ok(response) = timeout(limit, work).await {
        return response;
    }
    tracing::warn!("a GraphQL request took too long");
    let error = ServerError::new("The request took too long and was given up", None);
    Response::from_errors(vec![error])
}
