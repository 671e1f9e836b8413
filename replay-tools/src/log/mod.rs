//! The history, event by event.

mod walk;

use std::io::{IsTerminal, Write};
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use domain::event::{Event, STORED_TYPES};
use event_store::{Source, StoredRows};
use projections::history::EventFilter;
use uuid::Uuid;

use crate::moment::time;
use crate::outcome::Outcome;
use crate::{cloud_event, human_line};
use walk::Walk;

/// Print the history in commit order: what happened, who did it, why
///
/// Into a file or pipe: one CloudEvents 1.0 envelope a line, the same bytes on every run and on every
/// database. On a terminal: a table. Filters narrow what is printed, all of them together; an option
/// that may be repeated admits each of its values.
///
/// strategos-replay log --stream strategy_instance/ana-desk-volume --from 2026-11-01T00:00:00Z
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Log {
    /// Only this type of event, such as `InstanceStarted` (may be repeated)
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Only this stream, KIND/ID, or all streams of a KIND: strategy_instance/ana-desk-volume, execution
    #[arg(long, value_name = "STREAM")]
    stream: Option<String>,
    /// Only what this actor did: admin, seed, executor:volume
    #[arg(long)]
    actor: Option<String>,
    /// Only what came through this: graphql, rest, legacy-rest, command-line, executor, seed, import, replay (may be repeated)
    #[arg(long = "source", value_parser = source)]
    sources: Vec<Source>,
    /// Only what was recorded then or later
    #[arg(long, value_name = "TIME", value_parser = time)]
    from: Option<DateTime<Utc>>,
    /// Only what was recorded before then
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<DateTime<Utc>>,
    /// Only positions behind this one
    #[arg(long, value_name = "POSITION", default_value_t = 0)]
    after: u64,
    /// Only positions up to this one
    #[arg(long, value_name = "POSITION")]
    up_to: Option<u64>,
    /// Only the events of one undertaking
    #[arg(long, value_name = "ID")]
    correlation: Option<Uuid>,
    /// Stop after so many events
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Go on with what is recorded from now on, until interrupted
    #[arg(long, conflicts_with_all = ["until", "up_to"])]
    follow: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Auto)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table on a terminal, NDJSON elsewhere
    Auto,
    /// CloudEvents 1.0, one a line
    Ndjson,
    /// For people
    Table,
}

/// A source by the name it has in the log.
fn source(name: &str) -> Result<Source, String> {
    serde_json::from_value(name.into()).map_err(|_| {
        "it is one of graphql, rest, legacy-rest, command-line, executor, seed, import, replay"
            .to_owned()
    })
}

impl Log {
    pub(crate) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        self.tell_unknown();
        let mut wake_ups = log.wake_ups();
        let mut walk = Walk::begin(self, log.as_ref()).await?;
        let table = match self.format {
            Format::Auto => std::io::stdout().is_terminal(),
            Format::Ndjson => false,
            Format::Table => true,
        };
        if table {
            writeln!(out, "{}", human_line::HEAD)?;
        }
        let mut left = self.limit.unwrap_or(usize::MAX);
        loop {
            while left > 0
                && let Some(events) = walk.next(log.as_ref()).await?
            {
                for event in events.iter().take(left) {
                    let line = if table {
                        human_line::line(event)
                    } else {
                        cloud_event::line(event)?
                    };
                    writeln!(out, "{line}")?;
                }
                left = left.saturating_sub(events.len());
            }
            out.flush()?;
            if !self.follow || left == 0 {
                return Ok(Outcome::Fine);
            }
            wake_ups.changed().await.context("the log was closed")?;
        }
    }

    /// A log may hold what only another release knows, so this is no refusal.
    fn tell_unknown(&self) {
        let tell = |unknown: String| {
            let unknown = human_line::plain(&unknown);
            let told = format!("strategos-replay: this release knows no {unknown}");
            let _nobody_reads = writeln!(std::io::stderr(), "{told}");
        };
        for unknown in self.types.iter().filter(|name| !Event::is_known_type(name)) {
            tell(format!("event of the type {unknown}"));
        }
        if let Some(stream) = &self.stream {
            let kind = stream.split_once('/').map_or(&**stream, |(kind, _)| kind);
            if !STORED_TYPES.iter().any(|(known, _)| *known == kind) {
                let kinds = STORED_TYPES.map(|(kind, _)| kind).join(", ");
                tell(format!("streams of the kind \"{kind}\": there are {kinds}"));
            }
        }
    }

    /// Who, what, through what; where it begins and ends is the walk's.
    fn filter(&self, stream_types: Option<Vec<String>>) -> EventFilter {
        EventFilter {
            stream_types,
            stream_id: None,
            types: some(&self.types),
            actor: self.actor.clone(),
            sources: some(&self.sources),
            from: self.from,
            until: self.until,
            correlation_id: self.correlation,
            causation_id: None,
        }
    }
}

fn some<T: Clone>(values: &[T]) -> Option<Vec<T>> {
    (!values.is_empty()).then(|| values.to_vec())
}
