//! Whether this release can read every event there is.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use event_store::{StoredRows, Upcasters};

use crate::audit::Findings;
use crate::outcome::Outcome;

/// Rows per read: bounds memory, whatever the log's length.
const PAGE: i64 = 4_000;

/// Check that every event decodes, once it has been upcast to this release's shape
///
/// Run it with a new release before starting the server with it: an event that cannot be read parks
/// every projection that reads it, and keeps its stream from being changed.
#[derive(Debug, Default, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct CheckEvents {}

impl CheckEvents {
    pub(crate) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let upcasters = Upcasters::released();
        let mut findings = Findings::default();
        let (mut events, mut from) = (0_u64, i64::MIN);
        while let Some(first) = log.next_position(from).await? {
            let to = first.saturating_add(PAGE - 1);
            for row in log.rows(first, to).await? {
                events += 1;
                let read = row
                    .map_err(|unreadable| unreadable.to_string())
                    .and_then(|event| unreadable(&upcasters, event).map_or(Ok(()), Err));
                if let Err(why) = read {
                    findings.add(why);
                }
            }
            let Some(next) = to.checked_add(1) else { break };
            from = next;
        }
        findings.print(out)?;
        if findings.is_empty() {
            writeln!(out, "ok      {events} events can all be read")?;
        }
        Ok(Outcome::of(findings.is_empty()))
    }
}

fn unreadable(upcasters: &Upcasters, event: event_store::Recorded) -> Option<String> {
    let at = format!(
        "position {} ({} {} of {})",
        event.position, event.event_type, event.event_version, event.stream
    );
    let event = match upcasters.apply(event) {
        Ok(event) => event,
        Err(error) => {
            return Some(format!(
                "{at} cannot be upcast: {}",
                domain::ErrorChain(&error)
            ));
        }
    };
    if let Err(error) = event.decode() {
        return Some(format!(
            "{at} cannot be read: {}",
            domain::ErrorChain(&error)
        ));
    }
    let metadata = event.metadata().err();
    metadata.map(|error| {
        format!(
            "the metadata of {at} cannot be read: {}",
            domain::ErrorChain(&error)
        )
    })
}
