//! One execution.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use domain::event::{Event, aggregate_type};
use domain::execution::{ExecutionEvent, ExecutionId, Ledger};
use domain::ids::StrategyKey;
use event_store::{Recorded, StreamName};
use futures::future::try_join_all;
use projections::executions::RunLog;

use super::execution::{Closed, Opened};
use super::{Execution, MarketPosition};
use crate::graphql::as_of::AsOfInput;
use crate::graphql::context::{app, loaders};
use crate::graphql::failure::internal;
use crate::graphql::reading::Reading;

#[derive(Debug, Default)]
pub(crate) struct ExecutionQuery;

#[Object]
impl ExecutionQuery {
    #[graphql(complexity = "5 + child_complexity")]
    async fn execution(
        &self,
        ctx: &Context<'_>,
        instance_key: String,
        run: u32,
        as_of: Option<AsOfInput>,
    ) -> Result<Option<Execution>> {
        let (app, key) = (app(ctx), StrategyKey::new(instance_key));
        let reading = Reading::begin(app, as_of, None).await?;
        find_execution(ctx, reading, &key, run).await
    }
}

/// What all runs up to this one came to together, each going on with what the one before held.
pub(crate) async fn positions_of(
    ctx: &Context<'_>,
    reading: Reading,
    key: &StrategyKey,
    last_run: u32,
) -> Result<Vec<MarketPosition>> {
    let recording = |run| loaders(ctx).recording(key.clone(), run, reading.as_of);
    let mut ledger = Ledger::default();
    let recorded = try_join_all((1..=last_run).map(recording)).await?;
    for recorded in recorded.into_iter().flatten() {
        ledger.continue_with(&recorded.aggregate.ledger);
    }
    Ok(ledger.positions.iter().map(MarketPosition::from).collect())
}

/// `None` until an executor took the run up.
pub(crate) async fn find_execution(
    ctx: &Context<'_>,
    reading: Reading,
    key: &StrategyKey,
    run: u32,
) -> Result<Option<Execution>> {
    let loaders = loaders(ctx);
    let recording = loaders.recording(key.clone(), run, reading.as_of).await?;
    let Some(loaded) = recording.filter(|loaded| loaded.aggregate.opened) else {
        return Ok(None);
    };
    let id = ExecutionId::of(key, run);
    let stream = StreamName::new(aggregate_type::EXECUTION, id.as_str());
    let (first, last) = futures::try_join!(
        loaders.version_of_stream(stream.clone(), 1),
        loaders.version_of_stream(stream, loaded.version)
    )?;
    let opened = match decoded(first)? {
        Some(ExecutionEvent::ExecutionOpened {
            executor_type,
            opened_at,
            ..
        }) => Opened {
            at: opened_at,
            executor_type,
        },
        _ => return Ok(None),
    };
    let closed = match decoded(last)? {
        Some(ExecutionEvent::ExecutionClosed { reason, closed_at }) => Some(Closed {
            at: closed_at,
            reason,
        }),
        _ => None,
    };
    let run = RunLog {
        key: key.clone(),
        run,
        loaded: Arc::unwrap_or_clone(loaded),
    };
    Ok(Some(Execution {
        run: Arc::new(run),
        log: reading.log(app(ctx)),
        opened,
        closed,
    }))
}

fn decoded(recorded: Option<Arc<Recorded>>) -> Result<Option<ExecutionEvent>> {
    let event = recorded.map(|recorded| recorded.decode()).transpose();
    Ok(match event.map_err(internal)? {
        Some(Event::Execution(event)) => Some(event),
        _ => None,
    })
}
