//! Load, decide, append: the one way to change anything.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use cqrs_es::{Aggregate, AggregateError, CqrsFramework, DomainEvent};
use domain::MustSayWhy;

use crate::aggregate_cache::AggregateCache;
use crate::command_figures::note;
use crate::command_scope::{Basis, CommandScope, ScopeFailure};
use crate::command_times::{CommandTime, CommandTimes};
use crate::error::{CommandError, StoreError};
use crate::log::{EventLog, Idempotency};
use crate::metadata::Metadata;
use crate::rebuild::rebuild;
use crate::recorded::{Position, StreamName};
use crate::turns::Turns;

/// How often a command that still makes sense is decided anew after a conflict.
const CONFLICT_RETRIES: usize = 8;

/// Runs commands of one aggregate type, remembering the aggregates that are busy.
#[derive(Debug)]
pub struct CommandGateway<A: Aggregate> {
    log: Arc<dyn EventLog>,
    services: A::Services,
    cache: Arc<AggregateCache<A>>,
    turns: Turns,
    times: CommandTimes,
}

/// What travels with a command besides what it asks.
#[derive(Debug, Clone)]
pub struct CommandOptions {
    pub metadata: Metadata,
    /// The version the caller was looking at. A conflict is then told, not retried.
    pub expected_version: Option<u64>,
    /// Other streams whose state the decision relied on. If one moves, the command conflicts: the
    /// caller must look again.
    pub unchanged: Vec<(StreamName, u64)>,
    pub idempotency: Option<Idempotency>,
}

impl From<Metadata> for CommandOptions {
    fn from(metadata: Metadata) -> Self {
        Self {
            metadata,
            expected_version: None,
            unchanged: vec![],
            idempotency: None,
        }
    }
}

/// What a command did.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt<E> {
    /// Last event of the stream, stored now or before: tables at this position show the command.
    pub position: Position,
    pub version: u64,
    /// What was stored; empty when there was nothing to change.
    pub events: Vec<E>,
    /// The idempotency key was known: this is the earlier answer, and `events` is empty.
    pub repeated: bool,
}

/// An aggregate with the version it was rebuilt to.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded<A> {
    pub aggregate: A,
    pub version: u64,
    pub position: Position,
}

