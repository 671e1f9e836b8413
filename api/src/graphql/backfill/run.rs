//! Runs the backfill.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use event_store::{CommandError, Position};

use super::report::BackfillReport;
use crate::graphql::command::{Terms, Trouble};
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::UserError;
use crate::operations::{Backfilled, OperationError, backfill};

#[derive(Debug, Default)]
pub(crate) struct RunBackfill;

/// Safe to repeat: what is linked is left alone. There is no one revision to expect: it is about as
/// many instances as there are without a definition.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct RunBackfillInput {
    /// Whatever a request with this key settled stays as it is; only what it did not get to is done.
    idempotency_key: Option<String>,
    reason: Option<String>,
}

#[derive(Debug, SimpleObject)]
struct BackfillPayload {
    report: Option<BackfillReport>,
    /// Null when there was nothing to do.
    position: Option<Place>,
    user_errors: Vec<UserError>,
}

#[Object]
impl RunBackfill {
    /// Links instances without a definition to the oldest enabled one of their executor.
    #[graphql(complexity = "50 + child_complexity")]
    async fn run_backfill(
        &self,
        ctx: &Context<'_>,
        input: RunBackfillInput,
    ) -> Result<BackfillPayload> {
        match run(ctx, input).await {
            Ok(done) => Ok(BackfillPayload {
                position: Some(done.position)
                    .filter(|position| *position > Position(0))
                    .map(Place),
                report: Some(done.into()),
                user_errors: vec![],
            }),
            Err(Trouble::Told(user_errors)) => Ok(BackfillPayload {
                report: None,
                position: None,
                user_errors,
            }),
            Err(Trouble::Failed(error)) => Err(error),
        }
    }
}

async fn run(ctx: &Context<'_>, input: RunBackfillInput) -> Result<Backfilled, Trouble> {
    let terms = Terms {
        expected_revision: None,
        idempotency_key: input.idempotency_key.clone(),
        reason: input.reason.clone(),
    };
    let options = terms.options(ctx, "runBackfill", &input)?;
    backfill(app(ctx), options)
        .await
        .map_err(|error| match error {
            OperationError::Command(CommandError::KeyReused) => Trouble::key_reused(),
            other => Trouble::Failed(internal(other)),
        })
}
