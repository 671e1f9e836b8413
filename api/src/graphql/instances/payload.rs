//! What commands on instances answer, and how they run.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Error, SimpleObject};
use domain::event::aggregate_type;
use domain::ids::StrategyKey;
use domain::instance::InstanceCommand;
use event_store::{CommandOptions, Position, StreamName};
use projections::instances;

use super::Instance;
use crate::graphql::command::{Trouble, earlier, refused};
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::{UserError, of_instance};
use crate::state::App;

#[derive(Debug, SimpleObject)]
pub(crate) struct InstancePayload {
    /// As it is now, also when nothing was changed.
    instance: Option<Instance>,
    /// Read at least up to here to see the change; null when there is none to see.
    position: Option<Place>,
    user_errors: Vec<UserError>,
}

impl InstancePayload {
    pub(super) async fn of(
        ctx: &Context<'_>,
        key: Option<&StrategyKey>,
        outcome: Result<Position, Trouble>,
    ) -> Result<Self, Error> {
        let app = app(ctx);
        let (position, user_errors) = match outcome {
            Ok(position) => (Some(position), vec![]),
            Err(Trouble::Told(errors)) => (None, errors),
            Err(Trouble::Failed(error)) => return Err(error),
        };
        Ok(Self {
            instance: match key {
                Some(key) => shown(app, key, position).await?,
                None => None,
            },
            position: position.map(Place),
            user_errors,
        })
    }
}

/// The instance, once the tables show the position.
async fn shown(
    app: &App,
    key: &StrategyKey,
    position: Option<Position>,
) -> Result<Option<Instance>, Error> {
    let reading = reading_at(app, position).await;
    let row = instances::query::find(&app.tables, key)
        .await
        .map_err(internal)?;
    Ok(row.map(|row| Instance::new(Arc::new(row), reading)))
}

/// Those of the keys that exist, once the tables show the position.
pub(super) async fn all_shown(
    app: &App,
    keys: &[StrategyKey],
    position: Option<Position>,
) -> Result<HashMap<StrategyKey, Instance>, Error> {
    let reading = reading_at(app, position).await;
    let rows = instances::list::find_all(&app.tables, keys)
        .await
        .map_err(internal)?;
    let shown = rows.into_iter().map(|row| {
        let key = row.strategy_key.clone();
        (key, Instance::new(Arc::new(row), reading))
    });
    Ok(shown.collect())
}

async fn reading_at(app: &App, position: Option<Position>) -> Reading {
    let stale = match position {
        Some(position) => !app.tables_reach(position).await,
        None => false,
    };
    Reading {
        stale,
        ..Reading::default()
    }
}

pub(super) fn stream(key: &StrategyKey) -> StreamName {
    StreamName::new(aggregate_type::INSTANCE, key.as_str())
}

pub(super) async fn execute(
    app: &App,
    key: &StrategyKey,
    command: InstanceCommand,
    options: CommandOptions,
) -> Result<(Position, bool), Trouble> {
    if let Some(position) = earlier(app, &options).await? {
        return Ok((position, true));
    }
    match app.instances.execute(key.as_str(), command, options).await {
        Ok(receipt) => {
            let changed = receipt.repeated || !receipt.events.is_empty();
            Ok((receipt.position, changed))
        }
        Err(error) => Err(refused(app, &stream(key), error, of_instance).await),
    }
}
