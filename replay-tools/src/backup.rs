//! A copy of the log that can be restored, and says itself whether it is whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use event_store::Upcasters;

use crate::checkpoint::{Checkpoint, IN_USE, read_key};
use crate::database::Database;
use crate::note::SignedNote;
use crate::out_folder;
use crate::outcome::Outcome;
use crate::transfer;
use crate::unfinished::{Contents, Unfinished};

/// Copy the log into a folder from which it can be restored, and sign what was copied
///
/// The folder gets `log.sqlite` (all events and the answers to idempotency keys, from any kind of
/// database), a signed checkpoint of it, a signed digest of the answers and the events' leaf hashes.
/// The copy is read again and held against what was read from the database before it is signed. The
/// server may run meanwhile: what is recorded after the beginning is not part of the backup. Read
/// tables are not: restore makes them. The checkpoint is written last: a backup that was interrupted
/// has none, and is begun anew into the same folder by the same command. `strategos-backup.unfinished`
/// stands in the folder until then; without it nothing that lies there is removed.
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

const BACKUP: Contents = Contents {
    what: "a backup",
    marker: "strategos-backup.unfinished",
    is_last: |name| name.ends_with(".checkpoint"),
    comes_before,
    needless: &[],
};

const BEFORE: [&str; 8] = [
    "log.sqlite",
    "log.sqlite-journal",
    "log.sqlite-shm",
    "log.sqlite-wal",
    "leaves",
    "leaves.part",
    ANSWERS,
    "answers.part",
];

fn comes_before(name: &str) -> bool {
    // The checkpoint while it is written
    let digits = name.strip_suffix(".part").unwrap_or_default();
    let checkpoint = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    checkpoint || name == IN_USE || BEFORE.contains(&name)
}

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
        database.require_outside(&self.into)?;
        let key = read_key(&self.key)?;
        let source = database.as_stored().await?;
        let unfinished = Unfinished::enter(&self.into, &BACKUP)?;
        unfinished.clear()?;
        let url = log_in(&self.into);
        let transfer::Moved { tree, answers, .. } = transfer::whole(source, &url).await?;

        let copied = event_store::open_to_read(&url, Upcasters::none()).await?;
        let differences = transfer::differences(copied.clone(), &tree, &answers).await?;
        differences.print(out)?;
        if !differences.is_empty() {
            writeln!(out, "nothing was signed: this is not a backup")?;
            return Ok(Outcome::Wrong);
        }
        writeln!(
            out,
            "{} events and {} answers",
            tree.size(),
            answers.answers
        )?;
        let text = serde_json::to_string_pretty(&answers)? + "\n";
        let note = SignedNote::sign(text, &key)?;
        out_folder::keep(&self.into.join(ANSWERS), &note.to_string())?;
        let checkpoint = Checkpoint::into(&self.into, &self.key);
        let outcome = checkpoint.run(copied, out).await?;
        if outcome == Outcome::Fine {
            unfinished.finish()?;
        }
        Ok(outcome)
    }
}
