//! Events into a file of some format, and the digest of what was written.

mod columns;
mod digested;
mod table;

use std::fs::File;
use std::io::{BufWriter, Write};

use event_store::Recorded;

use self::columns::Columns;
use self::digested::Digested;
use self::table::Table;
use super::Format;
use crate::cloud_event;

pub(super) enum Sink {
    Lines(Box<Digested>),
    Table(Box<Table>),
    Columns(Box<Columns>),
}

/// What was written, when all of it was.
pub(super) struct Written {
    pub(super) bytes: u64,
    /// In hexadecimal digits.
    pub(super) sha256: String,
}

impl Sink {
    pub(super) fn new(file: File, format: Format) -> anyhow::Result<Self> {
        let file = Digested::new(BufWriter::new(file));
        Ok(match format {
            Format::Ndjson => Self::Lines(Box::new(file)),
            Format::Csv => Self::Table(Box::new(Table::begin(file)?)),
            Format::Parquet => Self::Columns(Box::new(Columns::begin(file)?)),
        })
    }

    pub(super) fn write(&mut self, event: Recorded) -> anyhow::Result<()> {
        match self {
            Self::Lines(file) => Ok(writeln!(file, "{}", cloud_event::line(&event)?)?),
            Self::Table(table) => table.write(&event),
            Self::Columns(columns) => columns.write(event),
        }
    }

    pub(super) fn finish(self) -> anyhow::Result<Written> {
        let file = match self {
            Self::Lines(file) => *file,
            Self::Table(table) => table.finish()?,
            Self::Columns(columns) => columns.finish()?,
        };
        file.finish()
    }
}
