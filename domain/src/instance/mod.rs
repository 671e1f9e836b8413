//! A strategy instance: one user's strategy on one client account, started and stopped in runs.

mod aggregate;
mod backfill_link;
mod command;
mod error;
mod event;
#[cfg(test)]
mod examples;
mod fault;
mod fault_stage;
mod identity;
mod import_legacy;
mod launch;
mod preview;
mod reconfigure;
mod restart;
mod restart_on_version;
mod start;
mod stop;
mod stop_mode;

pub use aggregate::{Instance, InstanceStatus, KnownInstance};
pub use backfill_link::{BackfillLink, SkipLink};
pub use command::InstanceCommand;
pub use error::InstanceError;
pub use event::{DefinitionPin, InstanceEvent, LegacyInstanceRow, Run};
pub use fault::FaultInstance;
pub use fault_stage::FaultStage;
pub use identity::{Identity, imported_keys};
pub use import_legacy::ImportLegacyInstance;
pub use launch::{
    LaunchPlan, LaunchRequest, config_violations, defaults_for_a_start, plan_direct_launch,
    plan_launch,
};
pub use preview::{LaunchPreview, preview_launch};
pub use reconfigure::{ReconfigureInstance, is_updatable};
pub use restart::RestartInstance;
pub use restart_on_version::{RestartOnVersion, overrides_of_run};
pub use start::StartInstance;
pub use stop::StopInstance;
pub use stop_mode::StopMode;
