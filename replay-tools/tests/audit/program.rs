//! Runs `strategos-replay`.

use std::process::{Command, Stdio};

use crate::database::Database;

#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl Told {
    /// The output of a command that had to succeed.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.error);
        self.out
    }

    /// The output of a command that had to find something wrong.
    #[track_caller]
    pub(crate) fn wrong(self) -> String {
        assert_eq!(self.code, 1, "{}{}", self.out, self.error);
        self.out
    }

    /// What a command said that had to be impossible.
    #[track_caller]
    pub(crate) fn impossible(self) -> String {
        assert_eq!(self.code, 3, "{}{}", self.out, self.error);
        self.error
    }
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strategos-replay"));
    command
        .args(arguments)
        .env_remove("STRATEGOS_DATABASE")
        .stdin(Stdio::null());
    command
}

/// Without a database.
pub(crate) fn replay(arguments: &[&str]) -> Told {
    let output = command(arguments).output().unwrap();
    Told {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        error: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Database {
    pub(crate) fn replay(&self, arguments: &[&str]) -> Told {
        let database = ["--database", &self.url];
        replay(&[&database[..], arguments].concat())
    }
}
