//! Writes rows as one JSON text, the parameter of a bulk statement.

use std::fmt::Display;

use chrono::{DateTime, SecondsFormat, Utc};
use event_store::Position;
use serde::Serialize;

/// Rows as a JSON array of objects, in the making.
#[derive(Debug, Default)]
pub(crate) struct Record {
    json: String,
    rows: usize,
    columns: usize,
}

impl Record {
    /// Begins a row; the columns written next belong to it.
    pub(crate) fn begin_row(&mut self) {
        self.json
            .push_str(if self.rows == 0 { "[{" } else { "},{" });
        self.rows += 1;
        self.columns = 0;
    }

    /// The array of all rows; `None` when there are none.
    pub(crate) fn finish(mut self) -> Option<String> {
        if self.rows == 0 {
            return None;
        }
        self.json.push_str("}]");
        Some(self.json)
    }

    pub(crate) fn text(&mut self, name: &str, text: impl AsRef<str>) {
        self.name(name);
        self.quote(text.as_ref());
    }

    pub(crate) fn optional_text(&mut self, name: &str, text: Option<impl AsRef<str>>) {
        self.name(name);
        match text {
            Some(text) => self.quote(text.as_ref()),
            None => self.json.push_str("null"),
        }
    }

    pub(crate) fn integer(&mut self, name: &str, number: impl Into<i64>) {
        self.name(name);
        self.json.push_str(&number.into().to_string());
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
        if self.columns > 0 {
            self.json.push(',');
        }
        self.columns += 1;
        // Column names are plain identifiers
        self.json.push('"');
        self.json.push_str(name);
        self.json.push_str("\":");
    }

    fn quote(&mut self, text: &str) {
        // PostgreSQL's text holds every character but this one
        let text = if text.contains('\0') {
            std::borrow::Cow::Owned(text.replace('\0', "\u{fffd}"))
        } else {
            std::borrow::Cow::Borrowed(text)
        };
        self.json
            .push_str(&serde_json::to_string(&text).unwrap_or_default());
    }
}

pub(crate) fn time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_an_array_of_objects() {
        let mut record = Record::default();
        for number in 1..=2 {
            record.begin_row();
            record.integer("id", number);
            record.text("name", "a \"quoted\"\n\0 name");
            record.optional_text("note", None::<&str>);
            record.json("config", &serde_json::json!({"pair": "BTC/USDT"}));
        }
        let row = |id: i64| {
            serde_json::json!({
                "id": id, "name": "a \"quoted\"\n\u{fffd} name", "note": null,
                "config": "{\"pair\":\"BTC/USDT\"}",
            })
        };
        let written: serde_json::Value = serde_json::from_str(&record.finish().unwrap()).unwrap();
        assert_eq!(written, serde_json::json!([row(1), row(2)]));
    }

    #[test]
    fn no_rows_are_no_statement() {
        assert_eq!(Record::default().finish(), None);
    }

    #[test]
    fn times_sort_as_text() {
        let at = |text: &str| time_text(text.parse().unwrap());
        assert_eq!(at("2026-11-22T10:00:00Z"), "2026-11-22T10:00:00.000000Z");
        assert!(at("2026-11-22T10:00:00Z") < at("2026-11-22T10:00:00.000001Z"));
        assert!(at("2026-11-22T10:00:00.999999Z") < at("2026-11-22T10:00:01Z"));
    }
}
