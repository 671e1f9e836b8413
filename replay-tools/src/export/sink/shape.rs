//! What all Parquet files that are written have in common.

use std::sync::Arc;

use parquet::basic::Compression;
use parquet::file::metadata::FileMetaData;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor};

const SCHEMA: &str = "message event {
    required int64 position;
    required int64 recorded_at (TIMESTAMP(MICROS, true));
    required binary stream_type (STRING);
    required binary stream_id (STRING);
    required int64 stream_version;
    required binary type (STRING);
    required binary type_version (STRING);
    required binary id (STRING);
    required binary metadata (STRING);
    required binary payload (STRING);
}";

/// What a file begins with.
pub(super) const MAGIC: &[u8] = b"PAR1";
/// Events per row group: they are in memory until all of them are there.
pub(super) const GROUP: usize = 20_000;

pub(super) struct Shape {
    pub(super) schema: SchemaDescPtr,
    pub(super) properties: WriterPropertiesPtr,
}

impl Shape {
    pub(super) fn try_new() -> anyhow::Result<Self> {
        let schema = SchemaDescriptor::new(Arc::new(parse_message_type(SCHEMA)?));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        Ok(Self {
            schema: Arc::new(schema),
            properties: Arc::new(properties.build()),
        })
    }

    /// Of a file without events.
    pub(super) fn metadata(&self) -> FileMetaData {
        FileMetaData::new(
            self.properties.writer_version().as_num(),
            0,
            Some(self.properties.created_by().to_owned()),
            None,
            self.schema.clone(),
            None,
        )
    }
}
