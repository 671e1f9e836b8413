//! A file whose digest is made while it is written.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use ring::digest::{Context, SHA256};

use super::Written;

/// Bytes per read.
const READ: usize = 1 << 20;

pub(crate) struct Digested {
    file: BufWriter<File>,
    digest: Context,
    bytes: u64,
}

impl Digested {
    /// A new file.
    pub(super) fn begin(path: &Path) -> io::Result<Self> {
        Ok(Self::new(File::create(path)?))
    }

    fn new(file: File) -> Self {
        Self {
            file: BufWriter::new(file),
            digest: Context::new(&SHA256),
            bytes: 0,
        }
    }

    /// Behind `before`, which `reader` gets to see, and without what came after it; `None` where the file
    /// does not begin with that: then nothing that was read is to be believed.
    pub(super) fn go_on(
        path: &Path,
        before: &Written,
        reader: &mut dyn Write,
    ) -> io::Result<Option<Self>> {
        let mut file = File::options().read(true).write(true).open(path)?;
        let mut hashing = Self::new(file.try_clone()?);
        let mut beginning = Read::by_ref(&mut file).take(before.bytes);
        let mut buffer = vec![0; READ];
        loop {
            let read = beginning.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hashing.take_in(&buffer[..read]);
            reader.write_all(&buffer[..read])?;
        }
        if hashing.written() != *before {
            return Ok(None);
        }
        file.set_len(before.bytes)?;
        // The position is one for both handles
        file.seek(SeekFrom::Start(before.bytes))?;
        Ok(Some(hashing))
    }

    /// What has been written and flushed; it is safe on the disk then.
    pub(super) fn synced(&self) -> io::Result<Written> {
        self.file.get_ref().sync_all()?;
        Ok(self.written())
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn finish(mut self) -> anyhow::Result<Written> {
        self.flush()?;
        Ok(self.synced()?)
    }

    fn written(&self) -> Written {
        Written {
            bytes: self.bytes,
            sha256: hex::encode(self.digest.clone().finish()),
        }
    }

    fn take_in(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
    }
}

impl Write for Digested {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.take_in(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
