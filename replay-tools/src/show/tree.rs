//! One event, what led to it, and what it led to.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use event_store::{FeedFilter, Position, Recorded, StoredRows};
use uuid::Uuid;

use crate::human_line;

/// Events per read: bounds memory, whatever the log's length.
const PAGE: usize = 1_000;
/// More of them are counted, but not printed: an undertaking may be as long as a run.
const MOST_PRINTED: usize = 1_000;

/// Events by what caused them, below the first cause.
#[derive(Debug)]
pub(super) struct Tree {
    root: Recorded,
    effects: HashMap<Uuid, Vec<Recorded>>,
    /// Of the same undertaking, but without a cause among these.
    beside: Vec<Recorded>,
    left_out: u64,
}

impl Tree {
    pub(super) async fn of(log: &dyn StoredRows, event: &Recorded) -> anyhow::Result<Self> {
        let root = first_cause(log, event).await?;
        let correlation = event.metadata().ok().map(|told| told.correlation_id);
        let mut tree = Self {
            effects: HashMap::new(),
            beside: vec![],
            left_out: 0,
            root,
        };
        let mut known = HashSet::from([tree.root.event_id]);
        // What was caused comes after its cause; what belongs together may come before it
        let begin = correlation.map_or(tree.root.position.0, |_| 0);
        let mut after = Position(begin);
        loop {
            let page = log.feed(after, PAGE, &FeedFilter::default()).await?;
            for recorded in page.events {
                tree.place(recorded, correlation, &mut known);
            }
            if page.at_head {
                return Ok(tree);
            }
            after = page.up_to;
        }
    }

    fn place(&mut self, event: Recorded, correlation: Option<Uuid>, known: &mut HashSet<Uuid>) {
        if known.contains(&event.event_id) {
            return;
        }
        let Ok(told) = event.metadata() else { return };
        let cause = told.causation_id.filter(|cause| known.contains(cause));
        if cause.is_none() && correlation != Some(told.correlation_id) {
            return;
        }
        if known.len() >= MOST_PRINTED {
            self.left_out += 1;
            return;
        }
        known.insert(event.event_id);
        match cause {
            Some(cause) => self.effects.entry(cause).or_default().push(event),
            None => self.beside.push(event),
        }
    }

    pub(super) fn print(&self, shown: Uuid, out: &mut dyn Write) -> anyhow::Result<()> {
        self.print_below(&self.root, "", "", shown, out)?;
        for event in &self.beside {
            self.print_below(event, "", "", shown, out)?;
        }
        if self.left_out > 0 {
            writeln!(
                out,
                "and {} more: strategos-replay log --correlation prints an undertaking whole",
                self.left_out
            )?;
        }
        Ok(())
    }

    fn print_below(
        &self,
        event: &Recorded,
        branch: &str,
        indent: &str,
        shown: Uuid,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let mark = if event.event_id == shown { "▶ " } else { "" };
        writeln!(
            out,
            "{branch}{mark}{} {} {}{}",
            event.position,
            human_line::plain(&event.event_type),
            human_line::plain(&event.stream.to_string()),
            human_line::who_and_why(event)
        )?;
        let effects = self.effects.get(&event.event_id);
        let effects = effects.map_or(&[][..], Vec::as_slice);
        for (number, effect) in effects.iter().enumerate() {
            let last = number + 1 == effects.len();
            let (branch, below) = if last {
                ("└─ ", "   ")
            } else {
                ("├─ ", "│  ")
            };
            let branch = format!("{indent}{branch}");
            self.print_below(effect, &branch, &format!("{indent}{below}"), shown, out)?;
        }
        Ok(())
    }
}

/// The event that nothing recorded led to.
async fn first_cause(log: &dyn StoredRows, event: &Recorded) -> anyhow::Result<Recorded> {
    let mut first = event.clone();
    loop {
        let cause = first.metadata().ok().and_then(|told| told.causation_id);
        let Some(cause) = cause else {
            return Ok(first);
        };
        match log.find(cause).await? {
            // A cause comes before its effect, so this ends
            Some(found) if found.position < first.position => first = found,
            _ => return Ok(first),
        }
    }
}
