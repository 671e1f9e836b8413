//! The installation's switches.

mod find;
mod set_switches;

pub(crate) use find::SettingsQuery;
pub(crate) use set_switches::SetSwitches;
