//! The history, event by event.

use std::io::{IsTerminal, Write};
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use event_store::{FeedFilter, Position, Recorded, Source, StoredRows, StreamName, position_at};
use projections::history::EventFilter;
use uuid::Uuid;

use crate::outcome::Outcome;
use crate::{cloud_event, human_line};

/// Events per read: bounds memory, whatever the log's length.
const PAGE: usize = 1_000;

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
    /// Only this type of event: InstanceStarted (may be repeated)
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
    #[arg(long, value_name = "TIME")]
    from: Option<DateTime<Utc>>,
    /// Only what was recorded before then
    #[arg(long, value_name = "TIME")]
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

/// Where the reading is.
#[derive(Debug)]
struct Walk {
    /// One stream, read by version, or all of them, by position.
    stream: Option<StreamName>,
    kinds: FeedFilter,
    filter: EventFilter,
    after: u64,
    /// Nothing behind this position is wanted.
    up_to: u64,
    /// Nothing before this one, where versions are counted.
    behind: u64,
}

impl Walk {
    async fn begin(asked: &Log, log: &dyn StoredRows) -> anyhow::Result<Self> {
        let named = asked.stream.as_deref();
        let stream = named.and_then(|name| name.split_once('/'));
        let stream = stream.map(|(kind, id)| StreamName::new(kind, id));
        let kinds = match (&stream, named) {
            (None, Some(kind)) => FeedFilter::only(&[kind]),
            _ => FeedFilter::default(),
        };
        let mut behind = asked.after;
        if let Some(from) = asked.from {
            let before = from - chrono::TimeDelta::microseconds(1);
            behind = behind.max(position_at(log, before).await?.0);
        }
        let mut up_to = asked.up_to.unwrap_or(u64::MAX);
        if let Some(until) = asked.until {
            let before = until - chrono::TimeDelta::microseconds(1);
            up_to = up_to.min(position_at(log, before).await?.0);
        }
        Ok(Self {
            filter: asked.filter(None),
            after: if stream.is_some() { 0 } else { behind },
            stream,
            kinds,
            up_to,
            behind,
        })
    }

    /// The next events that are wanted, perhaps none of a page; `None` where the log ends for now.
    async fn next(&mut self, log: &dyn StoredRows) -> anyhow::Result<Option<Vec<Recorded>>> {
        let events = match &self.stream {
            Some(stream) => {
                let events = log.load(stream, self.after, PAGE).await?;
                let Some(last) = events.last() else {
                    return Ok(None);
                };
                self.after = last.version;
                events
            }
            None => {
                if self.after >= self.up_to {
                    return Ok(None);
                }
                let page = log.feed(Position(self.after), PAGE, &self.kinds).await?;
                if page.up_to.0 == self.after {
                    return Ok(None);
                }
                self.after = page.up_to.0;
                page.events
            }
        };
        let wanted = events.into_iter().filter(|event| self.wants(event));
        Ok(Some(wanted.collect()))
    }

    fn wants(&self, event: &Recorded) -> bool {
        let within = event.position.0 > self.behind && event.position.0 <= self.up_to;
        within && self.filter.admits(event)
    }
}
