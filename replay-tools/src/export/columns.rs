//! Events out of a Parquet file. Its parser answers some files with a panic, which is caught here: whoever
//! asked is told that the file cannot be read.

use std::any::Any;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

use anyhow::{Context, anyhow};
use chrono::DateTime;
use event_store::{Position, Recorded, StreamName};
use parquet::file::reader::SerializedFileReader;
use parquet::record::{Row, RowAccessor};

/// Hands every event over, in the file's order.
pub(super) fn read(
    file: File,
    take: &mut dyn FnMut(Recorded) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    // What is told of a panic otherwise is for whoever writes parsers
    let usual = take_hook();
    set_hook(Box::new(|_| ()));
    let read = catch_unwind(AssertUnwindSafe(|| {
        for row in SerializedFileReader::new(file)? {
            take(of_columns(&row?)?)?;
        }
        Ok(())
    }));
    set_hook(usual);
    read.unwrap_or_else(|panic| Err(anyhow!("its parser gave up: {}", told(&*panic))))
}

fn told(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it did not say why")
}

/// In the order of the schema.
fn of_columns(row: &Row) -> anyhow::Result<Recorded> {
    let text = |at: usize| row.get_string(at).cloned();
    let time = DateTime::from_timestamp_micros(row.get_timestamp_micros(1)?);
    Ok(Recorded {
        position: Position(row.get_long(0)?.cast_unsigned()),
        recorded_at: time.context("recorded_at is not a time")?,
        stream: StreamName::new(text(2)?, text(3)?),
        version: row.get_long(4)?.cast_unsigned(),
        event_type: text(5)?,
        event_version: text(6)?,
        event_id: text(7)?.parse()?,
        metadata: text(8)?,
        payload: text(9)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Format;
    use crate::export::sink::Sink;

    fn event(position: u64) -> Recorded {
        Recorded {
            position: Position(position),
            stream: StreamName::new("execution", "key"),
            version: position,
            event_id: uuid::Uuid::from_u128(u128::from(position)),
            event_type: "OrderFilled".to_owned(),
            event_version: "1.0".to_owned(),
            payload: "{}".to_owned(),
            metadata: "{}".to_owned(),
            recorded_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn no_altered_byte_ends_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.parquet");
        let mut sink = Sink::begin(&path, Format::Parquet).unwrap();
        (1..=3).for_each(|position| sink.write(event(position)).unwrap());
        sink.finish().unwrap();
        let genuine = std::fs::read(&path).unwrap();
        let mut gave_up = 0;
        for at in 0..genuine.len() {
            let mut altered = genuine.clone();
            altered[at] ^= 1;
            std::fs::write(&path, altered).unwrap();
            let file = File::open(&path).unwrap();
            if let Err(error) = read(file, &mut |_| Ok(())) {
                gave_up += usize::from(error.to_string().starts_with("its parser gave up"));
            }
        }
        assert!(
            gave_up > 0,
            "the parser has learned to answer: nothing needs to be caught"
        );
    }
}
