//! A strategy instance: one user's strategy on one client account, started and stopped in runs.

mod aggregate;
mod backfill_link;
mod command;
mod error;
mod event;
#[cfg(test)]
mod examples;
mod fault;
mod identity;
mod import_legacy;
mod launch;
mod restart;
mod start;
mod stop;

pub use aggregate::{Instance, InstanceStatus, KnownInstance};
pub use backfill_link::{BackfillLink, SkipLink};
pub use command::InstanceCommand;
pub use error::InstanceError;
pub use event::{DefinitionPin, InstanceEvent, LegacyInstanceRow, Run};
pub use fault::FaultInstance;
pub use identity::Identity;
pub use import_legacy::ImportLegacyInstance;
pub use launch::{LaunchPlan, LaunchRequest, plan_direct_launch, plan_launch};
pub use restart::RestartInstance;
pub use start::StartInstance;
pub use stop::StopInstance;
