//! Links instances from before definitions existed to the definition they run.

use domain::ErrorChain;
use domain::definition::{DefinitionVersion, LiveDefinition};
use domain::event::{Event, aggregate_type};
use domain::ids::{DefinitionKey, ExecutorType, StrategyKey};
use domain::instance::{BackfillLink, InstanceCommand, InstanceEvent, SkipLink};
use domain::phrase::{Param, Phrase};
use event_store::{CommandError, CommandOptions, Position, StreamName};
use projections::definitions;
use projections::instances::{self, InstanceFilter, InstanceRow};

use super::{OperationError, recorded_before};
use crate::state::App;

/// Candidates looked up anew when one changes while it is being linked to.
const ATTEMPTS: usize = 8;

/// Instances read at once.
const PAGE: u32 = 500;

/// Instances told one by one.
const TOLD: usize = 1_000;

/// What a backfill did. Instances that had a definition already are not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Backfilled {
    pub(crate) updated: u64,
    pub(crate) skipped: u64,
    /// What became of the first thousand.
    pub(crate) entries: Vec<BackfillEntry>,
    /// The last event of it all.
    pub(crate) position: Position,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BackfillEntry {
    pub(crate) strategy_key: StrategyKey,
    /// The definition it is linked to, or why there is none.
    pub(crate) outcome: Outcome,
}

pub(crate) type Outcome = Result<(DefinitionKey, DefinitionVersion), WhyNot>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WhyNot {
    Said(Phrase),
    /// The instance itself would not have it.
    Refused(String),
}

impl Backfilled {
    fn add(&mut self, strategy_key: &StrategyKey, settled: Settled) {
        match &settled.outcome {
            Ok(_) => self.updated += 1,
            Err(_) => self.skipped += 1,
        }
        self.position = self.position.max(settled.position);
        if self.entries.len() < TOLD {
            self.entries.push(BackfillEntry {
                strategy_key: strategy_key.clone(),
                outcome: settled.outcome,
            });
        }
    }
}

/// Gives every instance without a definition the oldest enabled one of its executor. Whatever has
/// none is skipped, with the reason in the log and in the instance's history. Safe to repeat.
pub(crate) async fn backfill(
    app: &App,
    options: CommandOptions,
) -> Result<Backfilled, OperationError> {
    let mut done = linked_before(app, &options).await?;
    for row in instances::query::unlinked(&app.tables).await? {
        let settled = settle(app, &row, &for_one(&options, &row)).await?;
        done.add(&row.strategy_key, settled);
    }
    app.tables_show(done.position).await;
    Ok(done)
}

/// What a backfill would do now.
pub(crate) async fn plan_backfill(app: &App) -> Result<Backfilled, OperationError> {
    let mut plan = Backfilled::default();
    for row in instances::query::unlinked(&app.tables).await? {
        let outcome = candidate(app, &row).await?.map(|candidate| {
            let Candidate { definition, .. } = candidate;
            (definition.key, definition.current_version)
        });
        let outcome = outcome.map_err(WhyNot::Said);
        let position = Position(0);
        plan.add(&row.strategy_key, Settled { outcome, position });
    }
    Ok(plan)
}

/// What this very request did when it was made before. What it left without a definition is looked
/// at again with everything else that has none.
async fn linked_before(app: &App, options: &CommandOptions) -> Result<Backfilled, OperationError> {
    let mut done = Backfilled::default();
    if options.idempotency.is_none() {
        return Ok(done);
    }
    let mut page = InstanceFilter {
        limit: Some(PAGE),
        ..InstanceFilter::default()
    };
    loop {
        let rows = instances::query::list(&app.tables, &page).await?;
        let Some(last) = rows.last() else {
            return Ok(done);
        };
        page.after_id = Some(last.id);
        for row in rows.iter().filter(|row| row.definition_id.is_some()) {
            if let Some(settled) = link_before(app, &for_one(options, row)).await? {
                done.add(&row.strategy_key, settled);
            }
        }
    }
}

async fn link_before(
    app: &App,
    options: &CommandOptions,
) -> Result<Option<Settled>, OperationError> {
    let Some(recorded) = recorded_before(app, options).await? else {
        return Ok(None);
    };
    let Ok(Event::Instance(InstanceEvent::LegacyLinkBackfilled {
        definition_key,
        definition_version,
        ..
    })) = recorded.decode()
    else {
        return Ok(None);
    };
    Ok(Some(Settled {
        outcome: Ok((definition_key, definition_version)),
        position: recorded.position,
    }))
}

