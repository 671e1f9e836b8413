//! What is asked of a projection: recorded with name and reason, then answered.

use async_graphql::{Context, Result, SimpleObject};
use domain::event::aggregate_type;
use domain::projection::{ProjectionCommand, ProjectionEvent};
use event_store::{CommandOptions, Receipt, StreamName};

use super::projection::{Projection, all};
use crate::graphql::command::{Trouble, refused};
use crate::graphql::context::app;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::state::App;

#[derive(Debug, SimpleObject)]
pub(super) struct ProjectionPayload {
    projection: Option<Projection>,
    /// Where it was recorded; null when there was nothing to do.
    position: Option<Place>,
    user_errors: Vec<UserError>,
}

impl ProjectionPayload {
    pub(super) fn unknown(name: &str) -> Self {
        let message = format!("There is no projection called {name}");
        let error = UserError::new(UserErrorCode::NotFound, message);
        Self {
            projection: None,
            position: None,
            user_errors: vec![error.at("/name")],
        }
    }

    pub(super) async fn of(
        ctx: &Context<'_>,
        name: &str,
        outcome: Result<Option<Place>, Trouble>,
    ) -> Result<Self> {
        let (position, user_errors) = match outcome {
            Ok(position) => (position, vec![]),
            Err(Trouble::Told(errors)) => (None, errors),
            Err(Trouble::Failed(error)) => return Err(error),
        };
        let mut projections = all(app(ctx)).await?.into_iter();
        Ok(Self {
            projection: projections.find(|projection| projection.name == name),
            position,
            user_errors,
        })
    }
}

pub(super) async fn record(
    app: &App,
    name: &str,
    command: ProjectionCommand,
    options: CommandOptions,
) -> Result<Receipt<ProjectionEvent>, Trouble> {
    match app.projections.execute(name, command, options).await {
        Ok(receipt) => Ok(receipt),
        Err(error) => {
            let stream = StreamName::new(aggregate_type::PROJECTION, name);
            Err(refused(app, &stream, error, |never| match never {}).await)
        }
    }
}
