//! A whole application in a folder of its own, and words to talk to it.

mod answer;
mod app;
mod fixtures;
mod ports;

pub(crate) use answer::Answer;
pub(crate) use app::TestApp;
pub(crate) use fixtures::*;
