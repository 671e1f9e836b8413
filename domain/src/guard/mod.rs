//! Loss guards: how much the runs of the installation, of an account, of a definition or of an
//! instance may lose together, and what they may still do once they lost it, until a person resets
//! the guard. All in one stream.
//!
//! What is watched is the profit since the guard was armed: set, or reset after it tripped.

mod aggregate;
mod command;
mod error;
mod event;
#[cfg(test)]
mod examples;
mod measure;
mod remove;
mod reset;
mod restraint;
mod rule;
mod set;
mod trip;

pub use aggregate::{Guard, RiskGuards};
pub use command::GuardCommand;
pub use error::GuardError;
pub use event::GuardEvent;
pub use measure::{Measure, Reached};
pub use remove::RemoveGuard;
pub use reset::ResetGuard;
pub use restraint::{Restraint, Restraints};
pub use rule::{GuardAction, GuardRule, GuardScope};
pub use set::SetGuard;
pub use trip::{LossLimit, Trip, TripGuard};

/// The only stream of this kind.
pub const RISK_GUARDS_ID: &str = "guards";
