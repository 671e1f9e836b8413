//! Whether the tables tell what the log tells.

use std::io::Write;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use projections::Tables;
use projections::audit::{Compared, Difference, Value, compare};
use projections::projector::names;

use crate::audit::Findings;
use crate::clock::SystemClock;
use crate::database::Database;
use crate::outcome::Outcome;
use crate::scratch::Scratch;

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
    #[arg(long, env = "STRATEGOS_TABLES_URL", value_name = "URL")]
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
        let url = self.tables.as_deref().map_or_else(|| database.url(), Ok)?;
        let live = Tables::open_to_read(url).await?;
        let log = database.as_read().await?;
        let mut outcome = Outcome::Fine;
        for name in names() {
            let wanted = self.projection.as_deref();
            if wanted.is_some_and(|wanted| wanted != name) {
                continue;
            }
            let scratch = Scratch::empty().await?;
            let mut findings = Findings::default();
            let compared = compare(
                log.clone(),
                Arc::new(SystemClock),
                &live,
                &scratch.tables,
                name,
                |difference| findings.add(format!("{name}: {}", told(&difference))),
            )
            .await
            .with_context(|| {
                format!(
                    "{name} could not be compared; a server of this release makes its tables what they must be when it starts"
                )
            })?;
            tell_parked(name, &compared, &mut findings);
            outcome = outcome.and(Outcome::of(findings.is_empty()));
            findings.print(out)?;
            let verdict = if findings.is_empty() {
                "ok    "
            } else {
                "      "
            };
            writeln!(
                out,
                "{verdict}  {name}: {} rows compared with what the log makes of its first {} events",
                compared.rows, compared.position
            )?;
        }
        Ok(outcome)
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
