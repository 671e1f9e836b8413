//! What an import did, for the person who ran it.

use std::fmt;

use super::survey::LeftOut;

#[derive(Debug)]
pub(crate) struct Report {
    pub(super) source: String,
    pub(super) dry_run: bool,
    pub(super) tables: Vec<TableTotals>,
    pub(super) decisions: Vec<Decision>,
    pub(super) left_out: Vec<LeftOut>,
}

#[derive(Debug)]
pub(super) struct TableTotals {
    pub(super) table: &'static str,
    pub(super) recorded: u64,
    pub(super) already_there: u64,
    pub(super) not_recorded: u64,
}

/// A row that could not simply be taken over.
#[derive(Debug)]
pub(super) struct Decision {
    pub(super) table: &'static str,
    pub(super) row: String,
    pub(super) what: String,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Recorded,
    AlreadyThere,
    NotRecorded,
}

impl Report {
    pub(super) fn count(&mut self, table: &'static str, outcome: Outcome) {
        let known = self.tables.iter().position(|totals| totals.table == table);
        let index = known.unwrap_or_else(|| {
            self.tables.push(TableTotals {
                table,
                recorded: 0,
                already_there: 0,
                not_recorded: 0,
            });
            self.tables.len() - 1
        });
        if let Some(totals) = self.tables.get_mut(index) {
            match outcome {
                Outcome::Recorded => totals.recorded += 1,
                Outcome::AlreadyThere => totals.already_there += 1,
                Outcome::NotRecorded => totals.not_recorded += 1,
            }
        }
    }

    pub(super) fn decide(&mut self, table: &'static str, row: &str, what: impl Into<String>) {
        self.decisions.push(Decision {
            table,
            row: row.to_owned(),
            what: what.into(),
        });
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (did, recorded) = if self.dry_run {
            ("Would import", "to record")
        } else {
            ("Imported", "recorded")
        };
        writeln!(f, "{did} from {}", self.source)?;
        for totals in &self.tables {
            let TableTotals {
                table,
                recorded: count,
                already_there,
                not_recorded,
            } = totals;
            write!(
                f,
                "  {table:<30} {count:>8} {recorded}, {already_there} already there"
            )?;
            if *not_recorded > 0 {
                write!(f, ", {not_recorded} not recorded")?;
            }
            writeln!(f)?;
        }
        if !self.decisions.is_empty() {
            writeln!(f, "\nRows that needed a decision")?;
        }
        for Decision { table, row, what } in &self.decisions {
            writeln!(f, "  {table} {row}: {what}")?;
        }
        if !self.left_out.is_empty() {
            writeln!(f, "\nTables that were left out")?;
        }
        for LeftOut {
            table,
            rows,
            reason,
        } in &self.left_out
        {
            writeln!(f, "  {table} ({rows} rows): {reason}")?;
        }
        Ok(())
    }
}
