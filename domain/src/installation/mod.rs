//! What holds for the whole installation: how far it has moved from the legacy paths to definitions,
//! and whether anything may trade. One stream.

mod halt;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

pub use self::halt::Halt;
use crate::event::{aggregate_type, domain_event};

/// The only stream of this kind.
pub const INSTALLATION_ID: &str = "installation";

/// Which paths are primary. Every step can be taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MigrationMode {
    /// Legacy and definition-based paths are equals.
    #[default]
    Dual,
    /// Legacy answers carry deprecation headers.
    DefinitionsFirst,
    /// Type-based legacy paths answer 410.
    DefinitionsOnly,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Installation {
    pub mode: MigrationMode,
    /// Off: starts by definition are refused and type-based starts never look for one.
    pub dynamic_flow: bool,
    /// Set: nothing trades.
    pub halt: Option<Halt>,
}

impl Default for Installation {
    fn default() -> Self {
        Self {
            mode: MigrationMode::default(),
            dynamic_flow: true,
            halt: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum InstallationCommand {
    ChangeMode {
        mode: MigrationMode,
        at: DateTime<Utc>,
    },
    SwitchDynamicFlow {
        on: bool,
        at: DateTime<Utc>,
    },
    /// Both at once; `None` leaves a switch as it is.
    Set {
        mode: Option<MigrationMode>,
        dynamic_flow: Option<bool>,
        at: DateTime<Utc>,
    },
    /// Every run takes its orders off and places none, until trading is resumed. What was wanted of
    /// the instances stays wanted.
    HaltTrading {
        reason: String,
        at: DateTime<Utc>,
    },
    ResumeTrading {
        at: DateTime<Utc>,
    },
}

/// Stored forever: add variants and optional fields, never rename or remove them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum InstallationEvent {
    MigrationModeChanged {
        mode: MigrationMode,
        changed_at: DateTime<Utc>,
    },
    DynamicFlowSwitched {
        on: bool,
        switched_at: DateTime<Utc>,
    },
    TradingHalted {
        reason: String,
        halted_at: DateTime<Utc>,
    },
    TradingResumed {
        resumed_at: DateTime<Utc>,
    },
}

domain_event!(InstallationEvent {
    MigrationModeChanged => "1.0",
    DynamicFlowSwitched => "1.0",
    TradingHalted => "1.0",
    TradingResumed => "1.0",
});

impl Aggregate for Installation {
    const TYPE: &'static str = aggregate_type::INSTALLATION;
    type Command = InstallationCommand;
    type Event = InstallationEvent;
    type Error = std::convert::Infallible;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        let (mode, dynamic_flow, at) = match command {
            InstallationCommand::ChangeMode { mode, at } => (Some(mode), None, at),
            InstallationCommand::SwitchDynamicFlow { on, at } => (None, Some(on), at),
            InstallationCommand::Set {
                mode,
                dynamic_flow,
                at,
            } => (mode, dynamic_flow, at),
            InstallationCommand::HaltTrading { reason, at } => {
                if let Some(event) = halt::halt(self, reason, at) {
                    sink.write(event, self).await;
                }
                return Ok(());
            }
            InstallationCommand::ResumeTrading { at } => {
                if let Some(event) = halt::resume(self, at) {
                    sink.write(event, self).await;
                }
                return Ok(());
            }
        };
        if let Some(mode) = mode.filter(|mode| *mode != self.mode) {
            let changed_at = at;
            let event = InstallationEvent::MigrationModeChanged { mode, changed_at };
            sink.write(event, self).await;
        }
        if let Some(on) = dynamic_flow.filter(|on| *on != self.dynamic_flow) {
            let switched_at = at;
            let event = InstallationEvent::DynamicFlowSwitched { on, switched_at };
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            InstallationEvent::MigrationModeChanged { mode, .. } => self.mode = mode,
            InstallationEvent::DynamicFlowSwitched { on, .. } => self.dynamic_flow = on,
            InstallationEvent::TradingHalted { reason, halted_at } => {
                self.halt = Some(Halt {
                    reason,
                    since: halted_at,
                });
            }
            InstallationEvent::TradingResumed { .. } => self.halt = None,
        }
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::test::TestFramework;

    use super::*;
    use crate::examples::at;

    fn change(mode: MigrationMode) -> InstallationCommand {
        InstallationCommand::ChangeMode { mode, at: at(1) }
    }

    fn changed(mode: MigrationMode) -> InstallationEvent {
        InstallationEvent::MigrationModeChanged {
            mode,
            changed_at: at(1),
        }
    }

    fn switch(on: bool) -> InstallationCommand {
        InstallationCommand::SwitchDynamicFlow { on, at: at(1) }
    }

    fn switched(on: bool) -> InstallationEvent {
        InstallationEvent::DynamicFlowSwitched {
            on,
            switched_at: at(1),
        }
    }

    fn when(
        history: Vec<InstallationEvent>,
        command: InstallationCommand,
    ) -> cqrs_es::test::AggregateResultValidator<Installation> {
        TestFramework::with(()).given(history).when(command)
    }

    #[test]
    fn an_installation_begins_with_both_paths_and_the_dynamic_flow() {
        when(vec![], change(MigrationMode::Dual)).then_expect_events(vec![]);
        when(vec![], switch(true)).then_expect_events(vec![]);
    }

    #[test]
    fn every_step_can_be_taken_and_taken_back_once() {
        use MigrationMode::{DefinitionsFirst, DefinitionsOnly, Dual};
        when(vec![], change(DefinitionsFirst)).then_expect_events(vec![changed(DefinitionsFirst)]);
        let only = || vec![changed(DefinitionsFirst), changed(DefinitionsOnly)];
        when(only(), change(DefinitionsOnly)).then_expect_events(vec![]);
        when(only(), change(Dual)).then_expect_events(vec![changed(Dual)]);
    }

    #[test]
    fn both_switches_can_be_set_at_once() {
        let set = InstallationCommand::Set {
            mode: Some(MigrationMode::DefinitionsOnly),
            dynamic_flow: Some(false),
            at: at(1),
        };
        let both = || vec![changed(MigrationMode::DefinitionsOnly), switched(false)];
        when(vec![], set.clone()).then_expect_events(both());
        when(both(), set.clone()).then_expect_events(vec![]);
        when(vec![switched(false)], set).then_expect_events(vec![both().remove(0)]);
    }

    #[test]
    fn the_dynamic_flow_is_switched_once() {
        when(vec![], switch(false)).then_expect_events(vec![switched(false)]);
        when(vec![switched(false)], switch(false)).then_expect_events(vec![]);
        when(vec![switched(false)], switch(true)).then_expect_events(vec![switched(true)]);
    }
}
