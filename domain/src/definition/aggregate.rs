//! A definition's state and how events change it. The rules are one file per command.

use std::collections::BTreeSet;
use std::sync::Arc;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{
    DefinitionCommand, DefinitionContent, DefinitionError, DefinitionEvent, DefinitionVersion,
    ImportedVersion, SEED_AUTHOR,
};
use crate::event::aggregate_type;
use crate::executor_catalogue::ExecutorCatalogue;
use crate::ids::{DefinitionId, DefinitionKey};

/// A definition key's whole life: nothing yet, live, or removed (and perhaps live again).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    live: Option<LiveDefinition>,
    /// A removed definition stays removed: seeding looks at this.
    ever_existed: bool,
}

/// A definition that is in the catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LiveDefinition {
    pub id: DefinitionId,
    pub key: DefinitionKey,
    /// What starts through the legacy endpoints run.
    pub content: DefinitionContent,
    pub enabled: bool,
    pub current_version: DefinitionVersion,
    pub versions: BTreeSet<DefinitionVersion>,
    /// It is one of those that the program brings along, and was created from it.
    pub built_in: bool,
    /// The content differs from the current version's snapshot.
    pub edited_since_publish: bool,
    published_content: DefinitionContent,
}

impl Definition {
    pub fn live(&self) -> Option<&LiveDefinition> {
        self.live.as_ref()
    }

    pub fn ever_existed(&self) -> bool {
        self.ever_existed
    }

    /// The live definition, if it is the one the caller means: a key may have been removed and
    /// created again under another id.
    pub fn require(&self, id: DefinitionId) -> Result<&LiveDefinition, DefinitionError> {
        self.live
            .as_ref()
            .filter(|live| live.id == id)
            .ok_or_else(|| DefinitionError::NotFound(id.to_string()))
    }

    fn go_live(&mut self, live: LiveDefinition) {
        self.ever_existed = true;
        self.live = Some(live);
    }

    fn change_live(&mut self, change: impl FnOnce(&mut LiveDefinition)) {
        if let Some(live) = self.live.as_mut() {
            change(live);
        }
    }
}

impl Aggregate for Definition {
    const TYPE: &'static str = aggregate_type::DEFINITION;
    type Command = DefinitionCommand;
    type Event = DefinitionEvent;
    type Error = DefinitionError;
    type Services = Arc<dyn ExecutorCatalogue>;

    async fn handle(
        &mut self,
        command: Self::Command,
        catalogue: &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        let events = match command {
            DefinitionCommand::Create(create) => create.decide(self, catalogue)?,
            DefinitionCommand::Seed(seed) => seed.decide(self, catalogue)?,
            DefinitionCommand::Import(import) => import.decide(self)?,
            DefinitionCommand::Update(update) => update.decide(self, catalogue)?,
            DefinitionCommand::Publish(publish) => publish.decide(self, catalogue)?,
            DefinitionCommand::Enable(enable) => enable.decide(self)?,
            DefinitionCommand::Disable(disable) => disable.decide(self)?,
            DefinitionCommand::Remove(remove) => remove.decide(self)?,
        };
        for event in events {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            DefinitionEvent::DefinitionCreated {
                definition_id,
                key,
                content,
                version,
                created_by,
                ..
            } => self.go_live(LiveDefinition {
                built_in: created_by.as_deref() == Some(SEED_AUTHOR),
                ..LiveDefinition::created(definition_id, key, content, version)
            }),
            DefinitionEvent::DefinitionImported {
                definition_id,
                key,
                content,
                enabled,
                current_version,
                versions,
                ..
            } => self.go_live(LiveDefinition {
                enabled,
                ..LiveDefinition::imported(definition_id, key, content, current_version, versions)
            }),
            DefinitionEvent::DefinitionUpdated { content, .. } => {
                self.change_live(|live| live.edit(content));
            }
            DefinitionEvent::DefinitionPublished {
                version, content, ..
            } => self.change_live(|live| live.publish(version, content)),
            DefinitionEvent::DefinitionVersionAdded { version, .. } => {
                self.change_live(|live| {
                    live.versions.insert(version);
                });
            }
            DefinitionEvent::DefinitionEnabled { .. } => {
                self.change_live(|live| live.enabled = true);
            }
            DefinitionEvent::DefinitionDisabled { .. } => {
                self.change_live(|live| live.enabled = false);
            }
            DefinitionEvent::DefinitionRemoved { .. } => self.live = None,
        }
    }
}

impl LiveDefinition {
    /// As it is right after its creation.
    pub fn created(
        id: DefinitionId,
        key: DefinitionKey,
        content: DefinitionContent,
        version: DefinitionVersion,
    ) -> Self {
        Self {
            id,
            key,
            published_content: content.clone(),
            content,
            enabled: true,
            versions: BTreeSet::from([version.clone()]),
            current_version: version,
            built_in: false,
            edited_since_publish: false,
        }
    }

    /// The original kept no snapshot of some versions: then what was live counts as published.
    fn imported(
        id: DefinitionId,
        key: DefinitionKey,
        content: DefinitionContent,
        version: DefinitionVersion,
        snapshots: Vec<ImportedVersion>,
    ) -> Self {
        let published = snapshots
            .iter()
            .find(|snapshot| snapshot.version == version);
        let published = published.map_or_else(|| content.clone(), |s| s.content.clone());
        let versions = snapshots.into_iter().map(|snapshot| snapshot.version);
        Self {
            edited_since_publish: published.differs_in_run(&content),
            published_content: published,
            versions: versions.collect(),
            ..Self::created(id, key, content, version)
        }
    }

    /// The definition as if `version`, with this content, were the current one and unedited: for
    /// runs on a version that is not.
    #[must_use]
    pub fn on_version(&self, version: DefinitionVersion, content: DefinitionContent) -> Self {
        Self {
            current_version: version,
            published_content: content.clone(),
            content,
            edited_since_publish: false,
            ..self.clone()
        }
    }

    /// What the current version froze.
    pub fn published_content(&self) -> &DefinitionContent {
        &self.published_content
    }

    fn edit(&mut self, content: DefinitionContent) {
        self.edited_since_publish = self.published_content.differs_in_run(&content);
        self.content = content;
    }

    fn publish(&mut self, version: DefinitionVersion, content: DefinitionContent) {
        self.versions.insert(version.clone());
        self.current_version = version;
        self.published_content = content.clone();
        self.content = content;
        self.edited_since_publish = false;
    }
}

impl DefinitionContent {
    /// Whether instances would run differently: names and descriptions do not matter.
    pub fn differs_in_run(&self, other: &Self) -> bool {
        self.executor_type != other.executor_type
            || self.config_schema != other.config_schema
            || self.default_config != other.default_config
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::definition::examples::created;
    use crate::examples::{at, content};

    #[test]
    fn only_what_instances_run_counts_as_edited() {
        let mut definition = Definition::default();
        definition.apply(created());
        let mut update = |content| {
            definition.apply(DefinitionEvent::DefinitionUpdated {
                content,
                updated_at: at(1),
            });
            definition.live().unwrap().edited_since_publish
        };
        let renamed = DefinitionContent {
            name: "Other".to_owned(),
            ..content()
        };
        assert!(!update(renamed));
        assert!(update(DefinitionContent {
            config_schema: json!({}),
            ..content()
        }));
        assert!(!update(content()));
    }
}
