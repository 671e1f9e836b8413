//! Log lines: for people on a terminal, JSON for machines otherwise. Always on standard error, so
//! that a command's answer on standard output stays clean.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

/// Starts logging for the whole process.
pub(crate) fn start(settings: &LogSettings) {
    // At debug, sqlx would log every statement. What KurrentDB's client has to say it also answers, and
    // there it is said in words
    let filter = EnvFilter::new(format!("{},sqlx=warn,kurrentdb=off", settings.level));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    let for_people = match settings.format {
        LogFormat::Auto => io::stderr().is_terminal(),
        LogFormat::Human => true,
        LogFormat::Json => false,
    };
    if for_people {
        lines.with_target(false).init();
    } else {
        lines.json().flatten_event(true).init();
    }
}
