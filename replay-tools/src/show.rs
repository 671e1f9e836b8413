//! Prints events, one JSON object a line, in the order they happened.

use std::io::Write;

use anyhow::Context;
use clap::Args;
use event_store::{EventLog, FeedFilter, Position, Recorded, StreamName};
use serde_json::value::RawValue;

/// Events per read: bounds memory, whatever the log's length.
const PAGE: usize = 1_000;

/// Print events in commit order, one JSON object a line
#[derive(Debug, Args)]
pub(crate) struct Show {
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
    pub(crate) async fn run(&self, log: &dyn EventLog, out: &mut dyn Write) -> anyhow::Result<()> {
        let mut left = self.limit.unwrap_or(usize::MAX);
        let mut after = self.after;
        while left > 0 {
            let (events, next, last) = self.page(log, after, left.min(PAGE)).await?;
            for event in &events {
                writeln!(out, "{}", line(event)?)?;
            }
            left -= events.len().min(left);
            after = next;
            if last {
                break;
            }
        }
        Ok(())
    }

    /// The events, where to go on, and whether that was all.
    async fn page(
        &self,
        log: &dyn EventLog,
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

/// Payload and metadata keep their stored bytes.
fn line(event: &Recorded) -> anyhow::Result<String> {
    let payload = RawValue::from_string(event.payload.clone())?;
    let metadata = RawValue::from_string(event.metadata.clone())?;
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
