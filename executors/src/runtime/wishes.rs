//! What should be running, folded from the lifecycle events. Pure: the feed is all it knows.

use std::collections::BTreeMap;

use domain::ids::{ExecutorType, StrategyKey};
use domain::instance::{InstanceEvent, Run};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Everything the runtime must still do something about, by strategy key.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Wishes {
    instances: BTreeMap<StrategyKey, Wish>,
}

/// What is wanted of one instance.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Wish {
    pub(crate) wanted: Option<WantedRun>,
    /// Runs that are over for their owner, but may still have orders at a venue.
    pub(crate) ending: BTreeMap<u32, Ending>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct WantedRun {
    pub(crate) run: Run,
    /// Trades done before, on another server.
    pub(crate) executed_trades: u32,
    /// A row of the original server: nobody here asked for it, so it is never faulted.
    pub(crate) imported: bool,
    /// The event that asked for it.
    pub(crate) cause: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ending {
    pub(crate) executor_type: ExecutorType,
    pub(crate) reason: String,
    pub(crate) cause: Uuid,
}

impl Wishes {
    /// Takes a lifecycle event in; says whether there is something to do now.
    pub(crate) fn apply(
        &mut self,
        key: &StrategyKey,
        event: InstanceEvent,
        event_id: Uuid,
    ) -> bool {
        match event {
            InstanceEvent::InstanceStarted(run) | InstanceEvent::InstanceRestarted(run) => {
                let reason = format!("replaced by run {}", run.number);
                self.end(key, None, reason, event_id);
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
            InstanceEvent::InstanceStopped { run, reason, .. } => {
                let reason = reason.unwrap_or_else(|| "stopped".to_owned());
                self.end(key, Some(run), reason, event_id)
            }
            InstanceEvent::InstanceFaulted { run, reason, .. } => {
                self.end(key, Some(run), format!("faulted: {reason}"), event_id)
            }
            InstanceEvent::LegacyLinkBackfilled { .. }
            | InstanceEvent::LegacyLinkSkipped { .. } => false,
        }
    }

    pub(crate) fn get(&self, key: &StrategyKey) -> Option<&Wish> {
        self.instances.get(key)
    }

    /// In order of strategy key.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &StrategyKey> {
        self.instances.keys()
    }

    /// No order of the run can trade any more.
    pub(crate) fn ended(&mut self, key: &StrategyKey, run: u32) {
        if let Some(wish) = self.instances.get_mut(key) {
            wish.ending.remove(&run);
            self.forget_if_done(key);
        }
    }

    /// Nothing here can run it, and nobody here asked for it.
    pub(crate) fn ignore(&mut self, key: &StrategyKey, run: u32) {
        if let Some(wish) = self.instances.get_mut(key) {
            wish.wanted.take_if(|wanted| wanted.run.number == run);
            self.forget_if_done(key);
        }
    }

    fn want(&mut self, key: &StrategyKey, run: Run, trades: u32, imported: bool, cause: Uuid) {
        self.instances.entry(key.clone()).or_default().wanted = Some(WantedRun {
            run,
            executed_trades: trades,
            imported,
            cause,
        });
    }

    /// Ends the wanted run, if it is the one meant (`None` means whichever it is).
    fn end(&mut self, key: &StrategyKey, run: Option<u32>, reason: String, cause: Uuid) -> bool {
        let Some(wish) = self.instances.get_mut(key) else {
            return false;
        };
        let meant = |wanted: &mut WantedRun| run.is_none_or(|run| wanted.run.number == run);
        let Some(over) = wish.wanted.take_if(meant) else {
            return false;
        };
        let ending = Ending {
            executor_type: over.run.executor_type,
            reason,
            cause,
        };
        wish.ending.insert(over.run.number, ending);
        true
    }

    fn forget_if_done(&mut self, key: &StrategyKey) {
        let done = |wish: &Wish| wish.wanted.is_none() && wish.ending.is_empty();
        if self.instances.get(key).is_some_and(done) {
            self.instances.remove(key);
        }
    }
}
