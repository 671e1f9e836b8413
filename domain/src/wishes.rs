//! What should be running, folded from the lifecycle events. Pure: the feed is all it knows.

mod remnant;
mod wish;

use std::collections::BTreeMap;

use crate::event::{Event, aggregate_type};
use crate::guard::{GuardEvent, Restraints, RiskGuards};
use crate::ids::StrategyKey;
use crate::installation::InstallationEvent;
use crate::instance::{InstanceEvent, Run, StopMode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

pub use self::wish::{Ending, HowItEnds, WantedRun, Wish};

/// Everything that must still be done something about, by strategy key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Wishes {
    instances: BTreeMap<StrategyKey, Wish>,
    /// Why nobody may trade, while nobody may.
    halted: Option<String>,
    guards: RiskGuards,
}

impl Wishes {
    /// What they are made of. Events of other streams change nothing.
    pub const READS: [&str; 3] = [
        aggregate_type::INSTANCE,
        aggregate_type::INSTALLATION,
        aggregate_type::RISK_GUARDS,
    ];

    /// Takes in the next event of any stream; answers with the instances that now have something to do.
    pub fn take_in(&mut self, stream_id: &str, event: Event, event_id: Uuid) -> Vec<StrategyKey> {
        match event {
            Event::Instance(event) => {
                let key = StrategyKey::new(stream_id);
                let changed = self.apply(&key, event, event_id);
                Vec::from_iter(changed.then_some(key))
            }
            Event::Installation(event) => {
                if self.apply_to_all(event) {
                    self.keys().cloned().collect()
                } else {
                    vec![]
                }
            }
            Event::RiskGuards(event) => self.apply_to_guards(event),
            Event::Definition(_)
            | Event::Execution(_)
            | Event::LegacyRecord(_)
            | Event::LegacyUsage(_)
            | Event::Login(_)
            | Event::Projection(_) => vec![],
        }
    }

