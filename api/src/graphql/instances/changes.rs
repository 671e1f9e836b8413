//! Instances as they change.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Context, Result, SimpleObject, Subscription};
use domain::ErrorChain;
use domain::event::aggregate_type;
use domain::execution::ExecutionId;
use domain::ids::{DefinitionKey, StrategyKey};
use event_store::{FeedFilter, FeedPage, Position};
use futures::stream::{self, Stream, StreamExt};
use projections::instances::list;

use super::Instance;
use crate::graphql::failure::internal;
use crate::graphql::follow::{begin_after, follow_pages};
use crate::graphql::reading::Reading;
use crate::graphql::scalars::Place;
use crate::state::{App, AppState};

/// How long a change may wait for the tables before it is told as stale.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub(crate) struct InstanceChangesSubscription;

#[derive(Debug, SimpleObject)]
struct InstanceChange {
    /// Pass it as `after` to go on from here.
    position: Place,
    instance: Instance,
}

#[Subscription]
impl InstanceChangesSubscription {
    /// Instances whose row changed after a position (without one: from now on), once the tables show
    /// it. Several changes of one instance may arrive as one.
    async fn instance_changes(
        &self,
        ctx: &Context<'_>,
        after: Option<Place>,
        keys: Option<Vec<String>>,
        definition_key: Option<String>,
    ) -> Result<impl Stream<Item = Result<InstanceChange>>> {
        let app = ctx.data_unchecked::<AppState>().clone();
        let after = begin_after(&app, after).await?;
        let types = [aggregate_type::INSTANCE, aggregate_type::EXECUTION];
        let pages = follow_pages(app.clone(), after, FeedFilter::only(&types));
        let wanted = Arc::new(Wanted {
            keys,
            definition_key,
        });
        let changes = pages.then(move |page| {
            let (app, wanted) = (app.clone(), wanted.clone());
            async move {
                let page = page.map_err(internal)?;
                changed(&app, &wanted, &page).await
            }
        });
        Ok(changes.flat_map(|changes| match changes {
            Ok(changes) => stream::iter(changes.into_iter().map(Ok).collect::<Vec<_>>()),
            Err(error) => stream::iter(vec![Err(error)]),
        }))
    }
}

#[derive(Debug)]
struct Wanted {
    keys: Option<Vec<String>>,
    definition_key: Option<String>,
}

async fn changed(app: &App, wanted: &Wanted, page: &FeedPage) -> Result<Vec<InstanceChange>> {
    // The last event of each instance on the page
    let mut touched: BTreeMap<String, Position> = BTreeMap::new();
    for event in &page.events {
        let stream = event.stream.aggregate_id.as_str();
        let key = if event.stream.aggregate_type == aggregate_type::EXECUTION {
            ExecutionId::parts(stream).map_or(stream, |(key, _)| key)
        } else {
            stream
        };
        let fits = |keys: &Vec<String>| keys.iter().any(|one| one == key);
        if wanted.keys.as_ref().is_none_or(fits) {
            touched.insert(key.to_owned(), event.position);
        }
    }
    if touched.is_empty() {
        return Ok(vec![]);
    }
    let shown = app.tables.wait_for(page.up_to, PATIENCE).await;
    if let Err(behind) = &shown {
        tracing::warn!(error = %ErrorChain(behind), "an instance's change is told before it shows");
    }
    let first = page
        .events
        .first()
        .map_or(Position(0), |event| event.position);
    let keys: Vec<StrategyKey> = touched.keys().map(StrategyKey::new).collect();
    let mut changes = Vec::new();
    for keys in keys.chunks(200) {
        for row in list::find_all(&app.tables, keys).await.map_err(internal)? {
            // Orders and fills change no row
            let moved = row.last_position >= first || shown.is_err();
            let key = row.definition_key.as_ref().map(DefinitionKey::as_str);
            let fits = wanted.definition_key.is_none() || wanted.definition_key.as_deref() == key;
            let Some(position) = touched.get(row.strategy_key.as_str()) else {
                continue;
            };
            if moved && fits {
                let reading = Reading {
                    as_of: None,
                    stale: shown.is_err(),
                };
                changes.push(InstanceChange {
                    position: Place(*position),
                    instance: Instance::new(Arc::new(row), reading),
                });
            }
        }
    }
    changes.sort_by_key(|change| change.position.0);
    Ok(changes)
}
