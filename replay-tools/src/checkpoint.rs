//! Signs what the log is now.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::Args;
use event_store::StoredRows;

use crate::audit::{CheckpointFolder, LEAF_BYTES, Pass, signed_root};
use crate::held::Held;
use crate::note::{Checkpoint as Signed, Policy, SignedNote, SigningKey, VerifyingKey};
use crate::outcome::Outcome;

/// Sign what the log is now, so that any later change of it can be found
///
/// Reads the whole log and writes into the folder: a checkpoint (C2SP tlog-checkpoint: size and root
/// of an RFC 6962 tree over the events, signed with Ed25519), and `leaves`, the hash of each event,
/// 32 bytes each, by which a change is found to the very position. Nothing is signed that does not
/// begin with what the folder's earlier checkpoints say. Witnesses may add their signatures to the
/// checkpoint's end.
///
/// Keep the folder where whoever can write to the database cannot: a change that is made to both is
/// not found.
///
/// strategos-replay checkpoint --key audit.key --into /media/audit
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Checkpoint {
    /// The private key that keygen wrote
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// The folder that checkpoints are kept in; made when it isn't there
    #[arg(long, value_name = "FOLDER")]
    into: PathBuf,
}

/// Stands in the folder while a checkpoint is made.
pub(crate) const IN_USE: &str = "strategos-checkpoint.unfinished";

impl Checkpoint {
    pub(crate) fn into(folder: &Path, key: &Path) -> Self {
        Self {
            key: key.to_owned(),
            into: folder.to_owned(),
        }
    }

    pub(crate) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let key = read_key(&self.key)?;
        fs::create_dir_all(&self.into)
            .with_context(|| format!("the folder {} cannot be made", self.into.display()))?;
        // Of two at once one would cut off what the other has just written
        let held = Held::take(
            self.into.join(IN_USE),
            "strategos-replay is making a checkpoint in this folder, or was interrupted: the next one removes this.\n",
        )?;
        let outcome = self.sign(log, &key, out).await;
        held.end()?;
        outcome
    }

    async fn sign(
        &self,
        log: Arc<dyn StoredRows>,
        key: &SigningKey,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let folder = CheckpointFolder::at(&self.into);
        let policy = Policy::only(key.verifying());
        let files = folder.files()?;
        let signed_roots = files.iter().map(|file| signed_root(&policy, file));
        let signed_roots = signed_roots.collect::<anyhow::Result<Vec<_>>>()?;
        let signed = signed_roots
            .iter()
            .map(|signed_root| signed_root.size)
            .max();
        let leaves = folder.leaves()?;
        // Those that were cut off are written anew, if the log is what was signed
        let leaves = leaves.filter(|leaves| leaves.count >= signed.unwrap_or_default());
        let known = leaves.as_ref().map_or(0, |leaves| leaves.count);

        let mut new = NewLeaves::create(&folder, known)?;
        let mut pass = Pass::new(signed_roots, leaves);
        pass.over(log, &mut |row| new.take(&row.leaf().unwrap_or_default()))
            .await?;
        if !pass.findings.is_empty() {
            new.give_up()?;
            let outcome = pass.print(out)?;
            writeln!(out, "nothing was signed")?;
            return Ok(outcome);
        }
        new.append_to(&folder.leaves_file())?;
        let checkpoint = Signed {
            origin: key.verifying().name.clone(),
            size: pass.tree.size(),
            root: pass.tree.root(),
        };
        let path = folder.file_of(checkpoint.size);
        if path.exists() {
            writeln!(out, "{} says it already", path.display())?;
            return Ok(Outcome::Fine);
        }
        let note = SignedNote::sign(checkpoint.to_text(), key)?;
        let path = folder.keep(checkpoint.size, &note)?;
        write!(out, "{note}")?;
        writeln!(out, "\nwritten to {}", path.display())?;
        Ok(Outcome::Fine)
    }
}

/// The bits of a file's mode that speak of its group and of everybody.
const OTHERS: u32 = 6;

pub(crate) fn read_key(file: &Path) -> anyhow::Result<SigningKey> {
    let unreadable = || format!("the key in {} cannot be read", file.display());
    let text = fs::read_to_string(file).with_context(unreadable)?;
    ensure!(
        text.parse::<VerifyingKey>().is_err(),
        "{} is a public key: to sign, name the file with the private one, which keygen wrote beside it without .pub",
        file.display()
    );
    let mode = fs::metadata(file)
        .with_context(unreadable)?
        .permissions()
        .mode();
    ensure!(
        mode.trailing_zeros() >= OTHERS,
        "others can read the key in {}: chmod 600 it, and make a new one if they may have",
        file.display()
    );
    text.parse().with_context(unreadable)
}

/// Hashes of events that the folder does not have yet, in a file of their own until all is well.
struct NewLeaves {
    part: PathBuf,
    file: BufWriter<fs::File>,
    known: u64,
    seen: u64,
}

impl NewLeaves {
    fn create(folder: &CheckpointFolder, known: u64) -> anyhow::Result<Self> {
        let part = folder.leaves_file().with_extension("part");
        let file = fs::File::create(&part)
            .with_context(|| format!("{} cannot be written", part.display()))?;
        Ok(Self {
            part,
            file: BufWriter::new(file),
            known,
            seen: 0,
        })
    }

    fn take(&mut self, leaf: &[u8]) -> anyhow::Result<()> {
        self.seen += 1;
        if self.seen > self.known {
            let written = self.file.write_all(leaf);
            written.with_context(|| format!("{} cannot be written", self.part.display()))?;
        }
        Ok(())
    }

    fn give_up(self) -> io::Result<()> {
        fs::remove_file(&self.part)
    }

    /// Before the checkpoint is written: hashes without a checkpoint do no harm.
    fn append_to(mut self, leaves: &Path) -> anyhow::Result<()> {
        let appended = (|| {
            self.file.flush()?;
            let options = OpenOptions::new().create(true).append(true).open(leaves);
            let mut file = options?;
            // An interrupted run may have left a piece of a hash
            file.set_len(self.known * LEAF_BYTES)?;
            io::copy(&mut fs::File::open(&self.part)?, &mut file)?;
            file.sync_all()?;
            fs::remove_file(&self.part)
        })();
        appended.with_context(|| format!("{} cannot be written", leaves.display()))
    }
}
