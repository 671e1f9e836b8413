//! What holds for the whole installation.

mod change;
mod find;
mod halt_trading;
mod resume_trading;
mod set_switches;

pub(crate) use find::SettingsQuery;
pub(crate) use halt_trading::HaltTrading;
pub(crate) use resume_trading::ResumeTrading;
pub(crate) use set_switches::SetSwitches;
