//! The execution stream of one run, and its state as far as this process has recorded it.

use std::sync::Arc;

use domain::event::aggregate_type;
use domain::execution::{
    Execution, ExecutionCommand, ExecutionError, ExecutionEvent, ExecutionId, Seen,
};
use domain::ids::{ExecutorType, StrategyKey};
use event_store::{
    Actor, CommandError, CommandGateway, CommandOptions, EventLog, Loaded, Metadata, Receipt, Role,
    Source, StoreError, StreamName,
};
use strategies::MarketSnapshot;
use uuid::Uuid;

/// Every append names the version it was decided on: once somebody else has written to the
/// stream, whoever holds the older state can record nothing, and so can send nothing.
#[derive(Debug)]
pub(crate) struct Journal {
    id: ExecutionId,
    gateway: Arc<CommandGateway<Execution>>,
    /// The very one that the gateway remembers, as a rule: a run's last orders are in memory once.
    known: Arc<Loaded<Execution>>,
    metadata: Metadata,
}

pub(crate) type RecordError = CommandError<ExecutionError>;

impl Journal {
    pub(crate) async fn load(
        gateway: Arc<CommandGateway<Execution>>,
        key: &StrategyKey,
        run: u32,
        metadata: Metadata,
    ) -> Result<Self, StoreError> {
        let id = ExecutionId::of(key, run);
        let known = Arc::new(gateway.load(id.as_str()).await?);
        Ok(Self {
            id,
            gateway,
            known,
            metadata,
        })
    }

    pub(crate) fn state(&self) -> &Execution {
        &self.known.aggregate
    }

    pub(crate) fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// What a decision that is taken now sees, for whoever takes it again.
    pub(crate) fn seen(&self, market: &MarketSnapshot, refill: bool) -> Option<Seen> {
        Some(Seen {
            version: self.known.version,
            refill,
            replaces: false,
            read_at: market.read_at,
            markets: market.to_seen()?,
        })
    }

    /// The same for a decision about what comes in place of the orders that are being cancelled now.
    pub(crate) fn seen_to_replace(&self, market: &MarketSnapshot) -> Option<Seen> {
        let seen = self.seen(market, true)?;
        Some(Seen {
            replaces: true,
            ..seen
        })
    }

    /// The run is over, and its last orders need not stay in memory: who asks again reads the log.
    pub(crate) fn forget(&self) {
        self.gateway.forget(self.id.as_str());
    }

    /// Names the event because of which the next ones are recorded.
    pub(crate) fn caused_by(&mut self, event_id: Uuid) {
        self.metadata.causation_id = Some(event_id);
    }

    /// The id of the run's newest event.
    pub(crate) async fn last_event(&self, log: &dyn EventLog) -> Result<Option<Uuid>, StoreError> {
        let stream = StreamName::new(aggregate_type::EXECUTION, self.id.as_str());
        let newest = log
            .load(&stream, self.known.version.saturating_sub(1), 1)
            .await?;
        Ok(newest.first().map(|recorded| recorded.event_id))
    }

    fn after(&self, receipt: Receipt<ExecutionEvent>) -> Arc<Loaded<Execution>> {
        let mut known = self.known.as_ref().clone();
        known.aggregate.fold(receipt.events);
        known.version = receipt.version;
        known.position = receipt.position;
        Arc::new(known)
    }

    /// Records what the command decides; what was recorded is part of the state at once.
    pub(crate) async fn record(&mut self, command: ExecutionCommand) -> Result<(), RecordError> {
        let options = CommandOptions {
            expected_version: Some(self.known.version),
            ..CommandOptions::from(self.metadata.clone())
        };
        let receipt = self
            .gateway
            .execute(self.id.as_str(), command, options)
            .await?;
        let remembered = self.gateway.remembered(self.id.as_str());
        self.known = match remembered.filter(|known| known.version == receipt.version) {
            Some(known) => known,
            None => self.after(receipt),
        };
        Ok(())
    }
}

/// Who acts in a run, and because of which lifecycle event. All events of a run share one
/// correlation id.
pub(crate) fn run_metadata(
    executor_type: &ExecutorType,
    execution: &ExecutionId,
    cause: Uuid,
) -> Metadata {
    let actor = Actor::new(format!("executor:{executor_type}"), Role::System);
    let correlation = Uuid::new_v5(&Uuid::NAMESPACE_OID, execution.as_str().as_bytes());
    Metadata::new(actor, Source::Executor, correlation).caused_by(cause)
}
