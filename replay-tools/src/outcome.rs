//! What a command found, and what the shell is told.

use std::process::ExitCode;

/// For `--help`; docs/audit.md says the same.
pub(crate) const EXIT_CODES: &str = "Exit codes: 0 all is as it must be; 1 something is not: see the output; \
2 the command was not understood; 3 it could not be carried out: the message says who can fix it";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The command did what it was asked; whatever it checked holds.
    Fine,
    /// The command did its work and found that something is not as it must be.
    Wrong,
}

impl Outcome {
    pub(crate) fn of(holds: bool) -> Self {
        if holds { Self::Fine } else { Self::Wrong }
    }

    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        Self::of(self == Self::Fine && other == Self::Fine)
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Wrong => Self::from(1),
        }
    }
}

/// 2 is clap's.
pub(crate) const COULD_NOT: u8 = 3;

/// Something is there and is not what was signed: an answer, and no failure to give one.
#[derive(Debug)]
pub(crate) struct Altered(pub(crate) String);

impl std::fmt::Display for Altered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Altered {}

/// What whoever meets something altered can do.
pub(crate) const TAKE_ANOTHER: &str =
    "it was altered or cut off, or is another file; take the copy that was kept elsewhere";
