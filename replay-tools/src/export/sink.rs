//! Events into a file, and the digest of what was written.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use event_store::Recorded;
use ring::digest::{Context, SHA256};

use crate::cloud_event;
use crate::hex::hex;

/// NDJSON, or CSV.
pub(super) enum Sink {
    Lines(Box<Digested>),
    Table(Box<csv::Writer<Digested>>),
}

impl Sink {
    pub(super) fn new(file: BufWriter<File>, as_csv: bool) -> anyhow::Result<Self> {
        let file = Digested {
            file,
            digest: Context::new(&SHA256),
            bytes: 0,
        };
        if !as_csv {
            return Ok(Self::Lines(Box::new(file)));
        }
        let mut table = csv::Writer::from_writer(file);
        table.write_record([
            "position",
            "recorded_at",
            "stream",
            "stream_version",
            "type",
            "type_version",
            "id",
            "metadata",
            "payload",
        ])?;
        Ok(Self::Table(Box::new(table)))
    }

    pub(super) fn write(&mut self, event: &Recorded) -> anyhow::Result<()> {
        match self {
            Self::Lines(file) => writeln!(file, "{}", cloud_event::line(event)?)?,
            Self::Table(table) => table.write_record([
                &event.position.to_string(),
                &event
                    .recorded_at
                    .to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
                &event.stream.to_string(),
                &event.version.to_string(),
                &event.event_type,
                &event.event_version,
                &event.event_id.to_string(),
                &event.metadata,
                &event.payload,
            ])?,
        }
        Ok(())
    }

    /// The digest in hexadecimal digits, and how many bytes there are.
    pub(super) fn finish(self) -> anyhow::Result<(String, u64)> {
        let mut file = match self {
            Self::Lines(file) => *file,
            Self::Table(table) => table
                .into_inner()
                .map_err(|error| anyhow::anyhow!("{}", error.error()))?,
        };
        file.flush()?;
        file.file.get_ref().sync_all()?;
        Ok((hex(file.digest.finish().as_ref()), file.bytes))
    }
}

pub(super) struct Digested {
    file: BufWriter<File>,
    digest: Context,
    bytes: u64,
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
