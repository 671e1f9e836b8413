//! Events into a file of some format, and the digest of what was written.

mod behind;
mod columns;
mod digested;
mod group;
mod groups;
mod shape;
mod table;

#[cfg(test)]
mod interrupted;

use std::io::{self, Write};
use std::path::Path;

use event_store::Recorded;
use serde::{Deserialize, Serialize};

pub(super) use self::groups::GROUPS;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) bytes: u64,
    /// In hexadecimal digits.
    pub(super) sha256: String,
}

/// What is safely on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SoFar {
    #[serde(flatten)]
    pub(super) file: Written,
    /// What is known of the row groups in it, where the format has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) groups: Option<Written>,
}

/// Goes on behind what was written before; `None` where that is not what the files begin with.
pub(super) fn go_on(path: &Path, format: Format, before: &SoFar) -> anyhow::Result<Option<Sink>> {
    let file = Digested::go_on(path, &before.file, &mut io::sink())?;
    Ok(match (file, format, &before.groups) {
        (Some(file), Format::Ndjson, None) => Some(Sink::Lines(Box::new(file))),
        (Some(file), Format::Csv, None) => Some(Sink::Table(Box::new(Table::go_on(file)))),
        (Some(file), Format::Parquet, Some(groups)) => {
            let columns = Columns::go_on(file, path, groups)?;
            columns.map(|columns| Sink::Columns(Box::new(columns)))
        }
        _ => None,
    })
}

impl Sink {
    pub(super) fn begin(path: &Path, format: Format) -> anyhow::Result<Self> {
        let file = Digested::begin(path)?;
        Ok(match format {
            Format::Ndjson => Self::Lines(Box::new(file)),
            Format::Csv => Self::Table(Box::new(Table::begin(file)?)),
            Format::Parquet => Self::Columns(Box::new(Columns::begin(file, path)?)),
        })
    }

    pub(super) fn write(&mut self, event: Recorded) -> anyhow::Result<()> {
        match self {
            Self::Lines(file) => Ok(writeln!(file, "{}", cloud_event::line(&event)?)?),
            Self::Table(table) => table.write(&event),
            Self::Columns(columns) => columns.write(event),
        }
    }

    /// What is safely on the disk; `None` where some of what was written is not, and cannot be yet.
    pub(super) fn so_far(&mut self) -> anyhow::Result<Option<SoFar>> {
        let file = match self {
            Self::Lines(file) => {
                file.flush()?;
                file.synced()?
            }
            Self::Table(table) => table.so_far()?,
            Self::Columns(columns) => return columns.so_far(),
        };
        Ok(Some(SoFar { file, groups: None }))
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
