//! A copy of the log that can be restored, and says itself whether it is whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use event_store::Upcasters;

use crate::checkpoint::{Checkpoint, read_key};
use crate::database::Database;
use crate::note::SignedNote;
use crate::out_folder;
use crate::outcome::Outcome;
use crate::transfer;

/// Copy the log into a folder from which it can be restored, and sign what was copied
///
/// The folder gets `log.sqlite` (all events and the answers to idempotency keys, from any kind of
/// database), a signed checkpoint of it, a signed digest of the answers and the events' leaf hashes.
/// The copy is read again and held against what was read from the database before it is signed. The
/// server may run meanwhile: what is recorded after the beginning is not part of the backup. Read
/// tables are not: restore makes them. The checkpoint is written last: a backup that was interrupted
/// has none, and is begun anew into the same folder by the same command.
///
/// strategos-replay backup --key audit.key --into /media/backup/monday
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Backup {
    /// The private key that keygen wrote
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// A folder that is not there yet, or holds a backup that was interrupted
    #[arg(long, value_name = "FOLDER")]
    into: PathBuf,
}

/// What there is before the checkpoint is.
const FILES: [&str; 5] = [
    "log.sqlite",
    "log.sqlite-wal",
    "log.sqlite-shm",
    "leaves",
    ANSWERS,
];

/// What the answers are, signed; older backups have none.
pub(crate) const ANSWERS: &str = "answers.note";

/// The log in a backup's folder.
pub(crate) fn log_in(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("log.sqlite").display())
}

impl Backup {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let source = database.as_stored().await?;
        out_folder::begin(&self.into, &FILES)?;
        let url = log_in(&self.into);
        let mut target = event_store::restore_into(&url).await?;
        let tree = transfer::events(source.clone(), target.as_mut()).await?;
        let answers = transfer::answers(source.as_ref(), target.as_mut(), &tree).await?;
        target.finish().await?;

        let copied = event_store::open_to_read(&url, Upcasters::none()).await?;
        let differences = transfer::differences(copied.clone(), &tree, &answers).await?;
        differences.print(out)?;
        if !differences.is_empty() {
            writeln!(out, "nothing was signed: this is no backup")?;
            return Ok(Outcome::Wrong);
        }
        writeln!(
            out,
            "{} events and {} answers",
            tree.size(),
            answers.answers
        )?;
        let text = serde_json::to_string_pretty(&answers)? + "\n";
        let note = SignedNote::sign(text, &read_key(&self.key)?)?;
        out_folder::keep(&self.into.join(ANSWERS), &note.to_string())?;
        let checkpoint = Checkpoint::into(&self.into, &self.key);
        checkpoint.run(copied, out).await
    }
}
