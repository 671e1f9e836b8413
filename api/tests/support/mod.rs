//! A whole application in a folder of its own, and words to talk to it.

mod answer;
mod app;
mod backtester;
mod failing;
mod fixtures;
mod graphql;
mod imported;
mod ports;
mod socket;

pub(crate) use answer::Answer;
pub(crate) use app::{TestApp, credentials};
pub(crate) use backtester::found;
pub(crate) use failing::FailingLog;
pub(crate) use fixtures::*;
pub(crate) use graphql::{pmm, told};
pub(crate) use imported::row;
pub(crate) use socket::{Feed, SocketServer, protocol};