impl<A> CommandGateway<A>
where
    A: Aggregate + Clone + std::fmt::Debug,
    A::Command: Clone + Send + MustSayWhy,
    A::Services: Clone,
    A::Error: Send + Sync + 'static,
{
    pub fn new(log: Arc<dyn EventLog>, services: A::Services) -> Self {
        Self {
            log,
            services,
            cache: Arc::new(AggregateCache::new()),
            turns: Turns::default(),
            times: CommandTimes::default(),
        }
    }

    pub async fn execute(
        &self,
        aggregate_id: &str,
        command: A::Command,
        options: impl Into<CommandOptions>,
    ) -> Result<Receipt<A::Event>, CommandError<A::Error>> {
        let options = options.into();
        self.execute_from(Basis::Remembered, aggregate_id, command, options)
            .await
    }

    /// As [`Self::execute`], on a state that the caller has looked at already: the log is not asked
    /// again. If the stream has moved since, the command is decided anew.
    pub async fn execute_on(
        &self,
        seen: Loaded<A>,
        aggregate_id: &str,
        command: A::Command,
        options: impl Into<CommandOptions>,
    ) -> Result<Receipt<A::Event>, CommandError<A::Error>> {
        let basis = Basis::Seen(Arc::new(seen));
        self.execute_from(basis, aggregate_id, command, options.into())
            .await
    }

    async fn execute_from(
        &self,
        basis: Basis<A>,
        aggregate_id: &str,
        command: A::Command,
        options: CommandOptions,
    ) -> Result<Receipt<A::Event>, CommandError<A::Error>> {
        if command.must_say_why() && options.metadata.lacks_a_reason() {
            return Err(CommandError::ReasonMissing);
        }
        let asked = Instant::now();
        let _turn = self.turns.take(aggregate_id).await;
        if let Some(earlier) = self.earlier_receipt(&options).await? {
            return Ok(earlier);
        }
        let answer = self.decide(basis, aggregate_id, command, &options).await;
        note(A::TYPE, &answer, asked.elapsed());
        if let Ok(Receipt { events, .. }) = &answer
            && let Some(first) = events.first()
        {
            self.times.took(first.event_type(), asked.elapsed());
        }
        if answer.as_ref().is_err_and(CommandError::may_be_outdated) {
            // Another process may have done this very request while it was decided here
            return self.earlier_receipt(&options).await?.map_or(answer, Ok);
        }
        answer
    }

    /// The aggregate as it is now, for decisions that look before they ask.
    pub async fn load(&self, aggregate_id: &str) -> Result<Loaded<A>, StoreError> {
        let known = self.cache.get(aggregate_id).map(Arc::unwrap_or_clone);
        let loaded = rebuild(self.log.as_ref(), aggregate_id, known).await?;
        self.cache.put(aggregate_id, Arc::new(loaded.clone()));
        Ok(loaded)
    }

    /// The aggregate as this process saw it last, read from the log only if it is not remembered.
    /// Another process may have changed it since: for decisions whose append names its version in
    /// [`CommandOptions::unchanged`].
    pub async fn load_remembered(&self, aggregate_id: &str) -> Result<Arc<Loaded<A>>, StoreError> {
        match self.remembered(aggregate_id) {
            Some(known) => Ok(known),
            None => self.load(aggregate_id).await.map(Arc::new),
        }
    }

    /// The aggregate as this process saw it last, if it is remembered.
    pub fn remembered(&self, aggregate_id: &str) -> Option<Arc<Loaded<A>>> {
        self.cache.get(aggregate_id)
    }

    /// The aggregate as this process saw it last, or as new. For [`Self::execute_on`], which decides
    /// again if the log knows better: nobody reads the log for what is most likely not there.
    pub fn remembered_or_new(&self, aggregate_id: &str) -> Loaded<A> {
        let known = self.remembered(aggregate_id);
        known.map_or_else(Loaded::beginning, Arc::unwrap_or_clone)
    }

    /// How long the last commands took that recorded something, by what they recorded.
    pub fn times(&self) -> Vec<CommandTime> {
        self.times.told()
    }

    /// Drops what is remembered of an aggregate that is done. The next command reads it anew.
    pub fn forget(&self, aggregate_id: &str) {
        self.cache.forget(aggregate_id);
    }

    /// A repeated request gets its first answer before the domain sees it: by now the aggregate
    /// may well refuse what it accepted then.
    async fn earlier_receipt(
        &self,
        options: &CommandOptions,
    ) -> Result<Option<Receipt<A::Event>>, CommandError<A::Error>> {
        let Some(idempotency) = &options.idempotency else {
            return Ok(None);
        };
        let earlier = self
            .log
            .earlier_answer(idempotency)
            .await
            .map_err(CommandError::from)?;
        Ok(earlier.map(|appended| Receipt {
            position: appended.position,
            version: appended.version,
            events: vec![],
            repeated: true,
        }))
    }

    async fn decide(
        &self,
        mut basis: Basis<A>,
        aggregate_id: &str,
        command: A::Command,
        options: &CommandOptions,
    ) -> Result<Receipt<A::Event>, CommandError<A::Error>> {
        let may_retry = options.expected_version.is_none() && options.unchanged.is_empty();
        let mut conflicts = 0;
        loop {
            let scope = CommandScope::<A>::new(
                self.log.clone(),
                self.cache.clone(),
                options.clone(),
                std::mem::replace(&mut basis, Basis::Latest),
            );
            let (answer, from_memory) = self.attempt(scope, aggregate_id, command.clone()).await;
            match answer {
                // Memory was good enough: the log would have told otherwise
                Ok(receipt) if !receipt.events.is_empty() || receipt.repeated => {
                    return Ok(receipt);
                }
                Ok(_) if from_memory => {}
                Err(error) if from_memory && error.may_be_outdated() => {}
                Err(CommandError::Conflict { .. }) if may_retry && conflicts < CONFLICT_RETRIES => {
                    conflicts += 1;
                }
                answer => return answer,
            }
        }
    }

    /// The second value: the decision was made on a remembered state, which another process may
    /// have left behind.
    async fn attempt(
        &self,
        scope: CommandScope<A>,
        aggregate_id: &str,
        command: A::Command,
    ) -> (Result<Receipt<A::Event>, CommandError<A::Error>>, bool) {
        let outcome = scope.outcome();
        let framework = CqrsFramework::new(scope, vec![], self.services.clone());
        let decided = framework
            .execute_with_metadata(aggregate_id, command, HashMap::new())
            .await;
        let told = outcome.take();
        let answer = match (decided, told.result) {
            (Err(AggregateError::UserError(refusal)), _) => Err(CommandError::Refused(refusal)),
            (_, Some(Ok(receipt))) => Ok(receipt),
            (_, Some(Err(failure))) => Err(failure.into()),
            (Err(other), None) => Err(StoreError::Failed(Box::new(other)).into()),
            (Ok(()), None) => Err(StoreError::Failed("the command left no outcome".into()).into()),
        };
        (answer, told.from_memory)
    }
}

impl<E: std::error::Error + 'static> From<ScopeFailure> for CommandError<E> {
    fn from(failure: ScopeFailure) -> Self {
        match failure {
            ScopeFailure::ExpectedVersion { expected, actual } => {
                Self::Conflict { expected, actual }
            }
            ScopeFailure::Append(error) => error.into(),
            ScopeFailure::Store(error) => Self::Store(error),
        }
    }
}
