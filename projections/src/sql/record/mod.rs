//! Writes rows for a bulk statement, in the format that it takes.

mod cells;
mod lines;
mod objects;

use std::borrow::Cow;
use std::fmt::Display;

use chrono::{DateTime, SecondsFormat, Utc};
use event_store::Position;
use serde::Serialize;

pub(crate) use cells::{Cell, Cells};
pub(crate) use lines::Lines;
pub(crate) use objects::Objects;

/// How rows travel. Each row has the same columns in the same order.
pub(crate) trait Format: Default {
    fn begin_row(&mut self, is_first: bool);
    fn begin_column(&mut self, name: &str, is_first: bool);
    fn text(&mut self, text: &str);
    fn integer(&mut self, number: i64);
    fn null(&mut self);
    fn end(&mut self) {}
}

/// Rows in the making.
#[derive(Debug, Default)]
pub(crate) struct Record<F> {
    format: F,
    rows: usize,
    /// Written so far of the current row.
    columns: usize,
    /// Names, from the first row.
    names: String,
}

/// All rows of a [`Record`].
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rows<F> {
    /// Names, in the order in which the rows have them.
    pub(crate) columns: String,
    pub(crate) written: F,
}

impl<F: Format> Record<F> {
    pub(crate) fn new() -> Self {
        Self {
            format: F::default(),
            rows: 0,
            columns: 0,
            names: String::new(),
        }
    }

    /// Begins a row; the columns written next belong to it.
    pub(crate) fn begin_row(&mut self) {
        self.format.begin_row(self.rows == 0);
        self.rows += 1;
        self.columns = 0;
    }

    /// `None` when there are no rows.
    pub(crate) fn finish(mut self) -> Option<Rows<F>> {
        if self.rows == 0 {
            return None;
        }
        self.format.end();
        Some(Rows {
            columns: self.names,
            written: self.format,
        })
    }

    pub(crate) fn text(&mut self, name: &str, text: impl AsRef<str>) {
        self.begin_column(name);
        self.write(text.as_ref());
    }

    pub(crate) fn optional_text(&mut self, name: &str, text: Option<impl AsRef<str>>) {
        self.begin_column(name);
        match text {
            Some(text) => self.write(text.as_ref()),
            None => self.format.null(),
        }
    }

    pub(crate) fn integer(&mut self, name: &str, number: impl Into<i64>) {
        self.begin_column(name);
        self.format.integer(number.into());
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

    fn begin_column(&mut self, name: &str) {
        let is_first = self.columns == 0;
        self.columns += 1;
        if self.rows == 1 {
            self.names.push_str(if is_first { "" } else { ", " });
            self.names.push_str(name);
        }
        self.format.begin_column(name, is_first);
    }

    fn write(&mut self, text: &str) {
        // PostgreSQL's text holds every character but this one
        let text = if text.contains('\0') {
            Cow::Owned(text.replace('\0', "\u{fffd}"))
        } else {
            Cow::Borrowed(text)
        };
        self.format.text(&text);
    }
}

pub(crate) fn time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_rows<F: Format>() -> Rows<F> {
        let mut record = Record::<F>::new();
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
        let rows = two_rows::<Objects>();
        let written: serde_json::Value = serde_json::from_str(&rows.written.0).unwrap();
        assert_eq!(written, serde_json::json!([row(1), row(2)]));
    }

    #[test]
    fn rows_become_lines() {
        let rows = two_rows::<Lines>();
        assert_eq!(rows.columns, "id, name, note, config");
        let row = |id| {
            format!(
                "{id}\ta \"quoted\"\\r\\n\u{fffd}\\tname \\\\.\t\\N\t{{\"pair\":\"BTC/USDT\"}}\n"
            )
        };
        assert_eq!(rows.written.0, row(1) + &row(2));
    }

    #[test]
    fn rows_become_cells() {
        let rows = two_rows::<Cells>();
        let name = Cell::Text("a \"quoted\"\r\n\u{fffd}\tname \\.");
        let config = Cell::Text("{\"pair\":\"BTC/USDT\"}");
        let row = |id| vec![Cell::Integer(id), name, Cell::Null, config];
        let written: Vec<_> = rows
            .written
            .rows()
            .map(Iterator::collect::<Vec<_>>)
            .collect();
        assert_eq!(written, [row(1), row(2)]);
    }

    #[test]
    fn no_rows_are_no_statement() {
        assert!(Record::<Objects>::new().finish().is_none());
    }

    #[test]
    fn times_sort_as_text() {
        let at = |text: &str| time_text(text.parse().unwrap());
        assert_eq!(at("2026-11-22T10:00:00Z"), "2026-11-22T10:00:00.000000Z");
        assert!(at("2026-11-22T10:00:00Z") < at("2026-11-22T10:00:00.000001Z"));
        assert!(at("2026-11-22T10:00:00.999999Z") < at("2026-11-22T10:00:01Z"));
    }
}
