//! One command's view of the log, as cqrs-es wants it: its framework decides, ours stores.
//!
//! cqrs-es' own stores apply events twice and lose positions; this keeps its `EventStore` trait
//! as the seam and nothing else of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use cqrs_es::{
    Aggregate, AggregateContext, AggregateError, DomainEvent, EventEnvelope, EventStore,
};
use uuid::Uuid;

use crate::command_gateway::{CommandOptions, Loaded, Receipt};
use crate::error::{AppendError, StoreError};
use crate::log::{Append, EventLog, Expected, NewEvent};
use crate::recorded::{Position, Recorded, StreamName};

/// Events per page while rebuilding an aggregate: bounds memory, whatever the stream's length.
const PAGE: usize = 500;

#[derive(Debug)]
pub(crate) struct CommandScope<A: Aggregate> {
    log: Arc<dyn EventLog>,
    options: CommandOptions,
    outcome: Outcome<A::Event>,
}

/// Where the scope leaves what the framework's signature has no room for.
#[derive(Debug)]
pub(crate) struct Outcome<E>(Arc<Mutex<Option<Result<Receipt<E>, ScopeFailure>>>>);

impl<E> Clone for Outcome<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E> Outcome<E> {
    pub(crate) fn take(&self) -> Option<Result<Receipt<E>, ScopeFailure>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .take()
    }

    fn put(&self, outcome: Result<Receipt<E>, ScopeFailure>) {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Some(outcome);
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ScopeFailure {
    #[error("the aggregate is at version {actual}, not {expected}")]
    ExpectedVersion { expected: u64, actual: u64 },
    #[error(transparent)]
    Load(StoreError),
    #[error(transparent)]
    Append(AppendError),
}

/// An aggregate between load and commit.
#[derive(Debug)]
pub(crate) struct Context<A> {
    loaded: Loaded<A>,
    aggregate_id: String,
}

impl<A: Aggregate> AggregateContext<A> for Context<A> {
    fn aggregate(&mut self) -> &mut A {
        &mut self.loaded.aggregate
    }
}

impl<A: Aggregate> CommandScope<A> {
    pub(crate) fn new(log: Arc<dyn EventLog>, options: CommandOptions) -> Self {
        Self {
            log,
            options,
            outcome: Outcome(Arc::default()),
        }
    }

    pub(crate) fn outcome(&self) -> Outcome<A::Event> {
        self.outcome.clone()
    }

    /// Folds the whole stream, page by page.
    pub(crate) async fn rebuild(
        log: &dyn EventLog,
        aggregate_id: &str,
    ) -> Result<Loaded<A>, StoreError> {
        let stream = StreamName::new(A::TYPE, aggregate_id);
        let mut loaded = Loaded {
            aggregate: A::default(),
            version: 0,
            position: Position(0),
        };
        loop {
            let page = log.load(&stream, loaded.version, PAGE).await?;
            let last = page.len() < PAGE;
            for recorded in page {
                loaded.version = recorded.version;
                loaded.position = recorded.position;
                loaded.aggregate.apply(decode::<A>(&recorded)?);
            }
            if last {
                return Ok(loaded);
            }
        }
    }

    fn fail<T>(&self, failure: ScopeFailure) -> Result<T, AggregateError<A::Error>> {
        self.outcome.put(Err(failure));
        Err(AggregateError::AggregateConflict)
    }
}

fn decode<A: Aggregate>(recorded: &Recorded) -> Result<A::Event, StoreError> {
    serde_json::from_str(&recorded.payload).map_err(|source| StoreError::Unreadable {
        position: recorded.position.0,
        stream: recorded.stream.clone(),
        source: Box::new(source),
    })
}

fn new_event<E: DomainEvent>(event: &E) -> Result<NewEvent, serde_json::Error> {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the edge where event ids are minted"
    )]
    let event_id = Uuid::now_v7();
    Ok(NewEvent {
        event_id,
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: serde_json::to_string(event)?,
    })
}

impl<A: Aggregate> EventStore<A> for CommandScope<A> {
    type AC = Context<A>;

    async fn load_events(
        &self,
        aggregate_id: &str,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let stream = StreamName::new(A::TYPE, aggregate_id);
        let mut events = Vec::new();
        loop {
            let after = events.len() as u64;
            let page = self.log.load(&stream, after, PAGE).await;
            let page = page.map_err(|e| AggregateError::DatabaseConnectionError(Box::new(e)))?;
            let last = page.len() < PAGE;
            for recorded in page {
                let payload = decode::<A>(&recorded)
                    .map_err(|e| AggregateError::DeserializationError(Box::new(e)))?;
                events.push(EventEnvelope {
                    aggregate_id: aggregate_id.to_owned(),
                    sequence: usize::try_from(recorded.version).unwrap_or(usize::MAX),
                    payload,
                    metadata: HashMap::new(),
                });
            }
            if last {
                return Ok(events);
            }
        }
    }

    async fn load_aggregate(
        &self,
        aggregate_id: &str,
    ) -> Result<Self::AC, AggregateError<A::Error>> {
        let loaded = match Self::rebuild(self.log.as_ref(), aggregate_id).await {
            Ok(loaded) => loaded,
            Err(error) => return self.fail(ScopeFailure::Load(error)),
        };
        if let Some(expected) = self
            .options
            .expected_version
            .filter(|&v| v != loaded.version)
        {
            let actual = loaded.version;
            return self.fail(ScopeFailure::ExpectedVersion { expected, actual });
        }
        Ok(Context {
            loaded,
            aggregate_id: aggregate_id.to_owned(),
        })
    }

    async fn commit(
        &self,
        events: Vec<A::Event>,
        context: Self::AC,
        _metadata: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<A>>, AggregateError<A::Error>> {
        let Loaded {
            version, position, ..
        } = context.loaded;
        if events.is_empty() {
            self.outcome.put(Ok(Receipt {
                position,
                version,
                events,
                repeated: false,
            }));
            return Ok(vec![]);
        }
        let stored: Result<Vec<NewEvent>, _> = events.iter().map(new_event).collect();
        let stored = stored.map_err(|e| AggregateError::DeserializationError(Box::new(e)))?;
        let append = Append {
            stream: StreamName::new(A::TYPE, context.aggregate_id),
            expected: Expected::Version(version),
            events: stored,
            metadata: self.options.metadata.clone(),
            unchanged: self.options.unchanged.clone(),
            idempotency: self.options.idempotency.clone(),
        };
        match self.log.append(append).await {
            Err(error) => self.fail(ScopeFailure::Append(error)),
            Ok(appended) => {
                let events = if appended.repeated { vec![] } else { events };
                self.outcome.put(Ok(Receipt {
                    position: appended.position,
                    version: appended.version,
                    events,
                    repeated: appended.repeated,
                }));
                // No query runs in the command: tables follow the log
                Ok(vec![])
            }
        }
    }
}
