//! An instance's state and how events change it. The rules are one file per command.

use std::sync::Arc;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{InstanceCommand, InstanceError, InstanceEvent, LaunchPlan, Run, StopMode};
use crate::event::aggregate_type;
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::{ClientId, DefinitionId, UserId};
use crate::money::Decimal;

/// What somebody last asked for. Whether its executor has caught up is the execution's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstanceStatus {
    Running,
    Stopped,
    Faulted,
}

impl InstanceStatus {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Faulted => "faulted",
        }
    }
}

/// A strategy key's whole life.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Instance {
    known: Option<KnownInstance>,
}

/// An instance that was started or imported at least once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownInstance {
    pub user_id: UserId,
    pub client_id: ClientId,
    pub status: InstanceStatus,
    /// What the next rerun repeats; `None` for an imported row that no executor can run.
    pub last_run: Option<Run>,
    /// How many runs there were. An imported row that was running counts as run 1.
    pub runs: u32,
    pub strategy_type: String,
    /// Market price at the first start; later runs keep it.
    pub start_price: Decimal,
    pub definition_id: Option<DefinitionId>,
    /// The original's row id, for imported instances.
    pub legacy_id: Option<i64>,
    /// The last stop left its orders at the venue: another one may still take them off.
    #[serde(default)]
    pub(super) orders_left: bool,
    /// Why the last backfill skipped it, so that the same reason is recorded once.
    pub(super) skip_reason: Option<String>,
}

impl KnownInstance {
    /// `a-b`,`c` and `a`,`b-c` make the same key: two users' money is never merged.
    pub(super) fn refuse_another(&self, plan: &LaunchPlan) -> Result<(), InstanceError> {
        if self.user_id == plan.user_id && self.client_id == plan.client_id {
            return Ok(());
        }
        let key = plan.strategy_key.clone();
        Err(InstanceError::KeyBelongsToAnother(key))
    }
}

impl Instance {
    pub fn known(&self) -> Option<&KnownInstance> {
        self.known.as_ref()
    }

    pub(super) fn is_running(&self) -> bool {
        self.known
            .as_ref()
            .is_some_and(|known| known.status == InstanceStatus::Running)
    }

    fn begin(&mut self, run: Run) {
        let (legacy_id, definition_id) = match &self.known {
            Some(known) => (known.legacy_id, known.definition_id),
            None => (None, None),
        };
        self.known = Some(KnownInstance {
            user_id: run.user_id.clone(),
            client_id: run.client_id.clone(),
            status: InstanceStatus::Running,
            runs: run.number,
            strategy_type: run.strategy_type.clone(),
            start_price: run.start_price.clone(),
            // A direct legacy start of a linked instance keeps the link, as the original's row did
            definition_id: run
                .definition
                .as_ref()
                .map(|pin| pin.definition_id)
                .or(definition_id),
            legacy_id,
            orders_left: false,
            skip_reason: None,
            last_run: Some(run),
        });
    }

    fn end(&mut self, status: InstanceStatus) {
        if let Some(known) = self.known.as_mut() {
            known.status = status;
        }
    }
}

impl Aggregate for Instance {
    const TYPE: &'static str = aggregate_type::INSTANCE;
    type Command = InstanceCommand;
    type Event = InstanceEvent;
    type Error = InstanceError;
    type Services = Arc<dyn ExecutorCatalogue>;

    async fn handle(
        &mut self,
        command: Self::Command,
        catalogue: &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        let events = match command {
            InstanceCommand::Start(start) => start.decide(self)?,
            InstanceCommand::Restart(restart) => restart.decide(self, catalogue)?,
            InstanceCommand::RestartOnVersion(restart) => restart.decide(self)?,
            InstanceCommand::Reconfigure(change) => change.decide(self, catalogue)?,
            InstanceCommand::Stop(stop) => stop.decide(self),
            InstanceCommand::Fault(fault) => fault.decide(self),
            InstanceCommand::ImportLegacy(import) => import.decide(self)?,
            InstanceCommand::BackfillLink(link) => link.decide(self)?,
            InstanceCommand::SkipLink(skip) => skip.decide(self)?,
        };
        for event in events {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
                self.begin(run);
            }
            InstanceEvent::InstanceReconfigured { config, .. } => {
                let run = self
                    .known
                    .as_mut()
                    .and_then(|known| known.last_run.as_mut());
                if let Some(run) = run {
                    run.config = config;
                }
            }
            InstanceEvent::InstanceStopped { mode, .. } => {
                self.end(InstanceStatus::Stopped);
                if let Some(known) = self.known.as_mut() {
                    known.orders_left = mode == StopMode::Leave;
                }
            }
            InstanceEvent::InstanceFaulted { .. } => self.end(InstanceStatus::Faulted),
            InstanceEvent::LegacyInstanceImported(row) => {
                self.known = Some(KnownInstance::from_legacy(&row));
            }
            InstanceEvent::LegacyLinkBackfilled { definition_id, .. } => {
                if let Some(known) = self.known.as_mut() {
                    known.definition_id = Some(definition_id);
                    known.skip_reason = None;
                }
            }
            InstanceEvent::LegacyLinkSkipped { reason, .. } => {
                if let Some(known) = self.known.as_mut() {
                    known.skip_reason = Some(reason);
                }
            }
        }
    }
}