    /// Takes a lifecycle event in; says whether there is something to do now.
    pub fn apply(&mut self, key: &StrategyKey, event: InstanceEvent, event_id: Uuid) -> bool {
        match event {
            InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
                let reason = format!("replaced by run {}", run.number);
                let how = HowItEnds::cancel(reason, run.started_at);
                self.take_left_orders_off(key, &how);
                self.end(key, None, how, event_id);
                self.want(key, run, 0, false, event_id);
                true
            }
            InstanceEvent::LegacyInstanceImported(row) => {
                let run = row.as_run().filter(|_| row.resumes());
                let wanted = run.is_some();
                if let Some(run) = run {
                    self.want(key, run, row.executed_trades, true, event_id);
                }
                wanted
            }
            InstanceEvent::InstanceReconfigured { run, config, .. } => {
                self.reconfigure(key, run, config, event_id)
            }
            InstanceEvent::InstanceStopped {
                run,
                reason,
                mode,
                stopped_at,
            } => {
                let how = HowItEnds {
                    reason: reason.unwrap_or_else(|| "stopped".to_owned()),
                    mode,
                    asked_at: stopped_at,
                };
                self.take_left_orders_off(key, &how) | self.end(key, Some(run), how, event_id)
            }
            InstanceEvent::InstanceFaulted {
                run,
                reason,
                faulted_at,
                ..
            } => {
                let how = HowItEnds::cancel(format!("faulted: {reason}"), faulted_at);
                self.end(key, Some(run), how, event_id)
            }
            InstanceEvent::LegacyLinkBackfilled { definition_key, .. } => {
                let wish = self.instances.get_mut(key);
                if let Some(wanted) = wish.and_then(|wish| wish.wanted.as_mut()) {
                    wanted.definition = Some(definition_key);
                }
                false
            }
            InstanceEvent::LegacyLinkSkipped { .. } => false,
        }
    }

    /// Takes in what holds for everybody; says whether that changed what to do now.
    fn apply_to_all(&mut self, event: InstallationEvent) -> bool {
        let halted = match event {
            InstallationEvent::TradingHalted { reason, .. } => Some(reason),
            InstallationEvent::TradingResumed { .. } => None,
            InstallationEvent::MigrationModeChanged { .. }
            | InstallationEvent::DynamicFlowSwitched { .. } => return false,
        };
        let changed = halted != self.halted;
        self.halted = halted;
        changed
    }

    /// Takes in what became of a guard; answers with the instances that now have something to do.
    fn apply_to_guards(&mut self, event: GuardEvent) -> Vec<StrategyKey> {
        let name = event.name().clone();
        let changed = matches!(
            event,
            GuardEvent::GuardTripped { .. } | GuardEvent::GuardReset { .. }
        );
        self.guards.fold(event);
        let Some(guard) = self.guards.get(&name).filter(|_| changed) else {
            return vec![];
        };
        let scope = &guard.rule.scope;
        let instances = self.instances.iter();
        let covered = instances.filter(|(key, wish)| scope.concerns(key, wish.definition()));
        covered.map(|(key, _)| key.clone()).collect()
    }

    /// What tripped guards leave the instance's run to do.
    pub fn restraints(&self, key: &StrategyKey) -> Restraints {
        let definition = self.get(key).and_then(Wish::definition);
        self.guards.restraints(key, definition)
    }

    pub fn halted(&self) -> Option<&str> {
        self.halted.as_deref()
    }

    pub fn get(&self, key: &StrategyKey) -> Option<&Wish> {
        self.instances.get(key)
    }

    /// How many instances there is something to do about.
    pub fn len(&self) -> usize {
        self.instances.len()
    }

    pub fn is_empty(&self) -> bool {
        self.instances.is_empty()
    }

    /// In order of strategy key.
    pub fn keys(&self) -> impl Iterator<Item = &StrategyKey> {
        self.instances.keys()
    }

    /// No order of the run can trade any more.
    pub fn ended(&mut self, key: &StrategyKey, run: u32) {
        if let Some(wish) = self.instances.get_mut(key) {
            wish.ending.remove(&run);
            self.forget_if_done(key);
        }
    }

    /// Nothing here can run it, and nobody here asked for it.
    pub fn ignore(&mut self, key: &StrategyKey, run: u32) {
        if let Some(wish) = self.instances.get_mut(key) {
            wish.wanted.take_if(|wanted| wanted.run.number == run);
            self.forget_if_done(key);
        }
    }

    fn want(&mut self, key: &StrategyKey, run: Run, trades: u32, imported: bool, cause: Uuid) {
        self.instances.entry(key.clone()).or_default().wanted = Some(WantedRun {
            definition: run.definition.as_ref().map(|pin| pin.key.clone()),
            run,
            executed_trades: trades,
            imported,
            cause,
        });
    }

    fn reconfigure(
        &mut self,
        key: &StrategyKey,
        run: u32,
        config: Map<String, Value>,
        cause: Uuid,
    ) -> bool {
        let wish = self.instances.get_mut(key);
        let wanted = wish.and_then(|wish| wish.wanted.as_mut());
        let Some(wanted) = wanted.filter(|wanted| wanted.run.number == run) else {
            return false;
        };
        wanted.run.config = config;
        wanted.cause = cause;
        true
    }

    /// Ends the wanted run, if it is the one meant (`None` means whichever it is).
    fn end(&mut self, key: &StrategyKey, run: Option<u32>, how: HowItEnds, cause: Uuid) -> bool {
        let Some(wish) = self.instances.get_mut(key) else {
            return false;
        };
        let meant = |wanted: &mut WantedRun| run.is_none_or(|run| wanted.run.number == run);
        let Some(over) = wish.wanted.take_if(meant) else {
            return false;
        };
        let ending = Ending {
            executor_type: over.run.executor_type,
            definition: over.definition,
            how,
            cause,
        };
        wish.ending.insert(over.run.number, ending);
        true
    }

    /// A run that was to leave its orders now ends like any other; says whether there was one.
    fn take_left_orders_off(&mut self, key: &StrategyKey, how: &HowItEnds) -> bool {
        let endings = self.instances.get_mut(key).into_iter();
        let endings = endings.flat_map(|wish| wish.ending.values_mut());
        let mut left = endings
            .filter(|ending| ending.how.mode == StopMode::Leave)
            .peekable();
        let some = left.peek().is_some();
        for ending in left {
            ending.how = how.clone();
        }
        some
    }

    fn forget_if_done(&mut self, key: &StrategyKey) {
        let done = |wish: &Wish| wish.wanted.is_none() && wish.ending.is_empty();
        if self.instances.get(key).is_some_and(done) {
            self.instances.remove(key);
        }
    }
}

#[cfg(test)]
mod tests;
