//! All guards and how events change them. The rules are one file per command.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{GuardCommand, GuardError, GuardEvent, GuardRule, Trip};
use crate::event::aggregate_type;
use crate::ids::GuardName;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct RiskGuards {
    guards: BTreeMap<GuardName, Guard>,
    /// How often any guard was armed.
    armings: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Guard {
    pub rule: GuardRule,
    /// Tells one arming from another: what was measured for an earlier one counts no more.
    pub arming: u64,
    /// Set: its action holds.
    pub trip: Option<Trip>,
}

impl RiskGuards {
    /// By name.
    pub fn all(&self) -> impl Iterator<Item = (&GuardName, &Guard)> {
        self.guards.iter()
    }

    pub fn get(&self, name: &GuardName) -> Option<&Guard> {
        self.guards.get(name)
    }

    pub(super) fn require(&self, name: &GuardName) -> Result<&Guard, GuardError> {
        let found = self.guards.get(name);
        found.ok_or_else(|| GuardError::NotFound(name.clone()))
    }

    /// Takes in what was recorded, for those who follow the guards beside their stream.
    pub fn fold(&mut self, event: GuardEvent) {
        match event {
            GuardEvent::GuardSet { name, rule, .. } => {
                let known = self.guards.get_mut(&name);
                match known.filter(|known| known.rule.measures_the_same(&rule)) {
                    Some(known) => known.rule = rule,
                    None => self.arm(name, rule),
                }
            }
            GuardEvent::GuardRemoved { name, .. } => {
                self.guards.remove(&name);
            }
            GuardEvent::GuardTripped { name, trip } => {
                if let Some(guard) = self.guards.get_mut(&name) {
                    guard.trip = Some(trip);
                }
            }
            GuardEvent::GuardReset { name, .. } => {
                if let Some(guard) = self.guards.remove(&name) {
                    self.arm(name, guard.rule);
                }
            }
        }
    }

    fn arm(&mut self, name: GuardName, rule: GuardRule) {
        self.armings += 1;
        let guard = Guard {
            rule,
            arming: self.armings,
            trip: None,
        };
        self.guards.insert(name, guard);
    }
}

impl Aggregate for RiskGuards {
    const TYPE: &'static str = aggregate_type::RISK_GUARDS;
    type Command = GuardCommand;
    type Event = GuardEvent;
    type Error = GuardError;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        let event = match command {
            GuardCommand::Set(set) => set.decide(self)?,
            GuardCommand::Remove(remove) => Some(remove.decide(self)?),
            GuardCommand::Trip(trip) => trip.decide(self),
            GuardCommand::Reset(reset) => reset.decide(self)?,
        };
        if let Some(event) = event {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        self.fold(event);
    }
}
