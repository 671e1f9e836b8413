//! The events that an order leads back to.

use anyhow::{Context, bail};
use domain::definition::{DefinitionEvent, DefinitionVersion};
use domain::event::{Event, aggregate_type};
use domain::execution::{ExecutionEvent, ExecutionId, OrderIntent};
use domain::ids::ClientOrderId;
use domain::instance::{InstanceEvent, Run};
use event_store::{EventLog, FeedFilter, Position, Recorded, StreamName};
use serde_json::{Map, Value};

/// Events per read: bounds memory, whatever the log's length.
pub(super) const PAGE: usize = 1_000;

#[derive(Debug)]
pub(super) struct Trail {
    pub(super) intent: OrderIntent,
    pub(super) decided: Recorded,
    /// What became of it, in order.
    pub(super) fate: Vec<(Recorded, ExecutionEvent)>,
    pub(super) strategy_key: String,
    pub(super) run: u32,
    /// `None` for a run that was imported.
    pub(super) started: Option<(Recorded, Run)>,
    /// The last that gave the run other values before the order was decided, and all its values then.
    pub(super) reconfigured: Option<(Recorded, Map<String, Value>)>,
    /// What made the definition's version, where the run has one.
    pub(super) published: Option<Recorded>,
}

impl Trail {
    /// What the run was configured with when the order was decided.
    pub(super) fn config<'a>(&'a self, run: &'a Run) -> &'a Map<String, Value> {
        let reconfigured = self.reconfigured.as_ref();
        reconfigured.map_or(&run.config, |(_, config)| config)
    }

    pub(super) async fn of(log: &dyn EventLog, id: &ClientOrderId) -> anyhow::Result<Self> {
        let (decided, intent) = decision(log, id).await?;
        let named = ExecutionId::parts(&decided.stream.aggregate_id);
        let (key, run) = named.context("the order's stream does not name a run")?;
        let (key, run) = (key.to_owned(), run);
        let started = start(log, &key, run).await?;
        let published = match &started {
            Some((
                recorded,
                Run {
                    definition: Some(pin),
                    ..
                },
            )) => publication(log, pin.key.as_str(), &pin.version, recorded.position).await?,
            _ => None,
        };
        Ok(Self {
            fate: fate(log, &decided, id).await?,
            reconfigured: reconfiguration(log, &decided).await?,
            intent,
            decided,
            strategy_key: key,
            run,
            started,
            published,
        })
    }
}

/// No index knows orders: all executions are looked through.
async fn decision(
    log: &dyn EventLog,
    id: &ClientOrderId,
) -> anyhow::Result<(Recorded, OrderIntent)> {
    let executions = FeedFilter::only(&[aggregate_type::EXECUTION]);
    let mut after = Position(0);
    loop {
        let page = log.feed(after, PAGE, &executions).await?;
        for recorded in page.events {
            // Cheaper than reading each
            if recorded.payload.contains(id.as_str())
                && let Event::Execution(ExecutionEvent::OrderIntended(intent)) =
                    recorded.decode()?
                && intent.client_order_id == *id
            {
                return Ok((recorded, intent));
            }
        }
        if page.at_head {
            bail!("no order {id} was ever decided: it is called as in the column client order id");
        }
        after = page.up_to;
    }
}

async fn fate(
    log: &dyn EventLog,
    decided: &Recorded,
    id: &ClientOrderId,
) -> anyhow::Result<Vec<(Recorded, ExecutionEvent)>> {
    let mut fate = Vec::new();
    let mut version = decided.version;
    loop {
        let events = log.load(&decided.stream, version, PAGE).await?;
        let Some(last) = events.last() else {
            return Ok(fate);
        };
        version = last.version;
        for recorded in events {
            if recorded.payload.contains(id.as_str())
                && let Event::Execution(event) = recorded.decode()?
                && concerns(&event, id)
            {
                fate.push((recorded, event));
            }
        }
    }
}

fn concerns(event: &ExecutionEvent, id: &ClientOrderId) -> bool {
    match event {
        ExecutionEvent::OrderAcknowledged {
            client_order_id, ..
        }
        | ExecutionEvent::OrderRejected {
            client_order_id, ..
        }
        | ExecutionEvent::CancelIntended {
            client_order_id, ..
        }
        | ExecutionEvent::OrderCancelled {
            client_order_id, ..
        } => client_order_id == id,
        ExecutionEvent::OrderFilled(fill) => fill.client_order_id == *id,
        ExecutionEvent::ExecutionOpened { .. }
        | ExecutionEvent::ExecutionResumed { .. }
        | ExecutionEvent::OrderIntended(_)
        | ExecutionEvent::TickSkipped { .. }
        | ExecutionEvent::PriceBandMeasured(_)
        | ExecutionEvent::PositionMarked { .. }
        | ExecutionEvent::ExecutionClosed { .. } => false,
    }
}

async fn start(
    log: &dyn EventLog,
    key: &str,
    number: u32,
) -> anyhow::Result<Option<(Recorded, Run)>> {
    let stream = StreamName::new(aggregate_type::INSTANCE, key);
    for recorded in all(log, &stream).await? {
        let event: InstanceEvent = recorded.decode_as()?;
        if let InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) = event
            && run.number == number
        {
            return Ok(Some((recorded, run)));
        }
    }
    Ok(None)
}

/// A run's events name the one that configured it.
async fn reconfiguration(
    log: &dyn EventLog,
    decided: &Recorded,
) -> anyhow::Result<Option<(Recorded, Map<String, Value>)>> {
    let Some(cause) = decided.metadata()?.causation_id else {
        return Ok(None);
    };
    let Some(recorded) = log.find(cause).await? else {
        return Ok(None);
    };
    let Event::Instance(InstanceEvent::InstanceReconfigured { config, .. }) = recorded.decode()?
    else {
        return Ok(None);
    };
    Ok(Some((recorded, config)))
}

/// The last event before the start that made the version.
async fn publication(
    log: &dyn EventLog,
    key: &str,
    version: &DefinitionVersion,
    before: Position,
) -> anyhow::Result<Option<Recorded>> {
    let stream = StreamName::new(aggregate_type::DEFINITION, key);
    let mut found = None;
    for recorded in all(log, &stream).await? {
        let made = match recorded.decode_as()? {
            DefinitionEvent::DefinitionCreated { version, .. }
            | DefinitionEvent::DefinitionPublished { version, .. }
            | DefinitionEvent::DefinitionVersionAdded { version, .. } => Some(version),
            DefinitionEvent::DefinitionImported {
                current_version, ..
            } => Some(current_version),
            DefinitionEvent::DefinitionUpdated { .. }
            | DefinitionEvent::DefinitionEnabled { .. }
            | DefinitionEvent::DefinitionDisabled { .. }
            | DefinitionEvent::DefinitionRemoved { .. } => None,
        };
        if recorded.position < before && made.as_ref() == Some(version) {
            found = Some(recorded);
        }
    }
    Ok(found)
}

/// Streams of definitions and instances are short: they change when people change them.
async fn all(log: &dyn EventLog, stream: &StreamName) -> anyhow::Result<Vec<Recorded>> {
    let mut events: Vec<Recorded> = Vec::new();
    loop {
        let page = log.load(stream, events.len() as u64, PAGE).await?;
        if page.is_empty() {
            return Ok(events);
        }
        events.extend(page);
    }
}
