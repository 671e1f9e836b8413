//! What changed between two moments.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use event_store::StoredRows;
use serde_json::{Value, json};

use crate::at::Format;
use crate::human_line::plain;
use crate::moment::Moment;
use crate::outcome::Outcome;
use crate::state::{Members, Orders, Part, State};

/// Show what came, went and changed between two moments
///
/// A moment is a position or a time. What changed is told column by column; the events that did it
/// are those between the two positions: `log --after A --up-to B`.
///
/// strategos-replay diff 4711 5000
/// strategos-replay diff 2026-11-22T12:00:00Z 2026-11-22T13:00:00Z
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct Diff {
    #[arg(value_name = "A")]
    before: Moment,
    #[arg(value_name = "B")]
    after: Moment,
    /// How to print: lines for people, or a JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Auto)]
    format: Format,
}

/// One thing that is not what it was.
#[derive(Debug)]
struct Change<'a> {
    part: &'a str,
    key: &'a str,
    before: Option<&'a Members>,
    after: Option<&'a Members>,
}

impl Diff {
    pub(crate) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let before = self.before.position(log.as_ref()).await?;
        let after = self.after.position(log.as_ref()).await?;
        let before = State::at(log.clone(), before, Orders::Live).await?;
        let after = State::at(log, after, Orders::Live).await?;
        let table = self.format.is_table();
        if table {
            writeln!(
                out,
                "from position {} to {}",
                before.position, after.position
            )?;
        }
        for ((name, before), (_, after)) in before.parts.iter().zip(&after.parts) {
            for change in changes(name, before, after) {
                if table {
                    change.print(out)?;
                } else {
                    writeln!(out, "{}", change.as_json()?)?;
                }
            }
        }
        Ok(Outcome::Fine)
    }
}

fn changes<'a>(part: &'a str, before: &'a Part, after: &'a Part) -> Vec<Change<'a>> {
    let new = after.keys().filter(|key| !before.contains_key(*key));
    let mut keys: Vec<&String> = before.keys().chain(new).collect();
    keys.sort();
    let changes = keys.into_iter().map(|key| Change {
        part,
        key,
        before: before.get(key),
        after: after.get(key),
    });
    changes
        .filter(|change| change.before != change.after)
        .collect()
}

/// A column's name, what it was and what it is.
type Column = (String, Value, Value);

impl Change<'_> {
    /// The columns that are not what they were.
    fn columns(&self) -> serde_json::Result<Vec<Column>> {
        let (Some(before), Some(after)) = (self.before, self.after) else {
            return Ok(vec![]);
        };
        let mut after = after.read()?;
        let pairs = before.read()?.into_iter().map(|(name, before)| {
            let after = after.get_mut(&name).map(Value::take).unwrap_or_default();
            (name, before, after)
        });
        Ok(pairs.filter(|(_, before, after)| before != after).collect())
    }

    fn print(&self, out: &mut dyn Write) -> anyhow::Result<()> {
        let key = plain(self.key);
        match (self.before, self.after) {
            (None, _) => writeln!(out, "+ {} {key}", self.part)?,
            (_, None) => writeln!(out, "- {} {key}", self.part)?,
            (Some(_), Some(_)) => {
                writeln!(out, "~ {} {key}", self.part)?;
                for (column, before, after) in self.columns()? {
                    writeln!(out, "    {column}: {before} → {after}")?;
                }
            }
        }
        Ok(())
    }

    fn as_json(&self) -> serde_json::Result<Value> {
        let (name, told) = match (self.before, self.after) {
            (None, after) => ("added", json!(after)),
            (before, None) => ("removed", json!(before)),
            (Some(_), Some(_)) => {
                let columns = self.columns()?.into_iter().map(|(column, before, after)| {
                    (column, json!({ "before": before, "after": after }))
                });
                ("changed", Value::Object(columns.collect()))
            }
        };
        Ok(json!({ "part": self.part, "key": self.key, name: told }))
    }
}
