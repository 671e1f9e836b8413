//! Parquet, for whoever asks questions of many events.

use std::io::Write;
use std::mem;
use std::path::Path;

use anyhow::Context;
use event_store::Recorded;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::file::writer::{SerializedRowGroupWriter, TrackedWrite};

use super::behind::Behind;
use super::digested::Digested;
use super::group::Closed;
use super::groups::Groups;
use super::shape::{GROUP, MAGIC, Shape};
use super::{SoFar, Written};

type File = Behind<Digested>;

pub(crate) struct Columns {
    file: TrackedWrite<File>,
    shape: Shape,
    groups: Groups,
    /// Of the group that is not written yet.
    events: Vec<Recorded>,
}

impl Columns {
    pub(super) fn begin(file: Digested, path: &Path) -> anyhow::Result<Self> {
        let shape = Shape::try_new()?;
        let groups = Groups::begin(path, shape.metadata())?;
        let mut columns = Self::behind(file, shape, groups)?;
        columns.file.write_all(MAGIC)?;
        Ok(columns)
    }

    /// Behind the groups that are in the file; `None` where they are not what is beside it.
    pub(super) fn go_on(
        file: Digested,
        path: &Path,
        groups: &Written,
    ) -> anyhow::Result<Option<Self>> {
        let shape = Shape::try_new()?;
        let groups = Groups::go_on(path, groups, shape.metadata())?;
        let go_on = |groups| Self::behind(file, shape, groups);
        groups.map(go_on).transpose()
    }

    fn behind(file: Digested, shape: Shape, groups: Groups) -> anyhow::Result<Self> {
        let there = file.bytes();
        Ok(Self {
            file: Behind::tracked(file, there)?,
            shape,
            groups,
            events: Vec::with_capacity(GROUP),
        })
    }

    pub(super) fn write(&mut self, event: Recorded) -> anyhow::Result<()> {
        self.events.push(event);
        if self.events.len() == GROUP {
            self.end_group()?;
        }
        Ok(())
    }

    /// `None` between the beginning and the end of a group: only whole ones can be gone on behind.
    pub(super) fn so_far(&mut self) -> anyhow::Result<Option<SoFar>> {
        if !self.events.is_empty() {
            return Ok(None);
        }
        self.file.flush()?;
        Ok(Some(SoFar {
            file: self.file.inner().file().synced()?,
            groups: Some(self.groups.so_far()?),
        }))
    }

    pub(super) fn finish(mut self) -> anyhow::Result<Digested> {
        if !self.events.is_empty() {
            self.end_group()?;
        }
        let mut file = self.file.into_inner()?.into_file();
        file.write_all(&self.groups.footer(file.bytes())?)?;
        Ok(file)
    }

    /// In the order of the schema.
    fn end_group(&mut self) -> anyhow::Result<()> {
        let events = mem::take(&mut self.events);
        let mut closed = None;
        let mut group = SerializedRowGroupWriter::new(
            self.shape.schema.clone(),
            self.shape.properties.clone(),
            &mut self.file,
            i32::try_from(self.groups.len())?,
            Some(Box::new(|_, metadata, _, columns, offsets| {
                closed = Some(Closed {
                    metadata,
                    columns,
                    offsets,
                });
                Ok(())
            })),
        );
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
        self.groups
            .push(closed.context("a row group was not closed")?)
    }
}

type Group<'a> = SerializedRowGroupWriter<'a, File>;

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
