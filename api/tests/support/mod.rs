//! A whole application in a folder of its own, and words to talk to it.

mod answer;
mod app;
mod fixtures;
mod ports;

pub use answer::Answer;
pub use app::TestApp;
pub use fixtures::*;
