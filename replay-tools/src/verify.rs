//! Reads the whole log and checks what must be true of it.

use std::collections::HashMap;
use std::io::Write;

use anyhow::bail;
use clap::Args;
use event_store::{EventLog, FeedFilter, Position, Recorded, StreamName};

/// Events per read: bounds memory, whatever the log's length.
const PAGE: usize = 10_000;

/// Check that positions and versions have no gaps and that every event can be read
#[derive(Debug, Args)]
pub(crate) struct Verify {}

impl Verify {
    pub(crate) async fn run(&self, log: &dyn EventLog, out: &mut dyn Write) -> anyhow::Result<()> {
        let head = log.head().await?;
        let mut findings = Findings::default();
        let mut after = Position(0);
        while after < head {
            let page = log.feed(after, PAGE, &FeedFilter::default()).await?;
            for event in &page.events {
                findings.check(event);
            }
            if page.up_to <= after {
                bail!("the feed ended at {after}, but the log's head is {head}");
            }
            after = page.up_to;
        }
        for problem in &findings.problems {
            writeln!(out, "FAILED  {problem}")?;
        }
        for line in log.health().await? {
            let verdict = if line.healthy { "ok    " } else { "FAILED" };
            writeln!(out, "{verdict}  {}: {}", line.check, line.finding)?;
            findings.unhealthy |= !line.healthy;
        }
        writeln!(
            out,
            "{} events in {} streams, positions 1 to {head}",
            findings.events,
            findings.versions.len()
        )?;
        if findings.unhealthy || !findings.problems.is_empty() {
            bail!("the log is not what it must be: see the lines marked FAILED");
        }
        Ok(())
    }
}

#[derive(Debug, Default)]
struct Findings {
    events: u64,
    last_position: u64,
    versions: HashMap<StreamName, u64>,
    problems: Vec<String>,
    unhealthy: bool,
}

impl Findings {
    fn check(&mut self, event: &Recorded) {
        self.events += 1;
        let position = event.position.0;
        if position != self.last_position + 1 {
            self.problems.push(format!(
                "position {position} follows {}",
                self.last_position
            ));
        }
        self.last_position = position;
        let version = self.versions.entry(event.stream.clone()).or_default();
        if event.version != *version + 1 {
            self.problems.push(format!(
                "at position {position}, {} goes from version {version} to {}",
                event.stream, event.version
            ));
        }
        *version = event.version;
        if let Err(error) = event.decode() {
            let chain = domain::ErrorChain(&error);
            self.problems
                .push(format!("position {position} cannot be read: {chain}"));
        }
    }
}
