//! What is written behind something that is there already, for a writer that counts from the beginning.

use std::io::{self, Read, Write};

use parquet::file::writer::TrackedWrite;

/// Lets nothing through of as many bytes as are there.
pub(super) struct Behind<W> {
    file: W,
    there: u64,
}

impl<W: Write> Behind<W> {
    /// One that has counted what is there: that can be done only by writing as much.
    pub(super) fn tracked(file: W, there: u64) -> io::Result<TrackedWrite<Self>> {
        let mut tracked = TrackedWrite::new(Self { file, there });
        io::copy(&mut io::repeat(0).take(there), &mut tracked)?;
        tracked.flush()?;
        Ok(tracked)
    }

    pub(super) fn file(&self) -> &W {
        &self.file
    }

    pub(super) fn into_file(self) -> W {
        self.file
    }
}

impl<W: Write> Write for Behind<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.there == 0 {
            return self.file.write(bytes);
        }
        let there = usize::try_from(self.there).unwrap_or(usize::MAX);
        let held_back = there.min(bytes.len());
        self.there -= held_back as u64;
        Ok(held_back)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
