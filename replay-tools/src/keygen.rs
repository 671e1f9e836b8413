//! A pair of keys to sign checkpoints with.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;

use crate::note::SigningKey;
use crate::outcome::Outcome;
use crate::unused::NoLog;

/// Make a key to sign checkpoints with
///
/// Writes the private key to the file, readable by nobody else, and the public key beside it, with
/// .pub at the end: give that to whoever is to check, by a way that the log's operator cannot alter.
/// Whoever has the private key can sign another history: keep it off the database's machine.
///
/// strategos-replay keygen --name example.com/strategos --out audit.key
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Keygen {
    /// What the log is called in its checkpoints: a name that no other log has, as URLs without https:// are
    #[arg(long)]
    name: String,
    /// Where to write the private key; a file that is there already is not touched
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    _unused: NoLog,
}

impl Keygen {
    pub(crate) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Outcome> {
        let key = SigningKey::generate(&self.name)?;
        let public = format!("{}.pub", self.out.display());
        // A private key without its public one would be of no use
        ensure!(
            !Path::new(&public).exists(),
            "{public} is there already: name another file"
        );
        write_new(&self.out, &key.to_text(), 0o600)?;
        let written = write_new(public.as_ref(), &key.verifying().to_string(), 0o644);
        if written.is_err() {
            let _kept = fs::remove_file(&self.out);
        }
        written?;
        writeln!(out, "{}", key.verifying())?;
        Ok(Outcome::Fine)
    }
}

fn write_new(path: &Path, text: &str, mode: u32) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    let opened = options.write(true).create_new(true).mode(mode).open(path);
    let cannot = || format!("{} cannot be written as a new file", path.display());
    let mut file = opened.with_context(cannot)?;
    let written = writeln!(file, "{text}").and_then(|()| file.sync_all());
    if written.is_err() {
        // The same command, once there is room, would be refused because of it
        let _kept = fs::remove_file(path);
    }
    written.with_context(cannot)
}
