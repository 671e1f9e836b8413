//! Runs the backfill.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use event_store::Position;

use super::report::BackfillReport;
use crate::graphql::command::{Terms, Trouble};
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::UserError;
use crate::operations::{Backfilled, backfill};

#[derive(Debug, Default)]
pub(crate) struct RunBackfill;

/// Safe to repeat: what is linked is left alone.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct RunBackfillInput {
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
        reason: input.reason.clone(),
        ..Terms::default()
    };
    let options = terms.options(ctx, "runBackfill", &input)?;
    let done = backfill(app(ctx), options.metadata).await;
    done.map_err(|error| Trouble::Failed(internal(error)))
}
