//! What a Parquet file says of its row groups at its end: until it has one, that is kept in a file beside
//! it, so that another process can go on behind the last of them.

use std::any::Any;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use parquet::file::metadata::page_index::PageIndexProvider;
use parquet::file::metadata::{
    FileMetaData, ParquetMetaData, ParquetMetaDataBuilder, ParquetMetaDataWriter,
};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::page_index::offset_index::OffsetIndexMetaData;

use super::Written;
use super::behind::Behind;
use super::digested::Digested;
use super::group::{self, Closed};

pub(crate) const GROUPS: &str = "events.parquet.groups";

pub(super) struct Groups {
    /// Of each group its footer, behind the footer's length (8 bytes).
    file: Digested,
    all: Vec<ParquetMetaData>,
    /// What is the same for all of them.
    of: FileMetaData,
}

impl Groups {
    /// Beside the file whose groups they are.
    pub(super) fn begin(beside: &Path, of: FileMetaData) -> anyhow::Result<Self> {
        Ok(Self {
            file: Digested::begin(&beside.with_file_name(GROUPS))?,
            all: Vec::new(),
            of,
        })
    }

    /// Behind those that were written before; `None` where that is not what is there.
    pub(super) fn go_on(
        beside: &Path,
        before: &Written,
        of: FileMetaData,
    ) -> anyhow::Result<Option<Self>> {
        let mut there = Vec::new();
        let file = Digested::go_on(&beside.with_file_name(GROUPS), before, &mut there)?;
        let Some(file) = file else { return Ok(None) };
        let (mut all, mut rest) = (Vec::new(), &there[..]);
        while !rest.is_empty() {
            let (length, behind) = rest.split_first_chunk().context("a length is cut off")?;
            let length = usize::try_from(u64::from_le_bytes(*length))?;
            let footer = behind.split_at_checked(length);
            let (footer, behind) = footer.context("a row group's footer is cut off")?;
            all.push(group::read(footer.to_vec(), &of)?);
            rest = behind;
        }
        Ok(Some(Self { file, all, of }))
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn push(&mut self, group: Closed) -> anyhow::Result<()> {
        let footer = group.footer(self.of.clone())?;
        self.file.write_all(&(footer.len() as u64).to_le_bytes())?;
        self.file.write_all(&footer)?;
        // As another process would read it: what the file says does not depend on who writes its end
        self.all.push(group::read(footer, &self.of)?);
        Ok(())
    }

    pub(super) fn so_far(&mut self) -> anyhow::Result<Written> {
        self.file.flush()?;
        Ok(self.file.synced()?)
    }

    /// The end of a file that has so many bytes in front of it.
    pub(super) fn footer(self, there: u64) -> anyhow::Result<Vec<u8>> {
        let groups = self.all.iter().flat_map(ParquetMetaData::row_groups);
        let groups = groups.cloned().collect();
        let whole = ParquetMetaDataBuilder::new(self.of)
            .set_row_groups(groups)
            .set_page_index(Some(Arc::new(Indexes(self.all))))
            .build();
        // Into memory, where nothing can fail when the writer, which does not flush, is dropped
        let mut footer = Vec::new();
        ParquetMetaDataWriter::new_with_tracked(Behind::tracked(&mut footer, there)?, &whole)
            .with_preserve_page_index_locations(false)
            .finish()?;
        Ok(footer)
    }
}

/// Of all groups; each has its own.
#[derive(Debug)]
struct Indexes(Vec<ParquetMetaData>);

impl Indexes {
    fn of(&self, group: usize) -> Option<&dyn PageIndexProvider> {
        Some(self.0.get(group)?.page_index()?.as_ref())
    }
}

impl PageIndexProvider for Indexes {
    fn has_offset_indexes(&self) -> bool {
        let mut all = self.0.iter().filter_map(ParquetMetaData::page_index);
        all.any(|group| group.has_offset_indexes())
    }

    fn has_column_indexes(&self) -> bool {
        let mut all = self.0.iter().filter_map(ParquetMetaData::page_index);
        all.any(|group| group.has_column_indexes())
    }

    fn column_index(&self, group: usize, column: usize) -> Option<&ColumnIndexMetaData> {
        self.of(group)?.column_index(0, column)
    }

    fn offset_index(&self, group: usize, column: usize) -> Option<&OffsetIndexMetaData> {
        self.of(group)?.offset_index(0, column)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
