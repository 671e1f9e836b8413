//! Options that all commands know and some have no use for: there they are not offered.

use clap::Args;

use crate::note::{VerifyingKey, public_key};

/// For commands that name their logs themselves.
#[derive(Debug, Default, Args)]
pub(crate) struct NoDatabase {
    #[arg(long, hide = true)]
    database: Option<String>,
}

/// For commands that need no log at all.
#[derive(Debug, Default, Args)]
pub(crate) struct NoLog {
    #[arg(long, hide = true)]
    database: Option<String>,
    #[arg(long, hide = true, value_parser = public_key)]
    export_key: Vec<VerifyingKey>,
}
