//! How far this installation has moved from the legacy paths to definitions. One stream.

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

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
}

impl Default for Installation {
    fn default() -> Self {
        Self {
            mode: MigrationMode::default(),
            dynamic_flow: true,
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
}

domain_event!(InstallationEvent {
    MigrationModeChanged => "1.0",
    DynamicFlowSwitched => "1.0",
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
        let event = match command {
            InstallationCommand::ChangeMode { mode, at } => {
                (mode != self.mode).then_some(InstallationEvent::MigrationModeChanged {
                    mode,
                    changed_at: at,
                })
            }
            InstallationCommand::SwitchDynamicFlow { on, at } => (on != self.dynamic_flow)
                .then_some(InstallationEvent::DynamicFlowSwitched {
                    on,
                    switched_at: at,
                }),
        };
        if let Some(event) = event {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            InstallationEvent::MigrationModeChanged { mode, .. } => self.mode = mode,
            InstallationEvent::DynamicFlowSwitched { on, .. } => self.dynamic_flow = on,
        }
    }
}
