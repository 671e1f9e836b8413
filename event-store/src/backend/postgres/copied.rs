//! Events out of PostgreSQL's binary COPY.

use std::mem;

use uuid::Uuid;

use super::stored_time::StoredTime;
use crate::recorded::{EventFields, Position, StreamName};
use crate::stored_rows::UnreadableRow;

/// Signature, flags and the length of an extension there has never been.
const HEADER: usize = 19;
const COLUMNS: i16 = 10;

/// Takes rows from what is copied, as it comes: PostgreSQL sends one at a time, so mostly they are read
/// where they lie.
#[derive(Default)]
pub(super) struct Rows {
    began: bool,
    ended: bool,
    /// The beginning of a row that is not there yet.
    begun: Vec<u8>,
}

impl Rows {
    pub(super) fn more(
        &mut self,
        chunk: &[u8],
        take: impl FnMut(Result<EventFields<'_>, UnreadableRow>),
    ) -> Result<(), &'static str> {
        if self.begun.is_empty() {
            let used = self.take(chunk, take)?;
            self.begun.extend_from_slice(&chunk[used..]);
        } else {
            let mut begun = mem::take(&mut self.begun);
            begun.extend_from_slice(chunk);
            let used = self.take(&begun, take)?;
            begun.drain(..used);
            self.begun = begun;
        }
        Ok(())
    }

    /// How many bytes whole rows took.
    fn take(
        &mut self,
        bytes: &[u8],
        mut take: impl FnMut(Result<EventFields<'_>, UnreadableRow>),
    ) -> Result<usize, &'static str> {
        let mut rest = Copied(bytes);
        if !self.began {
            if rest.take(HEADER).is_none() {
                return Ok(0);
            }
            self.began = true;
        }
        let mut whole = rest.0;
        while !self.ended {
            match rest.next()? {
                Next::Row(row) => take(row),
                Next::End => self.ended = true,
                Next::Begun => break,
            }
            whole = rest.0;
        }
        Ok(bytes.len() - whole.len())
    }

    pub(super) fn end(&self) -> Result<(), &'static str> {
        if self.ended && self.begun.is_empty() {
            Ok(())
        } else {
            Err("they end early")
        }
    }
}

enum Next<'a> {
    Row(Result<EventFields<'a>, UnreadableRow>),
    /// It is not all there.
    Begun,
    End,
}

/// What is left of what was copied.
struct Copied<'a>(&'a [u8]);

/// The bytes of a column; `None` is null.
type Field<'a> = Option<&'a [u8]>;

impl<'a> Copied<'a> {
    /// `None` where there is less.
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn next(&mut self) -> Result<Next<'a>, &'static str> {
        let columns = self.take(2).and_then(|bytes| bytes.try_into().ok());
        match columns.map(i16::from_be_bytes) {
            None => return Ok(Next::Begun),
            Some(COLUMNS) => {}
            // In place of a row, at the end
            Some(-1) => return Ok(Next::End),
            Some(_) => return Err("one has another number of columns"),
        }
        let mut fields: [Field<'a>; COLUMNS as usize] = [None; COLUMNS as usize];
        for field in &mut fields {
            match self.field() {
                Some(found) => *field = found,
                None => return Ok(Next::Begun),
            }
        }
        let position = number(fields[0]).map_err(|_| "one has no position")?;
        Ok(Next::Row(event(fields, position).map_err(|why| {
            let name = |field| text(field).unwrap_or_default();
            UnreadableRow {
                position,
                stream: StreamName::new(name(fields[1]), name(fields[2])),
                why,
            }
        })))
    }

    /// A null has a negative length.
    fn field(&mut self) -> Option<Field<'a>> {
        let length = i32::from_be_bytes(self.take(4)?.try_into().ok()?);
        match usize::try_from(length) {
            Ok(length) => self.take(length).map(Some),
            Err(_) => Some(None),
        }
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
        recorded_at: StoredTime::since_epoch(number(recorded_at)?)
            .ok_or("recorded_at is not a time")?,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows as they are copied, the second without a payload.
    fn copied() -> Vec<u8> {
        let mut bytes = vec![0; HEADER];
        for position in 1_i64..=2 {
            bytes.extend(COLUMNS.to_be_bytes());
            let mut field = |value: Option<&[u8]>| {
                let length = value.map_or(-1, |value| i32::try_from(value.len()).unwrap());
                bytes.extend(length.to_be_bytes());
                bytes.extend(value.unwrap_or_default());
            };
            field(Some(&position.to_be_bytes()));
            field(Some(b"counter"));
            field(Some(b"one"));
            field(Some(&position.to_be_bytes()));
            field(Some(&[7; 16]));
            field(Some(b"Counted"));
            field(Some(b"1.0"));
            field((position == 1).then_some(b"{}"));
            field(Some(b"{}"));
            field(Some(&0_i64.to_be_bytes()));
        }
        bytes.extend((-1_i16).to_be_bytes());
        bytes
    }

    /// Positions, negative where the row holds no event.
    fn read(chunks: &[&[u8]]) -> Result<Vec<i64>, &'static str> {
        let (mut rows, mut read) = (Rows::default(), vec![]);
        for chunk in chunks {
            rows.more(chunk, |row| {
                read.push(row.map_or_else(|row| -row.position, |e| e.position.0.cast_signed()));
            })?;
        }
        rows.end().map(|()| read)
    }

    #[test]
    fn rows_are_the_same_however_they_are_cut() {
        let copied = copied();
        for first in 0..=copied.len() {
            for second in first..=copied.len() {
                let chunks = [&copied[..first], &copied[first..second], &copied[second..]];
                assert_eq!(read(&chunks), Ok(vec![1, -2]), "{first}, {second}");
            }
        }
        let bytes: Vec<&[u8]> = copied.chunks(1).collect();
        assert_eq!(read(&bytes), Ok(vec![1, -2]));
    }

    #[test]
    fn what_ends_early_is_no_answer() {
        let copied = copied();
        for end in 0..copied.len() {
            assert!(read(&[&copied[..end]]).is_err(), "{end}");
        }
    }
}
