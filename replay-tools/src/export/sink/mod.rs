//! Events into a file of some format, and the digest of what was written.

mod columns;
mod digested;
mod table;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

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

/// What was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) bytes: u64,
    /// In hexadecimal digits.
    pub(super) sha256: String,
}

/// Goes on behind what was written before; `None` where that is not what the file begins with, or the
/// format has its table of contents at the end.
pub(super) fn go_on(path: &Path, format: Format, before: &Written) -> anyhow::Result<Option<Sink>> {
    let file = Digested::go_on(path, before)?;
    Ok(match (file, format) {
        (Some(file), Format::Ndjson) => Some(Sink::Lines(Box::new(file))),
        (Some(file), Format::Csv) => Some(Sink::Table(Box::new(Table::go_on(file)))),
        (_, Format::Parquet) | (None, _) => None,
    })
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

    /// What is safely in the file; `None` where nothing could go on behind it.
    pub(super) fn so_far(&mut self) -> anyhow::Result<Option<Written>> {
        Ok(match self {
            Self::Lines(file) => {
                file.flush()?;
                Some(file.synced()?)
            }
            Self::Table(table) => Some(table.so_far()?),
            Self::Columns(_) => None,
        })
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
