//! What is known of one row group once it is closed, as bytes that stand for themselves.

use std::sync::Arc;

use anyhow::{bail, ensure};
use parquet::DecodeResult;
use parquet::file::metadata::page_index::PageIndexBuilder;
use parquet::file::metadata::{
    FileMetaData, PageIndexPolicy, ParquetMetaData, ParquetMetaDataBuilder, ParquetMetaDataOptions,
    ParquetMetaDataPushDecoder, ParquetMetaDataWriter, RowGroupMetaData,
};
use parquet::file::page_index::column_index::ColumnIndexMetaData;
use parquet::file::page_index::offset_index::OffsetIndexMetaData;

/// As the writer of row groups hands it over.
pub(super) struct Closed {
    pub(super) metadata: RowGroupMetaData,
    pub(super) columns: Vec<Option<ColumnIndexMetaData>>,
    pub(super) offsets: Vec<Option<OffsetIndexMetaData>>,
}

impl Closed {
    /// The footer of a file that has this group and no other.
    pub(super) fn footer(self, of: FileMetaData) -> anyhow::Result<Vec<u8>> {
        let mut index = PageIndexBuilder::new(1, self.columns.len());
        for (at, column) in self.columns.into_iter().enumerate() {
            if let Some(column) = column {
                index.put_column_index(column, 0, at);
            }
        }
        for (at, offset) in self.offsets.into_iter().enumerate() {
            if let Some(offset) = offset {
                index.put_offset_index(offset, 0, at);
            }
        }
        let group = ParquetMetaDataBuilder::new(of)
            .add_row_group(self.metadata)
            .set_page_index(Some(Arc::new(index.build())))
            .build();
        let mut footer = Vec::new();
        ParquetMetaDataWriter::new(&mut footer, &group).finish()?;
        Ok(footer)
    }
}

/// Of a file with one group.
pub(super) fn read(footer: Vec<u8>, of: &FileMetaData) -> anyhow::Result<ParquetMetaData> {
    // As they are, not only which there were: they are written again
    let options = ParquetMetaDataOptions::new().with_encoding_stats_as_mask(false);
    let bytes = footer.len() as u64;
    let mut decoder = ParquetMetaDataPushDecoder::try_new(bytes)?
        .with_page_index_policy(PageIndexPolicy::Required)
        .with_metadata_options(Some(Arc::new(options)));
    decoder.push_range(0..bytes, footer.into())?;
    let DecodeResult::Data(group) = decoder.try_decode()? else {
        bail!("the row group's footer is cut off");
    };
    ensure!(
        group.num_row_groups() == 1 && group.file_metadata().schema_descr() == of.schema_descr(),
        "the row group is of another release's file"
    );
    Ok(group)
}
