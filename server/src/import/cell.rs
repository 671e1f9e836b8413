//! A row of the original, whichever database it came from, and how its cells are read.

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::money::Decimal;
use serde_json::{Map, Value};

/// Column names to values. Numbers keep every digit that the source had.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SourceRow(pub(super) Map<String, Value>);

/// Why a row is not what its table should hold. The row is kept as a record instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum CellError {
    #[error("{0} is empty")]
    Missing(&'static str),
    #[error("{column} is not {expected}")]
    Unreadable {
        column: &'static str,
        expected: &'static str,
    },
}

impl SourceRow {
    /// The first of several names under which the row has a value.
    pub(super) fn find(&self, names: &[&'static str]) -> Option<&Value> {
        names
            .iter()
            .find_map(|&name| self.0.get(name).filter(|value| !value.is_null()))
    }

    pub(super) fn find_text(&self, names: &[&'static str]) -> Option<String> {
        self.find(names).map(|value| match value {
            Value::String(text) => text.clone(),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => value.to_string(),
        })
    }

    pub(super) fn text(&self, names: &[&'static str]) -> Result<String, CellError> {
        self.find_text(names)
            .ok_or(CellError::Missing(first(names)))
    }

    pub(super) fn integer(&self, column: &'static str) -> Result<i64, CellError> {
        let value = self.find(&[column]).ok_or(CellError::Missing(column))?;
        value.as_i64().ok_or(CellError::Unreadable {
            column,
            expected: "a whole number",
        })
    }

    pub(super) fn decimal(&self, column: &'static str) -> Result<Decimal, CellError> {
        let value = self.find(&[column]).ok_or(CellError::Missing(column))?;
        Decimal::try_from_json(value).map_err(|_| CellError::Unreadable {
            column,
            expected: "a decimal number",
        })
    }

    /// SQLite has no booleans: 0 and 1 stand for them.
    pub(super) fn find_boolean(&self, column: &'static str) -> Result<Option<bool>, CellError> {
        let Some(value) = self.find(&[column]) else {
            return Ok(None);
        };
        match (value.as_bool(), value.as_i64()) {
            (Some(truth), _) => Ok(Some(truth)),
            (None, Some(number @ (0 | 1))) => Ok(Some(number == 1)),
            (None, _) => Err(CellError::Unreadable {
                column,
                expected: "true or false",
            }),
        }
    }

    /// A JSON value, stored as such or as its text.
    pub(super) fn json(&self, column: &'static str) -> Result<Value, CellError> {
        match self.find(&[column]).ok_or(CellError::Missing(column))? {
            Value::String(text) => serde_json::from_str(text).map_err(|_| CellError::Unreadable {
                column,
                expected: "JSON",
            }),
            value => Ok(value.clone()),
        }
    }

    pub(super) fn object(&self, column: &'static str) -> Result<Map<String, Value>, CellError> {
        match self.json(column)? {
            Value::Object(object) => Ok(object),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Err(CellError::Unreadable {
                column,
                expected: "a JSON object",
            }),
        }
    }

    pub(super) fn time(&self, column: &'static str) -> Result<DateTime<Utc>, CellError> {
        let text = self.text(&[column])?;
        parse_time(&text).ok_or(CellError::Unreadable {
            column,
            expected: "a date and time",
        })
    }
}

fn first(names: &[&'static str]) -> &'static str {
    names.first().copied().unwrap_or_default()
}

/// The original wrote `2026-01-10 08:00:00`, the same with milliseconds, or RFC 3339; without a
/// zone it means UTC.
fn parse_time(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc());
    }
    ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|time| time.and_utc())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(value: Value) -> SourceRow {
        match value {
            Value::Object(map) => SourceRow(map),
            other => panic!("{other} is no row"),
        }
    }

    #[test]
    fn times_are_utc_in_every_form_the_original_wrote() {
        for (text, expected) in [
            ("2026-01-10 08:00:00", "2026-01-10T08:00:00+00:00"),
            ("2026-02-01 10:11:12.345", "2026-02-01T10:11:12.345+00:00"),
            ("2026-02-01T10:11:12.345", "2026-02-01T10:11:12.345+00:00"),
            ("2026-02-20T00:00:00.000Z", "2026-02-20T00:00:00+00:00"),
            ("2026-02-20T02:00:00+02:00", "2026-02-20T00:00:00+00:00"),
        ] {
            assert_eq!(parse_time(text).unwrap().to_rfc3339(), expected, "{text}");
        }
        for text in ["", "yesterday", "2026-13-01 00:00:00", "1767225600"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn the_first_column_with_a_value_counts() {
        let row = row(json!({"controllerType": null, "executorType": "volume"}));
        assert_eq!(
            row.text(&["controllerType", "executorType"]).unwrap(),
            "volume"
        );
        assert_eq!(row.text(&["key"]), Err(CellError::Missing("key")));
    }

    #[test]
    fn json_may_be_stored_as_text_or_as_such() {
        let row = row(json!({"a": "{\"x\":1.10}", "b": {"x": 1}, "c": "{", "d": "[]", "e": 1}));
        assert_eq!(row.object("a").unwrap()["x"].to_string(), "1.10");
        assert!(row.object("b").is_ok());
        for column in ["c", "d", "e", "missing"] {
            assert!(row.object(column).is_err(), "{column}");
        }
        assert_eq!(row.find_boolean("e"), Ok(Some(true)));
    }
}
