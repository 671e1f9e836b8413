//! Rows as they stand in the table, as PostgreSQL copies them out: a query costs the server and us
//! several times as much.

use chrono::{DateTime, TimeDelta, Utc};
use futures::TryStreamExt;
use sqlx::PgPool;
use sqlx::postgres::PgPoolCopyExt;
use uuid::Uuid;

use super::trouble::explain;
use crate::backend::trouble::Trouble;
use crate::recorded::{EventFields, Position, StreamName};
use crate::stored_rows::UnreadableRow;

/// 2000-01-01: PostgreSQL counts its microseconds from there.
const EPOCH: DateTime<Utc> = DateTime::from_timestamp_nanos(946_684_800_000_000_000);
/// Signature, flags and the length of an extension there has never been.
const HEADER: usize = 19;

pub(super) async fn between<T>(
    readers: &PgPool,
    from: i64,
    to: i64,
    take: impl FnMut(EventFields<'_>) -> T,
) -> Result<Vec<Result<T, UnreadableRow>>, Trouble> {
    let range = format!("position BETWEEN {from} AND {to} ORDER BY position");
    those_where(readers, &range, take).await
}

/// JSON is sent as the text it is; a cast would copy it twice.
///
/// `condition` follows a WHERE and has its values in it: none can be bound to a copy.
pub(super) async fn those_where<T>(
    readers: &PgPool,
    condition: &str,
    mut take: impl FnMut(EventFields<'_>) -> T,
) -> Result<Vec<Result<T, UnreadableRow>>, Trouble> {
    let copy = format!(
        "COPY (SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
         event_version, payload, metadata, recorded_at FROM events \
         WHERE {condition}) TO STDOUT (FORMAT binary)"
    );
    let mut chunks = readers.copy_out_raw(&copy).await.map_err(explain)?;
    let mut copied = Vec::new();
    while let Some(chunk) = chunks.try_next().await.map_err(explain)? {
        copied.extend_from_slice(&chunk);
    }
    let mut rows = Copied(copied.get(HEADER..).unwrap_or_default());
    let mut found = Vec::new();
    while rows.next_row().map_err(|why| explain(cut(why)))? {
        let row = rows.row().map_err(|why| explain(cut(why)))?;
        found.push(row.map(&mut take));
    }
    Ok(found)
}

fn cut(why: &'static str) -> sqlx::Error {
    sqlx::Error::Protocol(format!(
        "rows were not copied as PostgreSQL copies them: {why}"
    ))
}

/// What is left of what was copied.
struct Copied<'a>(&'a [u8]);

/// The bytes of a column; `None` is null.
type Field<'a> = Option<&'a [u8]>;

impl<'a> Copied<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or("they end early")?;
        self.0 = rest;
        Ok(taken)
    }

    /// Whether there is another; the end is marked by a negative number of columns.
    fn next_row(&mut self) -> Result<bool, &'static str> {
        let columns = self.take(2)?.try_into().map(i16::from_be_bytes);
        match columns {
            Ok(10) => Ok(true),
            Ok(-1) => Ok(false),
            _ => Err("one has another number of columns"),
        }
    }

    fn field(&mut self) -> Result<Field<'a>, &'static str> {
        let length = self.take(4)?.try_into().map(i32::from_be_bytes);
        let length = length.map_err(|_| "they end early")?;
        let length = usize::try_from(length).ok();
        length.map(|length| self.take(length)).transpose()
    }

    fn row(&mut self) -> Result<Result<EventFields<'a>, UnreadableRow>, &'static str> {
        let mut fields: [Field<'a>; 10] = [None; 10];
        for field in &mut fields {
            *field = self.field()?;
        }
        let position = number(fields[0]).map_err(|_| "one has no position")?;
        Ok(event(fields, position).map_err(|why| {
            let name = |field| text(field).unwrap_or_default();
            UnreadableRow {
                position,
                stream: StreamName::new(name(fields[1]), name(fields[2])),
                why,
            }
        }))
    }
}

/// An event, or why the row holds none.
fn event(fields: [Field<'_>; 10], position: i64) -> Result<EventFields<'_>, String> {
    let [
        _,
        kind,
        id,
        version,
        event_id,
        event_type,
        event_version,
        payload,
        metadata,
        recorded_at,
    ] = fields;
    let event_id = event_id.ok_or("event_id is null")?;
    let since = TimeDelta::microseconds(number(recorded_at)?);
    Ok(EventFields {
        position: Position(position.cast_unsigned()),
        aggregate_type: text(kind)?,
        aggregate_id: text(id)?,
        version: number(version)?.cast_unsigned(),
        event_id: Uuid::from_slice(event_id).map_err(|error| error.to_string())?,
        event_type: text(event_type)?,
        event_version: text(event_version)?,
        payload: text(payload)?,
        metadata: text(metadata)?,
        recorded_at: EPOCH
            .checked_add_signed(since)
            .ok_or("recorded_at is no time")?,
    })
}

fn number(field: Field<'_>) -> Result<i64, String> {
    let bytes = field.and_then(|bytes| bytes.try_into().ok());
    let number = bytes.map(i64::from_be_bytes);
    number.ok_or_else(|| "a number is null or of another kind".to_owned())
}

fn text(field: Field<'_>) -> Result<&str, String> {
    let bytes = field.ok_or("a text is null")?;
    std::str::from_utf8(bytes).map_err(|error| error.to_string())
}
