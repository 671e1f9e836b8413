//! One execution.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use domain::event::{Event, aggregate_type};
use domain::execution::{Execution as Recording, ExecutionEvent, ExecutionId, Ledger};
use domain::ids::StrategyKey;
use event_store::{CommandGateway, Loaded, StreamName};
use projections::executions::RunLog;

use super::execution::{Closed, Opened};
use super::{Execution, MarketPosition};
use crate::graphql::as_of::AsOfInput;
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::reading::Reading;
use crate::state::App;

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
        find_execution(app, reading, &key, run).await
    }
}

/// What all runs up to this one came to together, each going on with what the one before held.
pub(crate) async fn positions_of(
    app: &App,
    reading: Reading,
    key: &StrategyKey,
    last_run: u32,
) -> Result<Vec<MarketPosition>> {
    let mut ledger = Ledger::default();
    for run in 1..=last_run {
        let id = ExecutionId::of(key, run);
        let loaded = load(app, reading, &id).await?;
        ledger.continue_with(&loaded.aggregate.ledger);
    }
    Ok(ledger.positions.iter().map(MarketPosition::from).collect())
}

async fn load(app: &App, reading: Reading, id: &ExecutionId) -> Result<Loaded<Recording>> {
    let loaded = if reading.as_of.is_none() {
        app.executions.load(id.as_str()).await
    } else {
        // What is remembered and saved is of now
        let then = CommandGateway::<Recording>::new(reading.log(app), ());
        then.load(id.as_str()).await
    };
    loaded.map_err(internal)
}

/// `None` until an executor took the run up.
pub(crate) async fn find_execution(
    app: &App,
    reading: Reading,
    key: &StrategyKey,
    run: u32,
) -> Result<Option<Execution>> {
    let id = ExecutionId::of(key, run);
    let loaded = load(app, reading, &id).await?;
    let log = reading.log(app);
    if !loaded.aggregate.opened {
        return Ok(None);
    }
    let stream = StreamName::new(aggregate_type::EXECUTION, id.as_str());
    let event = async |version: u64| -> Result<Option<ExecutionEvent>> {
        let found = log.load(&stream, version.saturating_sub(1), 1).await;
        let found = found.map_err(internal)?.into_iter().next();
        let event = found.map(|recorded| recorded.decode()).transpose();
        Ok(match event.map_err(internal)? {
            Some(Event::Execution(event)) => Some(event),
            _ => None,
        })
    };
    let opened = match event(1).await? {
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
    let closed = match event(loaded.version).await? {
        Some(ExecutionEvent::ExecutionClosed { reason, closed_at }) => Some(Closed {
            at: closed_at,
            reason,
        }),
        _ => None,
    };
    let run = RunLog {
        key: key.clone(),
        run,
        loaded,
    };
    Ok(Some(Execution {
        run: Arc::new(run),
        log: log.clone(),
        opened,
        closed,
    }))
}
