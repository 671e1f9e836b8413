//! `/strategy/*` and its neighbours: lists, reruns, and what is not built here.

mod admin_running;
mod all;
mod controllers;
mod execute_indicator;
mod join;
mod rerun;
mod running;
mod start_indicator;
mod stop_indicator;
mod unbuilt;
mod verify_contribution;

pub use controllers::Controllers;
pub use rerun::RerunBody;

pub(crate) use admin_running::*;
pub(crate) use all::*;
pub(crate) use controllers::*;
pub(crate) use execute_indicator::*;
pub(crate) use join::*;
pub(crate) use rerun::*;
pub(crate) use running::*;
pub(crate) use start_indicator::*;
pub(crate) use stop_indicator::*;
pub(crate) use verify_contribution::*;
