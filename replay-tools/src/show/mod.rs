//! Prints events: one with its causes and effects, or many, one JSON object a line.

mod tree;

use std::io::Write;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use event_store::{FeedFilter, Position, Recorded, StoredRows, StreamName};
use serde_json::value::{RawValue, to_raw_value};

use crate::find_event::EventName;
use crate::outcome::Outcome;
use crate::whole::GapWatch;
use tree::Tree;

/// Events per read: bounds memory, whatever the log's length.
const PAGE: usize = 1_000;

/// Print one event with its causes and effects as a tree; without one, events in commit order
///
/// The tree begins at the first cause that is recorded; the event asked for is marked with ▶. Below
/// each event stands what it caused; at the end, what else belongs to the same undertaking.
///
/// Without an event: one JSON object a line. `log` has more filters and a standard envelope.
///
/// strategos-replay show 4711
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Show {
    /// The event: its position or its id
    #[arg(conflicts_with_all = ["stream", "kind", "after", "limit"])]
    event: Option<EventName>,
    /// Only this stream: `strategy_instance/user1-client1-volume`
    #[arg(long)]
    stream: Option<String>,
    /// Only streams of this kind: `strategy_definition`, `strategy_instance`, `execution`, …
    #[arg(long, conflicts_with = "stream")]
    kind: Option<String>,
    /// Only events after this position (or, with --stream, after this version)
    #[arg(long, default_value_t = 0)]
    after: u64,
    /// Stop after this many events
    #[arg(long)]
    limit: Option<usize>,
}

impl Show {
    pub(crate) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let Some(name) = &self.event else {
            return self.print_all(log.as_ref(), out).await;
        };
        let event = name.find(log.as_ref()).await?;
        let value: serde_json::Value = serde_json::from_str(&line(&event)?)?;
        writeln!(out, "{}\n", serde_json::to_string_pretty(&value)?)?;
        let tree = Tree::of(log.as_ref(), &event).await?;
        tree.print(event.event_id, out)?;
        Ok(Outcome::Fine)
    }

    async fn print_all(
        &self,
        log: &dyn StoredRows,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let mut gaps = GapWatch::default();
        let mut left = self.limit.unwrap_or(usize::MAX);
        let mut after = self.after;
        while left > 0 {
            let (events, next, last) = self.page(log, after, left.min(PAGE)).await?;
            if self.stream.is_some() {
                gaps.look_at_versions(after, events.iter().map(|event| event.version));
            } else {
                gaps.look(log, after, next).await?;
            }
            for event in &events {
                writeln!(out, "{}", line(event)?)?;
            }
            left -= events.len().min(left);
            after = next;
            if last {
                break;
            }
        }
        Ok(Outcome::Fine)
    }

    /// The events, where to go on, and whether that was all.
    async fn page(
        &self,
        log: &dyn StoredRows,
        after: u64,
        limit: usize,
    ) -> anyhow::Result<(Vec<Recorded>, u64, bool)> {
        let Some(stream) = &self.stream else {
            let kinds: Vec<&str> = self.kind.iter().map(String::as_str).collect();
            let page = log
                .feed(Position(after), limit, &FeedFilter::only(&kinds))
                .await?;
            return Ok((page.events, page.up_to.0, page.at_head));
        };
        let (kind, id) = stream
            .split_once('/')
            .context("a stream is named kind/id")?;
        let events = log.load(&StreamName::new(kind, id), after, limit).await?;
        let next = events.last().map_or(after, |event| event.version);
        let last = events.len() < limit;
        Ok((events, next, last))
    }
}

/// What is no JSON is shown as the text that it is.
fn json_or_text(stored: &str) -> serde_json::Result<Box<RawValue>> {
    RawValue::from_string(stored.to_owned()).or_else(|_| to_raw_value(stored))
}

/// Payload and metadata keep their stored bytes.
fn line(event: &Recorded) -> anyhow::Result<String> {
    let payload = json_or_text(&event.payload)?;
    let metadata = json_or_text(&event.metadata)?;
    let envelope = Envelope {
        position: event.position,
        stream: event.stream.to_string(),
        version: event.version,
        event_id: event.event_id.to_string(),
        event_type: &event.event_type,
        event_version: &event.event_version,
        recorded_at: event
            .recorded_at
            .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        payload,
        metadata,
    };
    Ok(serde_json::to_string(&envelope)?)
}

#[derive(Debug, serde::Serialize)]
struct Envelope<'a> {
    position: Position,
    stream: String,
    version: u64,
    event_id: String,
    event_type: &'a str,
    event_version: &'a str,
    recorded_at: String,
    payload: Box<RawValue>,
    metadata: Box<RawValue>,
}
