//! Takes a definition out of the catalogue, once it is certain that nothing is linked to it.

use domain::definition::{DefinitionCommand, DefinitionError, RemoveDefinition};
use domain::event::aggregate_type;
use domain::ids::{DefinitionId, DefinitionKey};
use event_store::{CommandError, CommandOptions, Position, StoreError, StreamName};
use projections::{TablesError, instances};

use crate::state::App;

/// Decisions taken anew when the definition changes meanwhile.
const ATTEMPTS: usize = 8;

/// Why nothing was removed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Removal {
    #[error("the tables are behind the log")]
    TablesBehind,
    #[error("the definition keeps changing")]
    KeepsChanging,
    #[error("the definition could not be removed")]
    Command(#[source] CommandError<DefinitionError>),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Tables(#[from] TablesError),
}

pub(crate) fn definition_stream(key: &DefinitionKey) -> StreamName {
    StreamName::new(aggregate_type::DEFINITION, key.as_str())
}

/// The version that `options` expect is the caller's to hold against the log: here it is the one
/// that the instances were counted at.
pub(crate) async fn remove(
    app: &App,
    key: &DefinitionKey,
    id: DefinitionId,
    options: CommandOptions,
) -> Result<Position, Removal> {
    for _ in 0..ATTEMPTS {
        match try_remove(app, key, id, options.clone()).await {
            Err(Removal::Command(error)) if error.is_conflict() => {}
            answer => return answer,
        }
    }
    Err(Removal::KeepsChanging)
}

async fn try_remove(
    app: &App,
    key: &DefinitionKey,
    id: DefinitionId,
    mut options: CommandOptions,
) -> Result<Position, Removal> {
    let loaded = app.definitions.load(key.as_str()).await?;
    // No start can be recorded once the definition is disabled, so tables that have seen it
    // disabled have seen every instance it will ever have
    if !app.tables_reach(loaded.position).await {
        return Err(Removal::TablesBehind);
    }
    let command = DefinitionCommand::Remove(RemoveDefinition {
        definition_id: id,
        linked_instances: instances::query::linked_to(&app.tables, id).await?,
        removed_at: app.clock.now(),
    });
    options.expected_version = Some(loaded.version);
    let executed = app
        .definitions
        .execute(key.as_str(), command, options)
        .await;
    let receipt = executed.map_err(Removal::Command)?;
    app.tables_show(receipt.position).await;
    Ok(receipt.position)
}
