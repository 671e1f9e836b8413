//! What people read: answers on standard output, never mixed with the log on standard error.

use std::io::{self, IsTerminal, Write};

/// Prints a line. A closed pipe (`strategos doctor | head -1`) is no reason to fail.
pub(crate) fn say(line: impl AsRef<str>) {
    let mut out = io::stdout().lock();
    let _closed_pipe = writeln!(out, "{}", line.as_ref()).and_then(|()| out.flush());
}

/// Whether a person is looking: only then is a password shown.
pub(crate) fn is_watched() -> bool {
    io::stdout().is_terminal()
}
