//! Whether the tables tell what the log tells.

use std::io::Write;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use domain::ErrorChain;
use event_store::StoredRows;
use projections::audit::{Compared, Difference, Value, compare};
use projections::projector::names;
use projections::{ProjectorError, Tables};

use crate::audit::Findings;
use crate::clock::SystemClock;
use crate::database::Database;
use crate::human_line::plain;
use crate::outcome::Outcome;
use crate::scratch::Scratch;
use crate::whole::first_gap;

/// Rebuild the tables from the log, into a scratch file, and compare them row by row with the live ones
///
/// Each table is compared at the position it has followed the log to, in one snapshot of it, so the
/// server may run meanwhile. Nothing is written but the scratch file in the temporary folder. Every
/// row and column that differs is told; `rebuild` mends it.
///
/// strategos-replay verify projections
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES)]
pub(crate) struct VerifyProjections {
    /// Which table; all of them without one
    #[arg(value_parser = names().to_vec())]
    projection: Option<String>,
    /// The tables' database, where it is not the log's
    #[arg(
        long,
        env = "STRATEGOS_TABLES_URL",
        hide_env_values = true,
        value_name = "URL"
    )]
    tables: Option<String>,
}

impl VerifyProjections {
    /// Of all tables.
    pub(crate) fn all(tables: Option<String>) -> Self {
        Self {
            projection: None,
            tables,
        }
    }

    pub(crate) async fn run(
        &self,
        database: &Database,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let url = database.tables(self.tables.as_deref())?;
        let live = Tables::open_to_read(&url).await?;
        let log = database.as_read().await?;
        let head = log.head().await?.0;
        if let Some(gap) = first_gap(log.as_ref(), head).await? {
            writeln!(
                out,
                "FAILED  there is no event at position {gap}, so what the log makes cannot be said: strategos-replay verify log says more"
            )?;
            return Ok(Outcome::Wrong);
        }
        let mut outcome = Outcome::Fine;
        for name in names() {
            let wanted = self.projection.as_deref();
            if wanted.is_some_and(|wanted| wanted != name) {
                continue;
            }
            outcome = outcome.and(verify(name, log.clone(), &live, out).await?);
        }
        Ok(outcome)
    }
}

async fn verify(
    name: &str,
    log: Arc<dyn StoredRows>,
    live: &Tables,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let scratch = Scratch::empty().await?;
    let mut findings = Findings::default();
    let tell = |difference| findings.add(format!("{name}: {}", told(&difference)));
    let clock = Arc::new(SystemClock);
    let compared = match compare(log, clock, live, &scratch.tables, name, tell).await {
        Ok(compared) => compared,
        Err(ProjectorError::Poison {
            position, source, ..
        }) => {
            let error = ErrorChain(&source).to_string();
            writeln!(
                out,
                "FAILED  {name}: position {position} cannot be read, so what the log makes cannot be said: {}",
                plain(&error)
            )?;
            return Ok(Outcome::Wrong);
        }
        Err(error) => {
            return Err(error).with_context(|| {
                format!(
                    "{name} could not be compared: a server of this release makes its tables what they must be when it starts, and the scratch file in {} needs room (TMPDIR says where it is)",
                    scratch.folder().display()
                )
            });
        }
    };
    tell_parked(name, &compared, &mut findings);
    tell_ahead(name, &compared, &mut findings);
    findings.print(out)?;
    let verdict = if findings.is_empty() {
        "ok    "
    } else {
        "      "
    };
    writeln!(
        out,
        "{verdict}  {name}: {} rows compared with what the log makes of its first {} events{}",
        compared.rows,
        compared.position.min(compared.head),
        behind(&compared)
    )?;
    Ok(Outcome::of(findings.is_empty()))
}

/// What the table does not show yet is nothing that it says wrong, but worth knowing.
fn behind(compared: &Compared) -> String {
    if compared.position >= compared.head {
        return String::new();
    }
    let behind = compared.head.0 - compared.position.0;
    format!(" of {}: it is {behind} behind", compared.head)
}

fn tell_ahead(name: &str, compared: &Compared, findings: &mut Findings) {
    let (position, head) = (compared.position, compared.head);
    if position > head {
        findings.add(format!(
            "{name}: says that it has followed the log to position {position}, but the log ends at {head}: the log was cut, or the table's checkpoint was edited or is of another log; a rebuild makes it anew"
        ));
    }
}

fn tell_parked(name: &str, compared: &Compared, findings: &mut Findings) {
    if let Some(parked) = &compared.parked {
        findings.add(format!(
            "{name}: stands still in front of position {}: {}",
            parked.position, parked.error
        ));
    }
}

fn told(difference: &Difference) -> String {
    match difference {
        Difference::Missing { key } => format!("{} is missing", named(key)),
        Difference::Surplus { key } => format!("{} is not in the log", named(key)),
        Difference::Changed {
            key,
            column,
            stored,
            rebuilt,
        } => format!(
            "{}: {column} is {stored}, the log says {rebuilt}",
            named(key)
        ),
    }
}

fn named(key: &[Value]) -> String {
    let parts: Vec<String> = key.iter().map(ToString::to_string).collect();
    parts.join(" ")
}
