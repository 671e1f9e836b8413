//! `strategos seed`: brings the built-in definitions into the catalogue.

use std::sync::Arc;

use domain::ExecutorCatalogue;
use domain::clock::Clock;
use domain::definition::{
    CreateDefinition, Definition, DefinitionCommand, DefinitionError, SEED_AUTHOR, SeedDefinition,
};
use domain::ids::{DefinitionId, DefinitionKey};
use event_store::{Actor, CommandError, CommandGateway, EventLog, Metadata, Role, Source};
use strategies::default_strategy_definitions;
use uuid::Uuid;

/// Adds each built-in definition whose key was never used, and the versions that came later; says
/// of which definitions there was something to add.
///
/// Operators' edits are never overwritten and what they removed stays removed.
pub(crate) async fn seed_strategy_definitions(
    log: Arc<dyn EventLog>,
    catalogue: Arc<dyn ExecutorCatalogue>,
    clock: &dyn Clock,
) -> Result<Vec<DefinitionKey>, CommandError<DefinitionError>> {
    let definitions = CommandGateway::<Definition>::new(log, catalogue);
    let metadata = Metadata::new(
        Actor::new(SEED_AUTHOR, Role::System),
        Source::Seed,
        Uuid::new_v4(),
    );
    let mut added = Vec::new();
    for default in default_strategy_definitions() {
        let now = clock.now();
        let command = DefinitionCommand::Seed(SeedDefinition {
            create: CreateDefinition {
                definition_id: DefinitionId(Uuid::new_v4()),
                key: default.key.clone(),
                content: default.content,
                created_by: Some(SEED_AUTHOR.to_owned()),
                created_at: now,
            },
            later_versions: vec![default.described],
            seeded_at: now,
        });
        let receipt = definitions.execute(default.key.as_str(), command, metadata.clone());
        if !receipt.await?.events.is_empty() {
            added.push(default.key);
        }
    }
    Ok(added)
}