/// One idempotency key for the request, one for each instance: a request that was interrupted goes on
/// where it ended.
fn for_one(options: &CommandOptions, row: &InstanceRow) -> CommandOptions {
    let mut options = options.clone();
    if let Some(idempotency) = &mut options.idempotency {
        idempotency.key = format!("{}:{}", idempotency.key, row.strategy_key);
    }
    options
}

struct Settled {
    outcome: Outcome,
    position: Position,
}

async fn settle(
    app: &App,
    row: &InstanceRow,
    options: &CommandOptions,
) -> Result<Settled, OperationError> {
    let mut attempt = 1;
    loop {
        let settled = match candidate(app, row).await? {
            Ok(candidate) => link(app, row, candidate, options).await,
            Err(why) => skip(app, row, why, options).await,
        };
        match settled {
            Err(error) if error.is_conflict() && attempt < ATTEMPTS => attempt += 1,
            // One instance that can't be linked must not keep the others from it
            Err(OperationError::Command(CommandError::Refused(refusal))) => {
                tracing::warn!(
                    instance.key = %row.strategy_key,
                    error = %ErrorChain(&refusal),
                    "backfill refused",
                );
                return Ok(Settled {
                    outcome: Err(WhyNot::Refused(refusal.to_string())),
                    position: Position(0),
                });
            }
            settled => return settled,
        }
    }
}

/// A definition to link to, as the log has it now.
struct Candidate {
    definition: LiveDefinition,
    stream: (StreamName, u64),
}

/// The oldest enabled definition of the instance's executor, or why there is none.
async fn candidate(
    app: &App,
    row: &InstanceRow,
) -> Result<Result<Candidate, Phrase>, OperationError> {
    let Some(executor_type) = &row.executor_type else {
        return Ok(Err(Phrase::NoExecutorForType {
            kind: Param::text(&row.strategy_type),
        }));
    };
    let none = |executor_type: &ExecutorType| {
        Ok(Err(Phrase::NoDefinitionForExecutor {
            executor: Param::text(executor_type),
        }))
    };
    let Some(found) = definitions::query::oldest_enabled(&app.tables, executor_type).await? else {
        return none(executor_type);
    };
    let loaded = app.definitions.load(found.key.as_str()).await?;
    let stream = StreamName::new(aggregate_type::DEFINITION, found.key.as_str());
    match loaded.aggregate.live() {
        Some(live) if live.enabled && live.content.executor_type == *executor_type => {
            let stream = (stream, loaded.version);
            Ok(Ok(Candidate {
                definition: live.clone(),
                stream,
            }))
        }
        Some(_) | None => none(executor_type),
    }
}

async fn link(
    app: &App,
    row: &InstanceRow,
    candidate: Candidate,
    options: &CommandOptions,
) -> Result<Settled, OperationError> {
    let Candidate { definition, stream } = candidate;
    let link = (definition.key, definition.current_version);
    let command = InstanceCommand::BackfillLink(BackfillLink {
        strategy_key: row.strategy_key.clone(),
        definition_id: definition.id,
        definition_key: link.0.clone(),
        definition_version: link.1.clone(),
        executor_type: definition.content.executor_type,
        backfilled_at: app.clock.now(),
    });
    let mut options = options.clone();
    options.unchanged = vec![stream];
    let receipt = app
        .instances
        .execute(row.strategy_key.as_str(), command, options)
        .await?;
    let linked = !receipt.events.is_empty();
    let already = || {
        WhyNot::Said(if receipt.repeated {
            Phrase::LookedAtBefore {}
        } else {
            Phrase::LinkedMeanwhile {}
        })
    };
    Ok(Settled {
        outcome: linked.then_some(link).ok_or_else(already),
        position: receipt.position,
    })
}

async fn skip(
    app: &App,
    row: &InstanceRow,
    why: Phrase,
    options: &CommandOptions,
) -> Result<Settled, OperationError> {
    let reason = why.to_string();
    tracing::info!(instance.key = %row.strategy_key, reason, "backfill skipped an instance");
    let command = InstanceCommand::SkipLink(SkipLink {
        strategy_key: row.strategy_key.clone(),
        reason,
        skipped_at: app.clock.now(),
    });
    let key = row.strategy_key.as_str();
    let receipt = app.instances.execute(key, command, options.clone()).await?;
    Ok(Settled {
        outcome: Err(WhyNot::Said(why)),
        position: receipt.position,
    })
}
