//! The program `strategos`: reads its settings, then runs one role or command.

mod cli;
mod clock;
mod config;
mod credentials;
mod data_folder;
mod import;
mod telemetry;
mod terminal;

fn main() {}
