//! A Parquet file that somebody else goes on with, wherever its writer was when it died.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta};
use event_store::{Position, Recorded, StreamName};
use parquet::file::reader::{FileReader, SerializedFileReader};
use tempfile::TempDir;
use uuid::Uuid;

use super::shape::GROUP;
use super::{GROUPS, Sink, SoFar, go_on};
use crate::export::Format;

const WHOLE: u64 = GROUP as u64;
/// The last group has one event.
const ALL: u64 = 2 * WHOLE + 1;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn events(&self) -> PathBuf {
        self.0.path().join("events.parquet")
    }

    fn groups(&self) -> PathBuf {
        self.0.path().join(GROUPS)
    }

    fn begin(&self) -> Sink {
        Sink::begin(&self.events(), Format::Parquet).unwrap()
    }

    /// `None` also where it cannot be read.
    fn go_on(&self, before: &SoFar) -> Option<Sink> {
        go_on(&self.events(), Format::Parquet, before)
            .ok()
            .flatten()
    }

    /// Written up to somewhere behind the first group; what was safe at that group's end.
    fn interrupted(&self) -> SoFar {
        let mut sink = self.begin();
        write(&mut sink, 1..=WHOLE);
        let so_far = sink.so_far().unwrap().unwrap();
        write(&mut sink, WHOLE + 1..=WHOLE + 123);
        so_far
    }

    /// Without a pause.
    fn whole(&self) -> Vec<u8> {
        let mut sink = self.begin();
        write(&mut sink, 1..=ALL);
        sink.finish().unwrap();
        fs::read(self.events()).unwrap()
    }
}

fn write(sink: &mut Sink, positions: RangeInclusive<u64>) {
    for position in positions {
        sink.write(event(position)).unwrap();
    }
}

/// With values that repeat and values that do not.
fn event(position: u64) -> Recorded {
    Recorded {
        position: Position(position),
        stream: StreamName::new("execution", format!("key-{}", position % 7)),
        version: position / 7 + 1,
        event_id: Uuid::from_u128(u128::from(position)),
        event_type: "OrderFilled".to_owned(),
        event_version: "1.0".to_owned(),
        payload: format!("{{\"OrderFilled\":{{\"price\":\"{position}.5\"}}}}"),
        metadata: "{}".to_owned(),
        recorded_at: DateTime::UNIX_EPOCH + TimeDelta::microseconds(position.cast_signed()),
    }
}

fn append(path: &Path, bytes: &[u8]) {
    let there = fs::read(path).unwrap();
    fs::write(path, [&there[..], bytes].concat()).unwrap();
}

#[test]
fn gone_on_with_twice_it_is_the_file_that_nobody_interrupted() {
    let folder = Folder::new();
    let before = folder.interrupted();
    let mut sink = folder.go_on(&before).unwrap();
    write(&mut sink, WHOLE + 1..=2 * WHOLE);
    let before = sink.so_far().unwrap().unwrap();
    drop(sink);
    let mut sink = folder.go_on(&before).unwrap();
    write(&mut sink, 2 * WHOLE + 1..=ALL);
    let written = sink.finish().unwrap();

    let bytes = fs::read(folder.events()).unwrap();
    assert_eq!(written.bytes, bytes.len() as u64);
    assert!(bytes == Folder::new().whole());
    let file = fs::File::open(folder.events()).unwrap();
    let reader = SerializedFileReader::new(file).unwrap();
    assert_eq!(reader.num_row_groups(), 3);
    assert_eq!(reader.get_row_iter(None).unwrap().count() as u64, ALL);
}

#[test]
fn nothing_is_safe_in_the_middle_of_a_group() {
    let folder = Folder::new();
    let mut sink = folder.begin();
    write(&mut sink, 1..=WHOLE - 1);
    assert_eq!(sink.so_far().unwrap(), None);
    write(&mut sink, WHOLE..=WHOLE);
    assert!(sink.so_far().unwrap().is_some());
    write(&mut sink, WHOLE + 1..=WHOLE + 1);
    assert_eq!(sink.so_far().unwrap(), None);
}

/// Each of the two files may be ahead of what was signed, and end anywhere.
#[test]
fn what_came_behind_it_is_of_no_account() {
    let folder = Folder::new();
    let before = folder.interrupted();
    append(&folder.events(), b"half a page");
    append(&folder.groups(), &[9; 11]);

    let mut sink = folder.go_on(&before).unwrap();
    write(&mut sink, WHOLE + 1..=ALL);
    sink.finish().unwrap();

    assert!(fs::read(folder.events()).unwrap() == Folder::new().whole());
}

/// Killed while the end was written: the file looks whole then.
#[test]
fn the_end_is_written_again() {
    let folder = Folder::new();
    let mut sink = folder.begin();
    write(&mut sink, 1..=WHOLE);
    let before = sink.so_far().unwrap().unwrap();
    write(&mut sink, WHOLE + 1..=ALL);
    sink.finish().unwrap();
    let whole = fs::read(folder.events()).unwrap();

    let mut sink = folder.go_on(&before).unwrap();
    write(&mut sink, WHOLE + 1..=ALL);
    sink.finish().unwrap();

    assert!(fs::read(folder.events()).unwrap() == whole);
}

#[test]
fn what_was_altered_is_not_gone_on_with() {
    let folder = Folder::new();
    let before = folder.interrupted();
    let signed = [
        (folder.events(), before.file.bytes),
        (folder.groups(), before.groups.clone().unwrap().bytes),
    ];
    for (path, bytes) in signed {
        let genuine = fs::read(&path).unwrap();
        let bytes = usize::try_from(bytes).unwrap();
        for at in [0, 8, bytes / 2, bytes - 1] {
            let mut altered = genuine.clone();
            altered[at] ^= 1;
            fs::write(&path, altered).unwrap();
            assert!(folder.go_on(&before).is_none(), "{}: {at}", path.display());
        }
        fs::write(&path, &genuine[..bytes - 1]).unwrap();
        assert!(folder.go_on(&before).is_none(), "{}", path.display());
        fs::remove_file(&path).unwrap();
        assert!(folder.go_on(&before).is_none(), "{}", path.display());
        fs::write(&path, genuine).unwrap();
    }
    assert!(folder.go_on(&before).is_some());
}

#[test]
fn a_note_without_the_groups_is_not_gone_on_with() {
    let folder = Folder::new();
    let before = SoFar {
        groups: None,
        ..folder.interrupted()
    };
    assert!(folder.go_on(&before).is_none());
}
