//! Writes rows as one text, for a bulk statement.

use std::borrow::Cow;
use std::fmt::Display;

use chrono::{DateTime, SecondsFormat, Utc};
use event_store::Position;
use serde::Serialize;

/// Rows in the making.
#[derive(Debug)]
pub(crate) struct Record {
    format: Format,
    text: String,
    rows: usize,
    /// Written so far of the current row.
    columns: usize,
    /// Names, from the first row.
    names: String,
}

/// All rows of a [`Record`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    /// Names, in the order in which the rows have them.
    pub(crate) columns: String,
    pub(crate) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Objects,
    Lines,
}

impl Record {
    /// As a JSON array of objects.
    pub(crate) fn objects() -> Self {
        Self::new(Format::Objects)
    }

    /// As the lines of PostgreSQL's `COPY`.
    pub(crate) fn lines() -> Self {
        Self::new(Format::Lines)
    }

    fn new(format: Format) -> Self {
        Self {
            format,
            text: String::new(),
            rows: 0,
            columns: 0,
            names: String::new(),
        }
    }

    /// Begins a row; the columns written next belong to it.
    pub(crate) fn begin_row(&mut self) {
        self.text.push_str(match (self.format, self.rows) {
            (Format::Objects, 0) => "[{",
            (Format::Objects, _) => "},{",
            (Format::Lines, 0) => "",
            (Format::Lines, _) => "\n",
        });
        self.rows += 1;
        self.columns = 0;
    }

    /// `None` when there are no rows.
    pub(crate) fn finish(mut self) -> Option<Rows> {
        if self.rows == 0 {
            return None;
        }
        self.text.push_str(match self.format {
            Format::Objects => "}]",
            Format::Lines => "\n",
        });
        Some(Rows {
            columns: self.names,
            text: self.text,
        })
    }

    pub(crate) fn text(&mut self, name: &str, text: impl AsRef<str>) {
        self.name(name);
        self.quote(text.as_ref());
    }

    pub(crate) fn optional_text(&mut self, name: &str, text: Option<impl AsRef<str>>) {
        self.name(name);
        match text {
            Some(text) => self.quote(text.as_ref()),
            None => self.text.push_str(match self.format {
                Format::Objects => "null",
                Format::Lines => "\\N",
            }),
        }
    }

    pub(crate) fn integer(&mut self, name: &str, number: impl Into<i64>) {
        self.name(name);
        self.text.push_str(&number.into().to_string());
    }

    pub(crate) fn flag(&mut self, name: &str, flag: bool) {
        self.integer(name, flag);
    }

    /// Counters and positions; no log has as many events as a signed number can't count.
    pub(crate) fn count(&mut self, name: &str, count: u64) {
        self.integer(name, i64::try_from(count).unwrap_or(i64::MAX));
    }

    pub(crate) fn position(&mut self, name: &str, position: Position) {
        self.count(name, position.0);
    }

    /// Always the same width, so that the texts sort as the times do.
    pub(crate) fn time(&mut self, name: &str, time: DateTime<Utc>) {
        self.text(name, time_text(time));
    }

    pub(crate) fn optional_time(&mut self, name: &str, time: Option<DateTime<Utc>>) {
        self.optional_text(name, time.map(time_text));
    }

    pub(crate) fn displayed(&mut self, name: &str, value: impl Display) {
        self.text(name, value.to_string());
    }

    pub(crate) fn json(&mut self, name: &str, value: &impl Serialize) {
        self.optional_json(name, Some(value));
    }

    pub(crate) fn optional_json(&mut self, name: &str, value: Option<&impl Serialize>) {
        // Serialising JSON values, maps and our own content types has no way to fail
        let text = value.map(|value| serde_json::to_string(value).unwrap_or_default());
        self.optional_text(name, text);
    }

    fn name(&mut self, name: &str) {
        let first = self.columns == 0;
        self.columns += 1;
        if self.rows == 1 {
            self.names.push_str(if first { "" } else { ", " });
            self.names.push_str(name);
        }
        match self.format {
            Format::Objects => {
                // Column names are plain identifiers
                self.text.push_str(if first { "\"" } else { ",\"" });
                self.text.push_str(name);
                self.text.push_str("\":");
            }
            Format::Lines => self.text.push_str(if first { "" } else { "\t" }),
        }
    }

    fn quote(&mut self, text: &str) {
        // PostgreSQL's text holds every character but this one
        let text = if text.contains('\0') {
            Cow::Owned(text.replace('\0', "\u{fffd}"))
        } else {
            Cow::Borrowed(text)
        };
        match self.format {
            Format::Objects => {
                let quoted = serde_json::to_string(&text).unwrap_or_default();
                self.text.push_str(&quoted);
            }
            Format::Lines => self.escape(&text),
        }
    }

    /// What would end a column, a line or the data stands behind a backslash.
    fn escape(&mut self, mut text: &str) {
        while let Some(at) = text.find(['\\', '\t', '\n', '\r']) {
            let (before, rest) = text.split_at(at);
            self.text.push_str(before);
            self.text.push_str(match rest.as_bytes().first() {
                Some(b'\t') => "\\t",
                Some(b'\n') => "\\n",
                Some(b'\r') => "\\r",
                Some(_) | None => "\\\\",
            });
            // All four are one byte long
            text = &rest[1..];
        }
        self.text.push_str(text);
    }
}

pub(crate) fn time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows(mut record: Record) -> Rows {
        for number in 1..=2 {
            record.begin_row();
            record.integer("id", number);
            record.text("name", "a \"quoted\"\r\n\0\tname \\.");
            record.optional_text("note", None::<&str>);
            record.json("config", &serde_json::json!({"pair": "BTC/USDT"}));
        }
        record.finish().unwrap()
    }

    #[test]
    fn rows_become_an_array_of_objects() {
        let row = |id: i64| {
            serde_json::json!({
                "id": id, "name": "a \"quoted\"\r\n\u{fffd}\tname \\.", "note": null,
                "config": "{\"pair\":\"BTC/USDT\"}",
            })
        };
        let rows = two_rows(Record::objects());
        let written: serde_json::Value = serde_json::from_str(&rows.text).unwrap();
        assert_eq!(written, serde_json::json!([row(1), row(2)]));
    }

    #[test]
    fn rows_become_lines() {
        let rows = two_rows(Record::lines());
        assert_eq!(rows.columns, "id, name, note, config");
        let row = |id| {
            format!(
                "{id}\ta \"quoted\"\\r\\n\u{fffd}\\tname \\\\.\t\\N\t{{\"pair\":\"BTC/USDT\"}}\n"
            )
        };
        assert_eq!(rows.text, row(1) + &row(2));
    }

    #[test]
    fn no_rows_are_no_statement() {
        assert_eq!(Record::objects().finish(), None);
        assert_eq!(Record::lines().finish(), None);
    }

    #[test]
    fn times_sort_as_text() {
        let at = |text: &str| time_text(text.parse().unwrap());
        assert_eq!(at("2026-11-22T10:00:00Z"), "2026-11-22T10:00:00.000000Z");
        assert!(at("2026-11-22T10:00:00Z") < at("2026-11-22T10:00:00.000001Z"));
        assert!(at("2026-11-22T10:00:00.999999Z") < at("2026-11-22T10:00:01Z"));
    }
}
