//! A strategy definition: what an instance may be configured to do, in immutable versions.
//!
//! A stream belongs to a key, not to an id: that makes the key unique without any lock, and a key
//! that is removed and created again keeps its whole history.

mod aggregate;
mod command;
pub mod compare;
mod content;
mod create;
mod enable;
mod error;
mod event;
#[cfg(test)]
mod examples;
mod import;
mod publish;
mod remove;
mod seed;
mod update;
mod version;

pub use aggregate::{Definition, LiveDefinition};
pub use command::DefinitionCommand;
pub use content::{DefinitionChanges, DefinitionContent};
pub use create::CreateDefinition;
pub use enable::{DisableDefinition, EnableDefinition};
pub use error::DefinitionError;
pub use event::{DefinitionEvent, ImportedVersion};
pub use import::ImportDefinition;
pub use publish::PublishDefinition;
pub use remove::RemoveDefinition;
pub use seed::{SEED_AUTHOR, SeedDefinition};
pub use update::UpdateDefinition;
pub use version::DefinitionVersion;
