//! Links an instance from before definitions existed to the definition it runs.

use chrono::{DateTime, Utc};

use super::{Instance, InstanceError, InstanceEvent};
use crate::definition::DefinitionVersion;
use crate::ids::{DefinitionId, DefinitionKey, ExecutorType, StrategyKey};

#[derive(Debug, Clone, PartialEq)]
pub struct BackfillLink {
    pub strategy_key: StrategyKey,
    pub definition_id: DefinitionId,
    pub definition_key: DefinitionKey,
    pub definition_version: DefinitionVersion,
    pub executor_type: ExecutorType,
    pub backfilled_at: DateTime<Utc>,
}

impl BackfillLink {
    pub(super) fn decide(self, instance: &Instance) -> Result<Vec<InstanceEvent>, InstanceError> {
        let known = instance
            .known()
            .ok_or(InstanceError::NotFound(self.strategy_key))?;
        // A second backfill finds the work done
        if known.definition_id.is_some() {
            return Ok(vec![]);
        }
        Ok(vec![InstanceEvent::LegacyLinkBackfilled {
            definition_id: self.definition_id,
            definition_key: self.definition_key,
            definition_version: self.definition_version,
            executor_type: self.executor_type,
            backfilled_at: self.backfilled_at,
        }])
    }
}

/// Records why a backfill found no definition; the same reason is recorded once.
#[derive(Debug, Clone, PartialEq)]
pub struct SkipLink {
    pub strategy_key: StrategyKey,
    pub reason: String,
    pub skipped_at: DateTime<Utc>,
}

impl SkipLink {
    pub(super) fn decide(self, instance: &Instance) -> Result<Vec<InstanceEvent>, InstanceError> {
        let known = instance
            .known()
            .ok_or(InstanceError::NotFound(self.strategy_key))?;
        if known.definition_id.is_some() || known.skip_reason.as_deref() == Some(&self.reason) {
            return Ok(vec![]);
        }
        Ok(vec![InstanceEvent::LegacyLinkSkipped {
            reason: self.reason,
            skipped_at: self.skipped_at,
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{at, definition_id, plan};
    use crate::instance::InstanceCommand;
    use crate::instance::examples::{framework, started};

    fn link() -> InstanceCommand {
        InstanceCommand::BackfillLink(BackfillLink {
            strategy_key: plan().strategy_key,
            definition_id: definition_id(1),
            definition_key: DefinitionKey::new("arb"),
            definition_version: DefinitionVersion::first(),
            executor_type: ExecutorType::new("arbitrage"),
            backfilled_at: at(2),
        })
    }

    fn linked() -> InstanceEvent {
        InstanceEvent::LegacyLinkBackfilled {
            definition_id: definition_id(1),
            definition_key: DefinitionKey::new("arb"),
            definition_version: DefinitionVersion::first(),
            executor_type: ExecutorType::new("arbitrage"),
            backfilled_at: at(2),
        }
    }

    fn skip(reason: &str) -> InstanceCommand {
        InstanceCommand::SkipLink(SkipLink {
            strategy_key: plan().strategy_key,
            reason: reason.to_owned(),
            skipped_at: at(3),
        })
    }

    fn skipped(reason: &str) -> InstanceEvent {
        InstanceEvent::LegacyLinkSkipped {
            reason: reason.to_owned(),
            skipped_at: at(3),
        }
    }

    #[test]
    fn an_unlinked_instance_is_linked_once() {
        framework()
            .given(vec![started()])
            .when(link())
            .then_expect_events(vec![linked()]);
        framework()
            .given(vec![started(), linked()])
            .when(link())
            .then_expect_events(vec![]);
    }

    #[test]
    fn the_same_reason_to_skip_is_recorded_once() {
        framework()
            .given(vec![started()])
            .when(skip("no definition"))
            .then_expect_events(vec![skipped("no definition")]);
        framework()
            .given(vec![started(), skipped("no definition")])
            .when(skip("no definition"))
            .then_expect_events(vec![]);
        framework()
            .given(vec![started(), skipped("no definition")])
            .when(skip("type unknown"))
            .then_expect_events(vec![skipped("type unknown")]);
    }

    #[test]
    fn a_linked_instance_is_not_skipped_and_a_skipped_one_is_linked() {
        framework()
            .given(vec![started(), linked()])
            .when(skip("x"))
            .then_expect_events(vec![]);
        framework()
            .given(vec![started(), skipped("x")])
            .when(link())
            .then_expect_events(vec![linked()]);
    }

    #[test]
    fn refuses_an_instance_that_is_not_there() {
        for command in [link(), skip("x")] {
            framework()
                .given_no_previous_events()
                .when(command)
                .then_expect_error_message("Strategy instance u-c-arbitrage does not exist");
        }
    }
}
