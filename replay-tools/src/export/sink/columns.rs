//! Parquet, for whoever asks questions of many events.

use std::mem;
use std::sync::Arc;

use anyhow::Context;
use event_store::Recorded;
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::digested::Digested;

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

/// Events per row group: they are in memory until all of them are there.
const GROUP: usize = 20_000;

pub(crate) struct Columns {
    file: SerializedFileWriter<Digested>,
    group: Vec<Recorded>,
}

impl Columns {
    pub(super) fn begin(file: Digested) -> anyhow::Result<Self> {
        let schema = Arc::new(parse_message_type(SCHEMA)?);
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
        let properties = Arc::new(properties.build());
        Ok(Self {
            file: SerializedFileWriter::new(file, schema, properties)?,
            group: Vec::with_capacity(GROUP),
        })
    }

    pub(super) fn write(&mut self, event: Recorded) -> anyhow::Result<()> {
        self.group.push(event);
        if self.group.len() == GROUP {
            self.end_group()?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> anyhow::Result<Digested> {
        if !self.group.is_empty() {
            self.end_group()?;
        }
        Ok(self.file.into_inner()?)
    }

    /// In the order of the schema.
    fn end_group(&mut self) -> anyhow::Result<()> {
        let events = mem::take(&mut self.group);
        let mut group = self.file.next_row_group()?;
        numbers(&mut group, &events, |event| event.position.0.cast_signed())?;
        numbers(&mut group, &events, |event| {
            event.recorded_at.timestamp_micros()
        })?;
        texts(&mut group, &events, |event| {
            event.stream.aggregate_type.as_str().into()
        })?;
        texts(&mut group, &events, |event| {
            event.stream.aggregate_id.as_str().into()
        })?;
        numbers(&mut group, &events, |event| event.version.cast_signed())?;
        texts(&mut group, &events, |event| {
            event.event_type.as_str().into()
        })?;
        texts(&mut group, &events, |event| {
            event.event_version.as_str().into()
        })?;
        texts(&mut group, &events, |event| {
            event.event_id.to_string().as_str().into()
        })?;
        texts(&mut group, &events, |event| event.metadata.as_str().into())?;
        texts(&mut group, &events, |event| event.payload.as_str().into())?;
        group.close()?;
        Ok(())
    }
}

type Group<'a> = SerializedRowGroupWriter<'a, Digested>;

fn numbers(
    group: &mut Group<'_>,
    events: &[Recorded],
    value: impl Fn(&Recorded) -> i64,
) -> anyhow::Result<()> {
    column::<Int64Type>(group, &events.iter().map(value).collect::<Vec<_>>())
}

fn texts(
    group: &mut Group<'_>,
    events: &[Recorded],
    value: impl Fn(&Recorded) -> ByteArray,
) -> anyhow::Result<()> {
    column::<ByteArrayType>(group, &events.iter().map(value).collect::<Vec<_>>())
}

fn column<T: DataType>(group: &mut Group<'_>, values: &[T::T]) -> anyhow::Result<()> {
    let column = group.next_column()?;
    let mut column = column.context("the schema has fewer columns than are written")?;
    column.typed::<T>().write_batch(values, None, None)?;
    column.close()?;
    Ok(())
}
