//! Events out of a file of some format, one after the other, and the digest of what was read.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use anyhow::{Context as _, bail};
use csv::StringRecord;
use event_store::{Position, Recorded, StreamName};
use ring::digest::{Context, SHA256};

use super::columns;
use crate::cloud_event;

/// Bytes per read.
const READ: usize = 1 << 20;

/// Which kind of file it is; its name says so.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source {
    Lines,
    Table,
    Columns,
}

impl Source {
    pub(crate) fn named(file: &str) -> anyhow::Result<Self> {
        Ok(match file {
            "events.ndjson" => Self::Lines,
            "events.csv" => Self::Table,
            "events.parquet" => Self::Columns,
            other => bail!("{other} is not a file that export writes"),
        })
    }

    /// Hands every event over, in the file's order.
    pub(crate) fn read(
        self,
        path: &Path,
        take: &mut dyn FnMut(Recorded) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let opened =
            || File::open(path).with_context(|| format!("{} cannot be read", path.display()));
        match self {
            Self::Lines => {
                for line in io::BufRead::lines(BufReader::new(opened()?)) {
                    take(cloud_event::read(&line?)?)?;
                }
            }
            Self::Table => {
                let mut table = csv::Reader::from_reader(BufReader::new(opened()?));
                for record in table.records() {
                    take(of_table(&record?)?)?;
                }
            }
            Self::Columns => columns::read(opened()?, take)?,
        }
        Ok(())
    }
}

/// How long the file is, and its SHA-256 in hexadecimal digits.
pub(crate) fn digest_of(path: &Path) -> anyhow::Result<(u64, String)> {
    let unreadable = || format!("{} cannot be read", path.display());
    let mut file = File::open(path).with_context(unreadable)?;
    let (mut digest, mut bytes, mut buffer) = (Context::new(&SHA256), 0, vec![0; READ]);
    loop {
        let read = file.read(&mut buffer).with_context(unreadable)?;
        if read == 0 {
            return Ok((bytes, hex::encode(digest.finish())));
        }
        digest.update(&buffer[..read]);
        bytes += read as u64;
    }
}

fn of_table(record: &StringRecord) -> anyhow::Result<Recorded> {
    let column = |at: usize| record.get(at).context("a line has too few columns");
    let (kind, id) = column(2)?.split_once('/').context("a stream has no name")?;
    Ok(Recorded {
        position: Position(column(0)?.parse()?),
        recorded_at: column(1)?.parse()?,
        stream: StreamName::new(kind, id),
        version: column(3)?.parse()?,
        event_type: column(4)?.to_owned(),
        event_version: column(5)?.to_owned(),
        event_id: column(6)?.parse()?,
        metadata: column(7)?.to_owned(),
        payload: column(8)?.to_owned(),
    })
}
