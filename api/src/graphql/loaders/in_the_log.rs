//! What is read from the log: asked for side by side, for the log reads streams that are asked for
//! together by one statement.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use domain::execution::{Execution, ExecutionId};
use domain::ids::{DefinitionKey, StrategyKey};
use event_store::{
    CommandGateway, FeedFilter, Loaded, PastLog, Position, Recorded, StreamName, version_of,
};
use futures::future::join_all;
use projections::stream_up_to;
use projections::versions::{VersionRow, versions_as_of};
use uuid::Uuid;

use super::load_failed::LoadFailed;
use crate::state::AppState;

/// One that cannot be read does no harm to its neighbours.
pub(super) type Each<T> = Result<T, LoadFailed>;
type Found<K, T> = Result<HashMap<K, Each<T>>, LoadFailed>;

/// Now, or when that position was the last.
type Then = Option<Position>;

async fn each<K, T, Loading>(asked: Vec<K>, load: impl Fn(K) -> Loading) -> Found<K, T>
where
    K: Clone + Eq + Hash,
    Loading: Future<Output = Each<T>>,
{
    let answers = join_all(asked.iter().cloned().map(load)).await;
    Ok(asked.into_iter().zip(answers).collect())
}

/// What was recorded of runs.
pub(super) async fn find_recordings(
    app: AppState,
    asked: Vec<(StrategyKey, u32, Then)>,
) -> Found<(StrategyKey, u32, Then), Arc<Loaded<Execution>>> {
    let app = &app;
    let load = |(key, run, then): (StrategyKey, u32, Then)| async move {
        let id = ExecutionId::of(&key, run);
        let loaded = match then {
            None => app.executions.load(id.as_str()).await?,
            Some(position) => {
                // What is remembered and saved is of now
                let log = Arc::new(PastLog::new(app.log.clone(), position));
                let gateway = CommandGateway::<Execution>::new(log, ());
                gateway.load(id.as_str()).await?
            }
        };
        Ok(Arc::new(loaded))
    };
    each(asked, load).await
}

/// All events of streams.
pub(super) async fn find_histories(
    app: AppState,
    asked: Vec<(StreamName, Then)>,
) -> Found<(StreamName, Then), Arc<Vec<Recorded>>> {
    let app = &app;
    let load = |(stream, then): (StreamName, Then)| async move {
        let last = then.unwrap_or(Position(u64::MAX));
        let events = stream_up_to(app.log.as_ref(), &stream, last).await?;
        Ok(Arc::new(events))
    };
    each(asked, load).await
}

/// The events with those versions.
pub(super) async fn find_versions_of_streams(
    app: AppState,
    asked: Vec<(StreamName, u64)>,
) -> Found<(StreamName, u64), Option<Arc<Recorded>>> {
    let app = &app;
    let load = |(stream, version): (StreamName, u64)| async move {
        let before = version.saturating_sub(1);
        let found = app.log.load(&stream, before, 1).await?;
        Ok(found.into_iter().next().map(Arc::new))
    };
    each(asked, load).await
}

/// The versions of the streams' last events.
pub(super) async fn find_lengths(
    app: AppState,
    asked: Vec<(StreamName, Then)>,
) -> Found<(StreamName, Then), u64> {
    let app = &app;
    let load = |(stream, then): (StreamName, Then)| async move {
        let length = match then {
            None => version_of(app.log.as_ref(), &stream).await?,
            Some(position) => {
                let log = PastLog::new(app.log.clone(), position);
                version_of(&log, &stream).await?
            }
        };
        Ok(length)
    };
    each(asked, load).await
}

/// Definitions' versions, the latest first.
pub(super) async fn find_past_versions(
    app: AppState,
    asked: Vec<(DefinitionKey, Position)>,
) -> Found<(DefinitionKey, Position), Arc<Vec<VersionRow>>> {
    let app = &app;
    let load = |(key, position): (DefinitionKey, Position)| async move {
        let rows = versions_as_of(app.log.as_ref(), &key, position).await?;
        Ok(Arc::new(rows))
    };
    each(asked, load).await
}

pub(super) async fn find_events(
    app: AppState,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, Arc<Recorded>>, LoadFailed> {
    let found = app.log.find_all(&ids).await?.into_iter();
    Ok(found
        .map(|event| (event.event_id, Arc::new(event)))
        .collect())
}

/// Events by their positions: neighbours are one page of the feed.
pub(super) async fn find_events_at(
    app: AppState,
    mut positions: Vec<Position>,
) -> Found<Position, Arc<Recorded>> {
    positions.sort_unstable();
    let pages = positions.chunk_by(|one, next| next.0 - one.0 == 1);
    let app = &app;
    let pages = pages.map(|page| async move { (page, page_of(app, page).await) });
    let mut found = HashMap::new();
    for (page, events) in join_all(pages).await {
        match events {
            Ok(events) => found.extend(events),
            Err(failed) => found.extend(page.iter().map(|&at| (at, Err(failed.clone())))),
        }
    }
    Ok(found)
}

type At = (Position, Each<Arc<Recorded>>);

async fn page_of(app: &AppState, positions: &[Position]) -> Result<Vec<At>, LoadFailed> {
    let Some(before) = positions.first().and_then(|first| first.0.checked_sub(1)) else {
        return Ok(vec![]);
    };
    let all = FeedFilter::default();
    let page = app
        .log
        .feed(Position(before), positions.len(), &all)
        .await?;
    let events = page.events.into_iter();
    let wanted = events.filter(|event| positions.contains(&event.position));
    let at = wanted.map(|event| (event.position, Ok(Arc::new(event))));
    Ok(at.collect())
}

/// The last position there is.
pub(super) async fn find_head(app: AppState) -> Result<HashMap<(), Position>, LoadFailed> {
    Ok(HashMap::from([((), app.log.head().await?)]))
}
