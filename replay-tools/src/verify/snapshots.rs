//! Whether the saved states that shorten the way to an aggregate are what its events make.

use std::io::Write;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use event_store::{SnapshotVerdict, StoredRows, StreamName, check_snapshot};

use crate::audit::Findings;
use crate::outcome::Outcome;

/// States per read.
const PAGE: usize = 100;

/// Fold every stream that has a saved state anew, and compare
///
/// Streams that grow long have their state saved beside them, so that a server which starts need not
/// fold all of it. One that was edited would be decided on. Those of another release are neither
/// believed nor checked by this one.
///
/// strategos-replay verify snapshots
#[derive(Debug, Default, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct VerifySnapshots {}

impl VerifySnapshots {
    pub(super) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let mut findings = Findings::default();
        let (mut held, mut sealed, mut others) = (0_u64, false, 0_u64);
        let mut after = StreamName::new("", "");
        loop {
            let page = log.snapshots(&after, PAGE).await.context(
                "the saved states (log_snapshots) cannot be read: grant SELECT on all tables of the log",
            )?;
            let Some(last) = page.last() else { break };
            after = last.stream.clone();
            for stored in &page {
                // An event that cannot be read is told of by whoever checks events
                match check_snapshot(log.as_ref(), stored).await {
                    Ok(SnapshotVerdict::Holds) => held += 1,
                    Ok(SnapshotVerdict::Sealed) => sealed = true,
                    Ok(SnapshotVerdict::OfAnotherRelease) => others += 1,
                    Ok(SnapshotVerdict::Wrong(why)) => findings.add(format!(
                        "the saved state of {} at version {}: {why}",
                        stored.stream, stored.snapshot.version
                    )),
                    Err(error) => findings.add(format!(
                        "the saved state of {} cannot be checked: {}",
                        stored.stream,
                        domain::ErrorChain(&error)
                    )),
                }
            }
        }
        findings.print(out)?;
        if findings.is_empty() {
            writeln!(
                out,
                "ok      {held} saved states are what their events make"
            )?;
        }
        if sealed {
            writeln!(
                out,
                "        what loss guards measured is as it was saved; only a server that reads all trades again could say more"
            )?;
        }
        if others > 0 {
            writeln!(
                out,
                "        {others} saved states are of another release, which this one does not believe"
            )?;
        }
        Ok(Outcome::of(findings.is_empty()))
    }
}
