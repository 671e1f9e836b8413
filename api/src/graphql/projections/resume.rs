//! Lets a parked projection go on.

use async_graphql::{Context, InputObject, Object, Result};
use projections::projector::{names, resume};

use super::rebuild::{ProjectionPayload, answer, unknown};
use crate::graphql::context::{app, asker};
use crate::graphql::failure::internal;

#[derive(Debug, Default)]
pub(crate) struct ResumeProjection;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct ResumeProjectionInput {
    name: String,
}

#[Object]
impl ResumeProjection {
    /// Lets a parked projection try its event again.
    async fn resume_projection(
        &self,
        ctx: &Context<'_>,
        input: ResumeProjectionInput,
    ) -> Result<ProjectionPayload> {
        let Some(name) = names().into_iter().find(|name| *name == input.name) else {
            return Ok(unknown(&input.name));
        };
        let who = &asker(ctx)?.identity.name;
        tracing::info!(projection = name, who, "a parked projection goes on");
        resume(&app(ctx).tables, name).await.map_err(internal)?;
        answer(ctx, name).await
    }
}
