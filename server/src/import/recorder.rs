//! Where rows become events: each through the gateway of its aggregate, as everything else.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::ExecutorCatalogue;
use domain::clock::Clock;
use domain::definition::{Definition, DefinitionCommand, ImportDefinition, LiveDefinition};
use domain::instance::{ImportLegacyInstance, Instance, InstanceCommand};
use domain::legacy_record::{ImportLegacyRecord, LegacyRecord};
use event_store::{Actor, CommandGateway, EventLog, Metadata, Role, Source};
use uuid::Uuid;

use super::ImportError;
use super::instances::Link;
use super::report::Outcome;

/// Records rows, or only says what it would do.
#[derive(Debug)]
pub(super) struct Recorder {
    /// `None` for a dry run against an installation that does not exist yet.
    gateways: Option<Gateways>,
    dry_run: bool,
    metadata: Metadata,
    clock: Arc<dyn Clock>,
}

#[derive(Debug)]
struct Gateways {
    definitions: CommandGateway<Definition>,
    instances: CommandGateway<Instance>,
    records: CommandGateway<LegacyRecord>,
}

/// What became of a definition, and what links to it lead to now.
#[derive(Debug)]
pub(super) struct DefinitionOutcome {
    pub(super) outcome: Outcome,
    /// `None` when the definition that holds the key was removed.
    pub(super) link: Option<Link>,
}

impl Recorder {
    pub(super) fn new(
        log: Option<Arc<dyn EventLog>>,
        catalogue: &Arc<dyn ExecutorCatalogue>,
        clock: Arc<dyn Clock>,
        source: &str,
        dry_run: bool,
    ) -> Self {
        let actor = Actor::new("import", Role::System);
        let gateways = log.map(|log| Gateways {
            definitions: CommandGateway::new(log.clone(), catalogue.clone()),
            instances: CommandGateway::new(log.clone(), catalogue.clone()),
            records: CommandGateway::new(log, ()),
        });
        Self {
            gateways,
            dry_run,
            metadata: Metadata::new(actor, Source::Import, Uuid::new_v4())
                .because(format!("imported from {source}")),
            clock,
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) async fn definition(
        &self,
        import: ImportDefinition,
    ) -> Result<DefinitionOutcome, ImportError> {
        let own_link = Link {
            id: import.definition_id,
            current_version: import.current_version.clone(),
            versions: import.versions.iter().map(|v| v.version.clone()).collect(),
        };
        let Some(gateways) = &self.gateways else {
            return Ok(DefinitionOutcome {
                outcome: Outcome::Recorded,
                link: Some(own_link),
            });
        };
        let key = import.key.as_str().to_owned();
        let there = gateways.definitions.load(&key).await.map_err(stopped)?;
        if there.aggregate.ever_existed() {
            let live = there.aggregate.live();
            let same = live.is_some_and(|live| live.id == import.definition_id);
            return Ok(DefinitionOutcome {
                outcome: if same {
                    Outcome::AlreadyThere
                } else {
                    Outcome::NotRecorded
                },
                link: live.map(Link::to),
            });
        }
        if !self.dry_run {
            let command = DefinitionCommand::Import(import);
            let recorded = gateways
                .definitions
                .execute(&key, command, self.metadata.clone());
            recorded.await.map_err(stopped)?;
        }
        Ok(DefinitionOutcome {
            outcome: Outcome::Recorded,
            link: Some(own_link),
        })
    }

    /// Not recorded when the key belongs to another instance here.
    pub(super) async fn instance(
        &self,
        import: ImportLegacyInstance,
    ) -> Result<Outcome, ImportError> {
        let Some(gateways) = &self.gateways else {
            return Ok(Outcome::Recorded);
        };
        let key = import.strategy_key.as_str().to_owned();
        let there = gateways.instances.load(&key).await.map_err(stopped)?;
        if let Some(known) = there.aggregate.known() {
            let same = known.legacy_id == Some(import.row.legacy_id);
            return Ok(if same {
                Outcome::AlreadyThere
            } else {
                Outcome::NotRecorded
            });
        }
        if !self.dry_run {
            let command = InstanceCommand::ImportLegacy(Box::new(import));
            let recorded = gateways
                .instances
                .execute(&key, command, self.metadata.clone());
            recorded.await.map_err(stopped)?;
        }
        Ok(Outcome::Recorded)
    }

    pub(super) async fn record(&self, import: ImportLegacyRecord) -> Result<Outcome, ImportError> {
        let Some(gateways) = &self.gateways else {
            return Ok(Outcome::Recorded);
        };
        let stream = import.stream_id();
        let there = gateways.records.load(&stream).await.map_err(stopped)?;
        if there.version > 0 {
            return Ok(Outcome::AlreadyThere);
        }
        if !self.dry_run {
            let recorded = gateways
                .records
                .execute(&stream, import, self.metadata.clone());
            recorded.await.map_err(stopped)?;
        }
        Ok(Outcome::Recorded)
    }
}

impl Link {
    fn to(live: &LiveDefinition) -> Self {
        Self {
            id: live.id,
            current_version: live.current_version.clone(),
            versions: BTreeSet::clone(&live.versions),
        }
    }
}

fn stopped(error: impl std::error::Error + Send + Sync + 'static) -> ImportError {
    ImportError::Recording(Box::new(error))
}
