//! What may be asked of a definition.

use super::{
    CreateDefinition, DisableDefinition, EnableDefinition, ImportDefinition, PublishDefinition,
    RemoveDefinition, SeedDefinition, UpdateDefinition,
};

#[derive(Debug, Clone, PartialEq)]
pub enum DefinitionCommand {
    Create(CreateDefinition),
    Seed(SeedDefinition),
    Import(ImportDefinition),
    Update(UpdateDefinition),
    Publish(PublishDefinition),
    Enable(EnableDefinition),
    Disable(DisableDefinition),
    Remove(RemoveDefinition),
}
