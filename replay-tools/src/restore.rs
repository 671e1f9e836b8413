//! Puts a backup into an empty database, and proves that it is what was backed up.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::Args;
use event_store::{StoredRows, Upcasters};
use projections::{Projector, Tables};

use crate::answers_digest::AnswersDigest;
use crate::audit::{CheckpointFolder, Pass, SignedRoot, signed_root};
use crate::backup::{ANSWERS, log_in};
use crate::clock::SystemClock;
use crate::database::Database;
use crate::merkle::Frontier;
use crate::note::{Policy, SignedNote};
use crate::outcome::{Altered, Outcome, TAKE_ANOTHER};
use crate::transfer;
use crate::verify::VerifyProjections;

/// Put a backup into an empty database of any kind, make its tables, and check all of it
///
/// Nothing is restored unless the backup is what its checkpoint was signed for: all of it is one
/// transaction. Afterwards the restored log is read and held against the checkpoint, and the tables are
/// made and compared with what the log makes: as `verify log` and `verify projections` do. Whenever it
/// was interrupted, the same command may be run again: where the history is in the database already, it
/// goes on with the tables and the checks. A database that holds anything else is refused.
///
/// strategos-replay --database "$NEW" restore /media/backup/monday --public-key audit.key.pub
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Restore {
    /// What backup wrote
    folder: PathBuf,
    /// The tables' database, where it is not to be the log's
    #[arg(
        long,
        env = "STRATEGOS_TABLES_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    tables: Option<String>,
    /// Restore answers to idempotency keys that nobody signed: those of backups from before they were
    #[arg(long)]
    unsigned_answers: bool,
    #[command(flatten)]
    policy: Policy,
}

impl Restore {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        // Said before anything is written
        database.tables(self.tables.as_deref())?;
        let roots = self.signed_roots()?;
        let signed = roots.last().with_context(|| {
            format!(
                "the backup has no checkpoint: either backup was interrupted, and the same command begins it anew, or {} is another folder",
                self.folder.display()
            )
        })?;
        let source = event_store::open_to_read(&log_in(&self.folder), Upcasters::none()).await?;
        let found = self.pass(source.clone(), roots.clone()).await?;
        let size = source.head().await?.0;
        ensure!(
            size == signed.size,
            Altered(format!(
                "{}: the backup has {size} events, but {} were signed; nothing was restored",
                self.folder.display(),
                signed.size
            ))
        );
        if !found.findings.is_empty() {
            found.print(out)?;
            writeln!(
                out,
                "nothing was restored: the backup is not what was signed"
            )?;
            return Ok(Outcome::Wrong);
        }
        if let Some(wrong) = self.wrong_answers(source.as_ref(), &found.tree).await? {
            writeln!(out, "FAILED  {wrong}")?;
            writeln!(out, "nothing was restored")?;
            return Ok(Outcome::Wrong);
        }
        let transfer::Moved {
            tree,
            answers,
            was_there,
        } = transfer::whole(source, database.url()?).await?;
        let told = if was_there {
            "are there already, exactly these"
        } else {
            "restored"
        };
        writeln!(
            out,
            "{} events and {} answers {told}",
            tree.size(),
            answers.answers
        )?;

        let restored = database.as_stored().await?;
        let differences = transfer::differences(restored.clone(), &tree, &answers).await?;
        differences.print(out)?;
        let same = Outcome::of(differences.is_empty());
        let restored = self.pass(restored, roots).await?.print(out)?.and(same);
        self.make_tables(database).await?;
        let tables = VerifyProjections::all(self.tables.clone());
        Ok(tables.run(database, out).await?.and(restored))
    }

    /// What is wrong with the answers to idempotency keys: no checkpoint is signed over them.
    async fn wrong_answers(
        &self,
        source: &dyn StoredRows,
        events: &Frontier,
    ) -> anyhow::Result<Option<String>> {
        let path = self.folder.join(ANSWERS);
        let answers = transfer::answers_of(source, events).await?;
        if !path.exists() {
            let unsigned = answers.answers > 0 && !self.unsigned_answers;
            return Ok(unsigned.then(|| {
                format!(
                    "{} is not there, so nobody signed the {} answers to idempotency keys: where the backup is of a release that did not sign them, --unsigned-answers restores it",
                    path.display(),
                    answers.answers
                )
            }));
        }
        let text = SignedNote::text_of(&path)?;
        let signed = || {
            let note = SignedNote::parse(&text)?;
            self.policy.require_signatures(&note)?;
            let signed = serde_json::from_str(note.text());
            signed.with_context(|| {
                Altered(format!("the note says nothing of answers: {TAKE_ANOTHER}"))
            })
        };
        let signed: AnswersDigest =
            signed().with_context(|| format!("{} is not believed", path.display()))?;
        Ok((signed != answers).then(|| {
            format!(
                "the answers to idempotency keys ({}) are not the {} that were signed",
                answers.answers, signed.answers
            )
        }))
    }

    /// By size.
    fn signed_roots(&self) -> anyhow::Result<Vec<SignedRoot>> {
        let files = CheckpointFolder::at(&self.folder).files()?;
        let signed_roots = files.iter().map(|file| signed_root(&self.policy, file));
        signed_roots.collect()
    }

    async fn pass(
        &self,
        log: Arc<dyn StoredRows>,
        signed_roots: Vec<SignedRoot>,
    ) -> anyhow::Result<Pass> {
        let leaves = CheckpointFolder::at(&self.folder).leaves()?;
        let mut pass = Pass::new(signed_roots, leaves);
        pass.over(log, &mut |_| Ok(())).await?;
        Ok(pass)
    }

    /// As a server would when it starts.
    async fn make_tables(&self, database: &Database) -> anyhow::Result<()> {
        let tables = Tables::connect(&database.tables(self.tables.as_deref())?).await?;
        tables.migrate().await?;
        let log = database.as_read().await?;
        let projector = Projector::new(tables.clone(), log, Arc::new(SystemClock));
        projector.catch_up_all().await?;
        tables.close().await;
        Ok(())
    }
}
