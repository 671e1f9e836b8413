//! A file whose digest is made while it is written.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use ring::digest::{Context, SHA256};

use super::Written;
use crate::hex::hex;

pub(crate) struct Digested {
    file: BufWriter<File>,
    digest: Context,
    bytes: u64,
}

impl Digested {
    pub(super) fn new(file: BufWriter<File>) -> Self {
        Self {
            file,
            digest: Context::new(&SHA256),
            bytes: 0,
        }
    }

    pub(super) fn finish(mut self) -> anyhow::Result<Written> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(Written {
            bytes: self.bytes,
            sha256: hex(self.digest.finish().as_ref()),
        })
    }
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
