//! Moves a history from one database to another.

use std::io::Write;

use clap::Args;
use event_store::Upcasters;

use crate::database::Database;
use crate::merkle::base64;
use crate::outcome::Outcome;
use crate::transfer;
use crate::unused::NoDatabase;

/// Copy a whole history into an empty database of any kind, and prove both equal
///
/// Events keep their positions, ids, times and bytes; answers to idempotency keys go along. The copy
/// is one transaction: interrupted, it leaves the target empty, and the same command begins again. Then
/// the target is read and its root compared with what was read from the source; interrupted there, the
/// same command finds the history in the target and only compares. A target that holds anything else is
/// refused. Stop the server first: what it records meanwhile is not copied.
///
/// strategos-replay copy --from sqlite:strategos-data/strategos.sqlite --to "$NEW"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Copy {
    /// The log to copy; it is only read
    #[arg(long, value_name = "URL")]
    from: String,
    /// An empty database; its tables are created where they are missing
    #[arg(long, value_name = "URL")]
    to: String,
    #[command(flatten)]
    _unused: NoDatabase,
}

impl Copy {
    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let from = database.named(&self.from);
        let source = from.as_stored().await?;
        let transfer::Moved {
            tree,
            answers,
            was_there,
        } = transfer::whole(source, &self.to).await?;
        if was_there {
            writeln!(out, "the target holds exactly this history already")?;
        }

        let copied = event_store::open_to_read(&self.to, Upcasters::none()).await?;
        let differences = transfer::differences(copied, &tree, &answers).await?;
        differences.print(out)?;
        if !differences.is_empty() {
            return Ok(Outcome::Wrong);
        }
        writeln!(
            out,
            "{} events and {} answers copied; both have the root {}",
            tree.size(),
            answers.answers,
            base64(&tree.root())
        )?;
        Ok(Outcome::Fine)
    }
}
