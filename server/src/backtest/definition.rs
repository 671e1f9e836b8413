//! Which definition is tried, in which version.

use std::sync::Arc;

use anyhow::{Context, bail};
use domain::ExecutorCatalogue;
use domain::definition::{
    Definition, DefinitionContent, DefinitionEvent, DefinitionVersion, LiveDefinition,
};
use domain::event::{Event, aggregate_type};
use domain::ids::{DefinitionId, DefinitionKey};
use event_store::{CommandGateway, EventLog, StreamName};
use strategies::default_strategy_definitions;
use uuid::Uuid;

const PAGE: usize = 500;

/// `name`: a key, or a key and a version.
pub(super) async fn find(
    name: &str,
    log: Option<Arc<dyn EventLog>>,
    catalogue: &Arc<dyn ExecutorCatalogue>,
) -> anyhow::Result<LiveDefinition> {
    let (key, version) = match name.split_once('@') {
        Some((key, version)) => (key, Some(DefinitionVersion::imported(version))),
        None => (name, None),
    };
    if let Some(log) = log
        && let Some(live) = recorded(&log, key, catalogue).await?
    {
        return match version {
            None => Ok(live),
            Some(version) => {
                let content = content_of(log.as_ref(), key, &version).await?;
                let content = content.with_context(|| format!("{key} has no version {version}"))?;
                Ok(enabled(live.on_version(version, content)))
            }
        };
    }
    built_in(key, version.as_ref())
}

/// A disabled definition may be tried all the same.
fn enabled(mut live: LiveDefinition) -> LiveDefinition {
    live.enabled = true;
    live
}

async fn recorded(
    log: &Arc<dyn EventLog>,
    key: &str,
    catalogue: &Arc<dyn ExecutorCatalogue>,
) -> anyhow::Result<Option<LiveDefinition>> {
    let definitions = CommandGateway::<Definition>::new(log.clone(), catalogue.clone());
    let loaded = definitions.load(key).await?;
    Ok(loaded.aggregate.live().cloned().map(enabled))
}

async fn content_of(
    log: &dyn EventLog,
    key: &str,
    wanted: &DefinitionVersion,
) -> anyhow::Result<Option<DefinitionContent>> {
    let stream = StreamName::new(aggregate_type::DEFINITION, key);
    let (mut after, mut found) = (0, None);
    loop {
        let page = log.load(&stream, after, PAGE).await?;
        for recorded in &page {
            after = recorded.version;
            let Event::Definition(event) = recorded.decode()? else {
                continue;
            };
            found = froze(event, wanted).or(found);
        }
        if page.len() < PAGE {
            return Ok(found);
        }
    }
}

fn froze(event: DefinitionEvent, wanted: &DefinitionVersion) -> Option<DefinitionContent> {
    match event {
        DefinitionEvent::DefinitionCreated {
            version, content, ..
        }
        | DefinitionEvent::DefinitionPublished {
            version, content, ..
        }
        | DefinitionEvent::DefinitionVersionAdded {
            version, content, ..
        } => (version == *wanted).then_some(content),
        DefinitionEvent::DefinitionImported { versions, .. } => {
            let mut versions = versions.into_iter();
            let frozen = versions.find(|frozen| frozen.version == *wanted);
            frozen.map(|frozen| frozen.content)
        }
        DefinitionEvent::DefinitionUpdated { .. }
        | DefinitionEvent::DefinitionEnabled { .. }
        | DefinitionEvent::DefinitionDisabled { .. }
        | DefinitionEvent::DefinitionRemoved { .. } => None,
    }
}

fn built_in(key: &str, version: Option<&DefinitionVersion>) -> anyhow::Result<LiveDefinition> {
    let mut defaults = default_strategy_definitions().into_iter();
    let Some(default) = defaults.find(|default| default.key.as_str() == key) else {
        bail!("there is no definition {key}, neither in this installation nor built in");
    };
    let first = DefinitionVersion::first();
    let (version, content) = match version {
        None => (first, default.content),
        Some(version) if *version == first => (first, default.content),
        Some(version) if *version == default.described.0 => default.described,
        Some(version) => bail!("{key} has no version {version}"),
    };
    let id = DefinitionId(Uuid::nil());
    Ok(LiveDefinition::created(
        id,
        DefinitionKey::new(key),
        content,
        version,
    ))
}
