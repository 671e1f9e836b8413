//! An instance's runs, from its history.

use async_graphql::{ComplexObject, Context, Enum, Result, SimpleObject};
use domain::event::{Event, aggregate_type};
use domain::ids::StrategyKey;
use domain::instance::InstanceEvent;
use event_store::{Position, Recorded, StreamName};

use crate::graphql::context::loaders;
use crate::graphql::executions::{Execution, find_execution};
use crate::graphql::failure::internal;
use crate::graphql::reading::Reading;
use crate::graphql::scalars::{Json, Place, Time};

/// A start, and how it ended.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct Run {
    #[graphql(skip)]
    key: StrategyKey,
    /// What its execution is shown as.
    #[graphql(skip)]
    reading: Reading,
    number: u32,
    definition_key: Option<String>,
    definition_version: Option<String>,
    /// The draft had been edited after that version was published.
    edited_since_publish: bool,
    /// As it was last: a run may be given another while it goes on.
    config: Json,
    config_changes: Vec<ConfigChange>,
    started_at: Time,
    started_by: String,
    start_reason: Option<String>,
    started_position: Place,
    /// Null while it runs.
    ended_at: Option<Time>,
    end: Option<RunEnd>,
    ended_by: Option<String>,
    end_reason: Option<String>,
}

/// Other values for a run that went on.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ConfigChange {
    /// Names of the fields.
    changed: Vec<String>,
    /// The whole configuration from then on.
    config: Json,
    changed_at: Time,
    changed_by: String,
    reason: Option<String>,
    position: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum RunEnd {
    Stopped,
    Faulted,
    /// Another run took its place.
    Replaced,
}

#[ComplexObject]
impl Run {
    /// Null until an executor took it up.
    #[graphql(complexity = "5 + child_complexity")]
    async fn execution(&self, ctx: &Context<'_>) -> Result<Option<Execution>> {
        find_execution(ctx, self.reading, &self.key, self.number).await
    }
}

impl Run {
    fn begun(
        key: &StrategyKey,
        run: domain::instance::Run,
        position: Position,
        started_by: String,
        start_reason: Option<String>,
    ) -> Self {
        let pin = run.definition.as_ref();
        Self {
            key: key.clone(),
            reading: Reading::default(),
            number: run.number,
            definition_key: pin.map(|pin| pin.key.to_string()),
            definition_version: pin.map(|pin| pin.version.to_string()),
            edited_since_publish: pin.is_some_and(|pin| pin.edited_since_publish),
            config: run.config.into(),
            config_changes: vec![],
            started_at: run.started_at.into(),
            started_by,
            start_reason,
            started_position: position.into(),
            ended_at: None,
            end: None,
            ended_by: None,
            end_reason: None,
        }
    }

    /// A row of the original server: of its start nothing but the time is known.
    fn imported(
        key: &StrategyKey,
        row: domain::instance::LegacyInstanceRow,
        position: Position,
        actor: String,
    ) -> Self {
        let running = row.status == domain::instance::InstanceStatus::Running;
        Self {
            key: key.clone(),
            reading: Reading::default(),
            number: 1,
            definition_key: None,
            definition_version: row.definition.map(|(_, version)| version.to_string()),
            edited_since_publish: false,
            config: row.config.into(),
            config_changes: vec![],
            started_at: row.created_at.into(),
            started_by: actor,
            start_reason: row.note,
            started_position: position.into(),
            ended_at: (!running).then(|| row.updated_at.into()),
            end: (!running).then_some(RunEnd::Stopped),
            ended_by: None,
            end_reason: None,
        }
    }
}

/// All runs up to a position, the latest first.
pub(super) async fn runs_of(
    ctx: &Context<'_>,
    reading: Reading,
    key: &StrategyKey,
) -> Result<Vec<Run>> {
    let stream = StreamName::new(aggregate_type::INSTANCE, key.as_str());
    let mut runs = Vec::new();
    for recorded in loaders(ctx).history(stream, reading.as_of).await?.iter() {
        take_in(&mut runs, key, recorded)?;
    }
    for run in &mut runs {
        run.reading = reading;
    }
    runs.reverse();
    Ok(runs)
}

fn take_in(runs: &mut Vec<Run>, key: &StrategyKey, recorded: &Recorded) -> Result<()> {
    let Event::Instance(event) = recorded.decode().map_err(internal)? else {
        return Ok(());
    };
    let metadata = recorded.metadata().map_err(internal)?;
    let (actor, reason) = (metadata.actor.name, metadata.reason);
    let mut end = |how: RunEnd, by: &str, why: Option<String>| {
        if let Some(run) = runs.last_mut().filter(|run| run.end.is_none()) {
            run.ended_at = Some(recorded.recorded_at.into());
            run.end = Some(how);
            run.ended_by = Some(by.to_owned());
            run.end_reason = why;
        }
    };
    match event {
        InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
            end(RunEnd::Replaced, &actor, reason.clone());
            runs.push(Run::begun(key, run, recorded.position, actor, reason));
        }
        InstanceEvent::InstanceReconfigured {
            config, changed, ..
        } => {
            if let Some(run) = runs.last_mut() {
                run.config = config.clone().into();
                run.config_changes.push(ConfigChange {
                    changed,
                    config: config.into(),
                    changed_at: recorded.recorded_at.into(),
                    changed_by: actor,
                    reason,
                    position: recorded.position.into(),
                });
            }
        }
        InstanceEvent::InstanceStopped { reason: said, .. } => {
            end(RunEnd::Stopped, &actor, said.or(reason));
        }
        InstanceEvent::InstanceFaulted { reason: said, .. } => {
            end(RunEnd::Faulted, &actor, Some(said));
        }
        InstanceEvent::LegacyInstanceImported(row) => {
            runs.push(Run::imported(key, row, recorded.position, actor));
        }
        InstanceEvent::LegacyLinkBackfilled { .. } | InstanceEvent::LegacyLinkSkipped { .. } => {}
    }
    Ok(())
}
