//! Load, decide, append: the one way to change anything.

use std::sync::Arc;

use cqrs_es::{Aggregate, AggregateError, CqrsFramework};
use std::collections::HashMap;

use crate::command_scope::{CommandScope, ScopeFailure};
use crate::error::{AppendError, CommandError, StoreError};
use crate::log::{EventLog, Idempotency};
use crate::metadata::Metadata;
use crate::recorded::{Position, StreamName};

/// How often a command that still makes sense is decided anew after a conflict.
const CONFLICT_RETRIES: usize = 8;

/// Runs commands of one aggregate type.
#[derive(Debug)]
pub struct CommandGateway<A: Aggregate> {
    log: Arc<dyn EventLog>,
    services: A::Services,
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
    A::Command: Clone + Send,
    A::Services: Clone,
    A::Error: Send + Sync + 'static,
{
    pub fn new(log: Arc<dyn EventLog>, services: A::Services) -> Self {
        Self { log, services }
    }

    pub async fn execute(
        &self,
        aggregate_id: &str,
        command: A::Command,
        options: impl Into<CommandOptions>,
    ) -> Result<Receipt<A::Event>, CommandError<A::Error>> {
        let options = options.into();
        if let Some(earlier) = self.earlier_receipt(&options).await? {
            return Ok(earlier);
        }
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self
                .try_execute(aggregate_id, command.clone(), options.clone())
                .await
            {
                Err(CommandError::Conflict { .. })
                    if options.expected_version.is_none()
                        && options.unchanged.is_empty()
                        && attempt <= CONFLICT_RETRIES => {}
                answer => return answer,
            }
        }
    }

    /// The aggregate as it is now, for decisions that look before they ask.
    pub async fn load(&self, aggregate_id: &str) -> Result<Loaded<A>, StoreError> {
        CommandScope::<A>::rebuild(self.log.as_ref(), aggregate_id).await
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
            .map_err(ScopeFailure::Append)?;
        Ok(earlier.map(|appended| Receipt {
            position: appended.position,
            version: appended.version,
            events: vec![],
            repeated: true,
        }))
    }

    async fn try_execute(
        &self,
        aggregate_id: &str,
        command: A::Command,
        options: CommandOptions,
    ) -> Result<Receipt<A::Event>, CommandError<A::Error>> {
        let scope = CommandScope::<A>::new(self.log.clone(), options);
        let outcome = scope.outcome();
        let framework = CqrsFramework::new(scope, vec![], self.services.clone());
        let answer = framework
            .execute_with_metadata(aggregate_id, command, HashMap::new())
            .await;
        match (answer, outcome.take()) {
            (Err(AggregateError::UserError(refusal)), _) => Err(CommandError::Refused(refusal)),
            (_, Some(Ok(receipt))) => Ok(receipt),
            (_, Some(Err(failure))) => Err(failure.into()),
            (Err(other), None) => Err(StoreError::Failed(Box::new(other)).into()),
            (Ok(()), None) => Err(StoreError::Failed("the command left no outcome".into()).into()),
        }
    }
}

impl<E: std::error::Error + 'static> From<ScopeFailure> for CommandError<E> {
    fn from(failure: ScopeFailure) -> Self {
        match failure {
            ScopeFailure::ExpectedVersion { expected, actual } => {
                Self::Conflict { expected, actual }
            }
            ScopeFailure::Append(AppendError::Conflict {
                expected, actual, ..
            }) => Self::Conflict { expected, actual },
            ScopeFailure::Append(AppendError::Moved { .. }) => Self::Conflict {
                expected: 0,
                actual: 0,
            },
            ScopeFailure::Append(AppendError::KeyReused) => Self::KeyReused,
            ScopeFailure::Append(AppendError::OutcomeUnknown(source)) => {
                Self::Store(StoreError::Unavailable(source))
            }
            ScopeFailure::Append(AppendError::Store(error)) | ScopeFailure::Load(error) => {
                Self::Store(error)
            }
        }
    }
}
