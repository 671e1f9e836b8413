//! The catalogue: looking at it, comparing, changing it.

mod change;
mod checks;
mod compare_versions;
mod contents;
mod create;
mod definition;
mod enable;
mod find;
mod lint;
mod list;
mod payload;
mod publish;
mod publish_check;
mod remove;
mod restore_version;
mod update;
mod version;

pub(crate) use compare_versions::CompareVersionsQuery;
pub(crate) use create::CreateDefinition;
pub(crate) use definition::Definition;
pub(crate) use enable::{DisableDefinition, EnableDefinition};
pub(crate) use find::DefinitionQuery;
pub(crate) use lint::LintDefinitionQuery;
pub(crate) use list::DefinitionsQuery;
pub(crate) use payload::not_found;
pub(crate) use publish::PublishDefinition;
pub(crate) use publish_check::PublishCheckQuery;
pub(crate) use remove::RemoveDefinition;
pub(crate) use restore_version::RestoreDefinitionVersion;
pub(crate) use update::UpdateDefinition;
pub(crate) use version::{DefinitionVersion, content_of, version_in_log};
