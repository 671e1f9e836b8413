//! From which definition an instance was last started.

use std::collections::HashMap;

use domain::event::{Event, aggregate_type};
use domain::ids::{DefinitionKey, StrategyKey};
use domain::instance::InstanceEvent;
use event_store::{EventLog, StoreError, StreamName};

const PAGE: usize = 500;

#[derive(Debug, Default)]
pub(super) struct Definitions(HashMap<StrategyKey, Option<DefinitionKey>>);

impl Definitions {
    /// Read from the instance's stream when it is asked for the first time.
    pub(super) async fn of(
        &mut self,
        log: &dyn EventLog,
        key: &StrategyKey,
    ) -> Result<Option<DefinitionKey>, StoreError> {
        if let Some(known) = self.0.get(key) {
            return Ok(known.clone());
        }
        let stream = StreamName::new(aggregate_type::INSTANCE, key.as_str());
        let (mut definition, mut version) = (None, 0);
        loop {
            let page = log.load(&stream, version, PAGE).await?;
            let whole = page.len() == PAGE;
            for recorded in page {
                version = recorded.version;
                if let Ok(Event::Instance(event)) = recorded.decode() {
                    change(&mut definition, &event);
                }
            }
            if !whole {
                break;
            }
        }
        self.0.insert(key.clone(), definition.clone());
        Ok(definition)
    }

    pub(super) fn take_in(&mut self, key: &StrategyKey, event: &InstanceEvent) {
        if let Some(known) = self.0.get_mut(key) {
            change(known, event);
        }
    }
}

fn change(definition: &mut Option<DefinitionKey>, event: &InstanceEvent) {
    match event {
        InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
            *definition = run.definition.as_ref().map(|pin| pin.key.clone());
        }
        InstanceEvent::LegacyLinkBackfilled { definition_key, .. } => {
            *definition = Some(definition_key.clone());
        }
        InstanceEvent::InstanceReconfigured { .. }
        | InstanceEvent::InstanceStopped { .. }
        | InstanceEvent::InstanceFaulted { .. }
        | InstanceEvent::LegacyInstanceImported(_)
        | InstanceEvent::LegacyLinkSkipped { .. } => {}
    }
}
