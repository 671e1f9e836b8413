//! One command's view of the log, as cqrs-es wants it: its framework decides, ours stores.
//!
//! cqrs-es' own stores apply events twice and lose positions; this keeps its `EventStore` trait
//! as the seam and nothing else of them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use cqrs_es::{Aggregate, AggregateContext, AggregateError, EventEnvelope, EventStore};

use crate::aggregate_cache::AggregateCache;
use crate::command_gateway::{CommandOptions, Loaded, Receipt};
use crate::encoded::{Encoded, encode};
use crate::error::{AppendError, StoreError};
use crate::log::{Append, Appended, EventLog, Expected};
use crate::rebuild::{decode, is_due, rebuild, save_snapshot};
use crate::recorded::StreamName;

/// Events per page when all are asked for at once.
const PAGE: usize = 500;

/// What a decision starts from.
#[derive(Debug)]
pub(crate) enum Basis<A> {
    /// The state as remembered, if it is. An append on it is safe, for the log checks the version;
    /// any other outcome needs another look.
    Remembered,
    /// The state as the caller saw it, unless a newer one is remembered. As with that, the log checks.
    Seen(Arc<Loaded<A>>),
    /// The state with everything the log holds.
    Latest,
}

#[derive(Debug)]
pub(crate) struct CommandScope<A: Aggregate> {
    log: Arc<dyn EventLog>,
    cache: Arc<AggregateCache<A>>,
    options: CommandOptions,
    basis: Basis<A>,
    outcome: Outcome<A::Event>,
}

/// Where the scope leaves what the framework's signature has no room for.
#[derive(Debug)]
pub(crate) struct Outcome<E>(Arc<Mutex<Told<E>>>);

#[derive(Debug)]
pub(crate) struct Told<E> {
    pub(crate) result: Option<Result<Receipt<E>, ScopeFailure>>,
    /// The decision was made on a remembered state.
    pub(crate) from_memory: bool,
}

impl<E> Default for Told<E> {
    fn default() -> Self {
        Self {
            result: None,
            from_memory: false,
        }
    }
}

impl<E> Outcome<E> {
    pub(crate) fn take(&self) -> Told<E> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, result: Result<Receipt<E>, ScopeFailure>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).result = Some(result);
    }

    fn note_memory(&self) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.from_memory = true;
    }
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ScopeFailure {
    #[error("the aggregate is at version {actual}, not {expected}")]
    ExpectedVersion { expected: u64, actual: u64 },
    #[error(transparent)]
    Store(StoreError),
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

impl<A: Aggregate + Clone> CommandScope<A> {
    pub(crate) fn new(
        log: Arc<dyn EventLog>,
        cache: Arc<AggregateCache<A>>,
        options: CommandOptions,
        basis: Basis<A>,
    ) -> Self {
        Self {
            log,
            cache,
            options,
            basis,
            outcome: Outcome(Arc::default()),
        }
    }

    pub(crate) fn outcome(&self) -> Outcome<A::Event> {
        Outcome(self.outcome.0.clone())
    }

    async fn load(&self, aggregate_id: &str) -> Result<Loaded<A>, StoreError> {
        let known = self.cache.get(aggregate_id);
        let enough = match &self.basis {
            Basis::Remembered => known.clone(),
            Basis::Seen(seen) => {
                let newer = known.clone().filter(|known| known.version > seen.version);
                Some(newer.unwrap_or_else(|| seen.clone()))
            }
            Basis::Latest => None,
        };
        if let Some(enough) = enough {
            self.outcome.note_memory();
            return Ok(Arc::unwrap_or_clone(enough));
        }
        let known = known.map(Arc::unwrap_or_clone);
        let loaded = rebuild(self.log.as_ref(), aggregate_id, known).await?;
        self.cache.put(aggregate_id, Arc::new(loaded.clone()));
        Ok(loaded)
    }

    fn fail<T>(&self, failure: ScopeFailure) -> Result<T, AggregateError<A::Error>> {
        self.outcome.put(Err(failure));
        Err(AggregateError::AggregateConflict)
    }

    /// A log that is behind what is remembered was replaced, say by a backup.
    fn doubt(&self, aggregate_id: &str, error: &AppendError) {
        if let AppendError::Conflict {
            expected, actual, ..
        } = error
            && actual < expected
        {
            self.cache.forget(aggregate_id);
        }
    }

    /// Remembers the state after the append. `context` holds it already: the sink applied each
    /// event as it was written, and nothing applies one again.
    async fn remember(&self, context: Context<A>, appended: Appended, encoded: &Encoded) {
        let Context {
            loaded,
            aggregate_id,
        } = context;
        if !encoded.reads_back {
            return self.cache.forget(&aggregate_id);
        }
        let before = loaded.version;
        let loaded = Arc::new(Loaded {
            version: appended.version,
            position: appended.position,
            ..loaded
        });
        self.cache.put(&aggregate_id, loaded.clone());
        if is_due(before, appended.version) {
            let log = self.log.as_ref();
            save_snapshot(log, &aggregate_id, &loaded, encoded.last_event).await;
        }
    }
}

impl<A: Aggregate + Clone> EventStore<A> for CommandScope<A> {
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
        let loaded = match self.load(aggregate_id).await {
            Ok(loaded) => loaded,
            Err(error) => return self.fail(ScopeFailure::Store(error)),
        };
        let expected = self.options.expected_version;
        if let Some(expected) = expected.filter(|&version| version != loaded.version) {
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
        if events.is_empty() {
            self.outcome.put(Ok(Receipt {
                position: context.loaded.position,
                version: context.loaded.version,
                events,
                repeated: false,
            }));
            return Ok(vec![]);
        }
        let mut encoded = match encode(&events) {
            Ok(encoded) => encoded,
            Err(error) => return self.fail(ScopeFailure::Store(error)),
        };
        let append = Append {
            stream: StreamName::new(A::TYPE, context.aggregate_id.as_str()),
            expected: Expected::Version(context.loaded.version),
            events: std::mem::take(&mut encoded.events),
            metadata: self.options.metadata.clone(),
            unchanged: self.options.unchanged.clone(),
            idempotency: self.options.idempotency.clone(),
        };
        let appended = match self.log.append(append).await {
            Ok(appended) => appended,
            Err(error) => {
                self.doubt(&context.aggregate_id, &error);
                return self.fail(ScopeFailure::Append(error));
            }
        };
        if !appended.repeated {
            self.remember(context, appended, &encoded).await;
        }
        self.outcome.put(Ok(Receipt {
            position: appended.position,
            version: appended.version,
            events: if appended.repeated { vec![] } else { events },
            repeated: appended.repeated,
        }));
        // No query runs in the command: tables follow the log
        Ok(vec![])
    }
}
