//! What the system looked like at a moment.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::{ArgGroup, Args, ValueEnum};
use domain::ids::StrategyKey;
use event_store::StoredRows;
use serde::Serializer;
use serde::ser::SerializeMap;
use serde_json::Value;

use crate::human_line::plain;
use crate::moment::{Moment, time};
use crate::outcome::Outcome;
use crate::state::{Orders, State};

/// The columns that a table on a terminal has room for.
const SHOWN: [(&str, &[&str]); 8] = [
    (
        "strategy_definitions",
        &["name", "current_version", "enabled", "last_changed_by"],
    ),
    (
        "strategy_definition_versions",
        &["published_by", "created_at"],
    ),
    (
        "strategy_instances",
        &[
            "status",
            "observed",
            "definition_key",
            "definition_version",
            "run",
            "updated_at",
        ],
    ),
    (
        "runs",
        &[
            "state",
            "orders_intended",
            "orders_live",
            "fills",
            "net_base",
            "net_quote",
        ],
    ),
    (
        "positions",
        &[
            "base",
            "average_cost",
            "mark_price",
            "profit",
            "realised",
            "unrealised",
            "fees",
        ],
    ),
    ("installation", &["mode", "dynamic_flow", "halt"]),
    ("risk_guards", &["rule", "trip"]),
    (
        "orders",
        &[
            "run", "state", "exchange", "pair", "side", "price", "quantity", "filled",
        ],
    ),
];

/// Show definitions, instances, runs, positions, profit, live orders, switches and guards as they were at a moment
///
/// Folded from the log by the code that keeps the live tables, into a scratch file: the live tables
/// are not asked. JSON has every column; a table on a terminal has the ones that are looked for most.
/// With --instance only that one's streams are read, so its number among all instances is not said.
///
/// strategos-replay at --time 2026-11-22T12:00:00Z
/// strategos-replay at --position 4711 --format json
/// strategos-replay at --position 4711 --instance ana-desk-volume
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, after_help = crate::outcome::EXIT_CODES, group(ArgGroup::new("moment").args(["position", "time"]).required(true)))]
pub(crate) struct At {
    /// When this was the last position
    #[arg(long)]
    position: Option<u64>,
    /// At this time
    #[arg(long, value_parser = time)]
    time: Option<DateTime<Utc>>,
    /// Only this instance, by its strategy key
    #[arg(long, value_name = "KEY")]
    instance: Option<String>,
    /// Also the orders that had ended by then, with what became of them
    #[arg(long)]
    all_orders: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Auto)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table on a terminal, JSON elsewhere
    Auto,
    Json,
    /// For people
    Table,
}

impl Format {
    pub(crate) fn is_table(self) -> bool {
        match self {
            Self::Auto => std::io::stdout().is_terminal(),
            Self::Json => false,
            Self::Table => true,
        }
    }
}

impl At {
    pub(crate) async fn run(
        &self,
        log: Arc<dyn StoredRows>,
        out: &mut dyn Write,
    ) -> anyhow::Result<Outcome> {
        let moment = match (self.position, self.time) {
            (Some(position), _) => Moment::At(position),
            (None, Some(time)) => Moment::On(time),
            (None, None) => anyhow::bail!("say at which --position or --time"),
        };
        let position = moment.position(log.as_ref()).await?;
        let orders = if self.all_orders {
            Orders::All
        } else {
            Orders::Live
        };
        let state = match &self.instance {
            Some(key) => {
                let key = StrategyKey::new(key.as_str());
                let state = State::of_instance(log, &key, position, orders).await?;
                let found = state.parts.iter().any(|(_, part)| !part.is_empty());
                anyhow::ensure!(
                    found,
                    "there was no instance {key} at position {position}: at without --instance lists all"
                );
                state
            }
            None => State::at(log, position, orders).await?,
        };
        if self.format.is_table() {
            print_tables(&state, out)?;
        } else {
            print_json(&state, out).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Ok(Outcome::Fine)
    }
}

fn print_json(state: &State, out: &mut dyn Write) -> serde_json::Result<()> {
    let mut json = serde_json::Serializer::pretty(out);
    let mut all = json.serialize_map(None)?;
    all.serialize_entry("position", &state.position)?;
    for (name, part) in &state.parts {
        all.serialize_entry(name, part)?;
    }
    all.end()
}

fn print_tables(state: &State, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "at position {}", state.position)?;
    for (name, part) in &state.parts {
        let shown = SHOWN.iter().find(|(table, _)| table == name);
        let shown = shown.map_or(&[][..], |(_, columns)| columns);
        let head = [&["key"], shown].concat();
        let mut lines: Vec<Vec<String>> = vec![head.into_iter().map(str::to_owned).collect()];
        for (key, members) in part {
            let members = members.read()?;
            let cells = shown.iter().map(|column| cell(members.get(*column)));
            lines.push([plain(key)].into_iter().chain(cells).collect());
        }
        writeln!(out, "\n{name} ({})", part.len())?;
        if !part.is_empty() {
            print_aligned(&lines, out)?;
        }
    }
    Ok(())
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::String(text)) => plain(text),
        Some(other) => other.to_string(),
    }
}

fn print_aligned(lines: &[Vec<String>], out: &mut dyn Write) -> std::io::Result<()> {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for line in lines {
        let cells = line.iter().zip(&widths);
        let cells: Vec<String> = cells
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        writeln!(out, "  {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}
