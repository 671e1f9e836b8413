//! Reads a configuration as leniently as the original did, and says everything that is wrong in
//! the original's words.

#[cfg(test)]
pub(crate) mod asked;

use std::time::Duration;

use domain::config::Violation;
use domain::money::Decimal;
use domain::phrase::{Param, Phrase};
use serde_json::{Map, Value};

use crate::config_checks::config_field;

const SHORTEST_CADENCE_MS: u64 = 1_000;
/// A year. Longer is as good as never, and would overflow timers.
const LONGEST_CADENCE_MS: u64 = 365 * 24 * 3_600 * 1_000;

/// Collects violations while members are read; a member that is wrong reads as zero or empty.
#[derive(Debug)]
pub(crate) struct ConfigReader<'a> {
    config: &'a Map<String, Value>,
    violations: Vec<Violation>,
}

impl<'a> ConfigReader<'a> {
    pub(crate) fn new(config: &'a Map<String, Value>) -> Self {
        Self {
            config,
            violations: Vec::new(),
        }
    }

    /// `read` only when nothing was wrong.
    pub(crate) fn finish<T>(self, read: T) -> Result<T, Vec<Violation>> {
        if self.violations.is_empty() {
            Ok(read)
        } else {
            Err(self.violations)
        }
    }

    pub(crate) fn refuse(&mut self, field: &str, keyword: &str, phrase: Phrase) {
        self.violations
            .push(Violation::said(format!("/{field}"), keyword, phrase));
    }

    fn refuse_type(&mut self, field: &str, types: &str) {
        let types = Param::text(types);
        let subject = config_field(field);
        self.refuse(field, "type", Phrase::MustBeOfType { subject, types });
    }

    pub(crate) fn required_text(&mut self, field: &str) -> String {
        let text = self.optional_text(field);
        if text.is_none() && self.present(field).is_none() {
            self.missing(field);
        }
        text.unwrap_or_default()
    }

    pub(crate) fn optional_text(&mut self, field: &str) -> Option<String> {
        let text = self.present(field)?.as_str();
        if text.is_none() {
            self.refuse_type(field, "string");
        }
        text.map(str::to_owned)
    }

    pub(crate) fn required_number(&mut self, field: &str) -> Decimal {
        let number = self.optional_number(field);
        if number.is_none() && self.present(field).is_none() {
            self.missing(field);
        }
        number.unwrap_or_else(Decimal::zero)
    }

    /// Numbers and numeric strings.
    pub(crate) fn optional_number(&mut self, field: &str) -> Option<Decimal> {
        let number = Decimal::try_from_json(self.present(field)?);
        if number.is_err() {
            self.refuse_type(field, "number");
        }
        number.ok()
    }

    /// `default` also for an explicit zero, which the original took for absence.
    pub(crate) fn nonzero_number_or(&mut self, field: &str, default: Decimal) -> Decimal {
        self.optional_number(field)
            .filter(|number| !number.is_zero())
            .unwrap_or(default)
    }

    /// A bound that is off unless it is above zero.
    pub(crate) fn positive_number(&mut self, field: &str) -> Option<Decimal> {
        self.optional_number(field).filter(Decimal::is_positive)
    }

    pub(crate) fn flag_or(&mut self, field: &str, default: bool) -> bool {
        self.optional_flag(field).unwrap_or(default)
    }

    pub(crate) fn optional_flag(&mut self, field: &str) -> Option<bool> {
        match self.present(field)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Value::Null
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => {
                self.refuse_type(field, "boolean");
                None
            }
        }
    }

    /// A list of objects; empty when absent.
    pub(crate) fn optional_objects(&mut self, field: &str) -> Vec<&'a Map<String, Value>> {
        let Some(list) = self.present(field) else {
            return Vec::new();
        };
        let items = list.as_array().map(Vec::as_slice);
        let objects: Vec<_> = items.into_iter().flatten().map(Value::as_object).collect();
        if items.is_none() || objects.iter().any(Option::is_none) {
            let subject = config_field(field);
            self.refuse(field, "type", Phrase::MustBeListOfObjects { subject });
        }
        objects.into_iter().flatten().collect()
    }

    /// Takes over what was wrong inside a member.
    pub(crate) fn refuse_inside(&mut self, path: &str, violations: Vec<Violation>) {
        for violation in violations {
            let pointer = format!("/{path}{}", violation.pointer);
            self.violations.push(Violation {
                pointer,
                ..violation
            });
        }
    }

    /// One of `choices` by name, in any case; `None` when absent.
    pub(crate) fn choice<T: Copy>(&mut self, field: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.optional_text(field)?;
        let chosen = choices
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let options = Param::Text(names.join(", "));
            let subject = config_field(field);
            self.refuse(field, "enum", Phrase::MustBeOneOf { subject, options });
        }
        chosen.map(|(_, choice)| *choice)
    }

    /// Absent, null and empty are one: forms send all three for a field left blank.
    fn present(&self, field: &str) -> Option<&'a Value> {
        #[cfg(test)]
        asked::note(field);
        self.config.get(field).filter(|value| match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => true,
        })
    }

    fn missing(&mut self, field: &str) {
        let name = Param::text(field);
        self.refuse(field, "required", Phrase::MissingField { name });
    }
}

/// Whole milliseconds between a second and a year; below and beyond are pulled in.
pub(crate) fn cadence(milliseconds: &Decimal) -> Duration {
    let shortest = Decimal::from(1_000);
    if *milliseconds <= shortest {
        return Duration::from_millis(SHORTEST_CADENCE_MS);
    }
    let whole = milliseconds.floor_to(&Decimal::one()).to_string();
    let whole = whole.parse().unwrap_or(LONGEST_CADENCE_MS);
    Duration::from_millis(whole.min(LONGEST_CADENCE_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cadences_stay_between_a_second_and_a_year() {
        for (milliseconds, expected) in [
            ("-5", 1_000),
            ("0", 1_000),
            ("1000.9", 1_000),
            ("1500.9", 1_500),
            ("15000", 15_000),
            ("1e50", LONGEST_CADENCE_MS),
        ] {
            let cadence = cadence(&milliseconds.parse().unwrap());
            assert_eq!(cadence, Duration::from_millis(expected), "{milliseconds}");
        }
    }

    #[test]
    fn everything_wrong_is_reported_at_once_in_the_originals_words() {
        let config = serde_json::json!({ "a": {}, "b": "x", "c": "sideways", "d": 7, "e": null });
        let config = config.as_object().unwrap();
        let mut reader = ConfigReader::new(config);
        reader.required_text("a");
        reader.required_number("b");
        reader.choice("c", &[("buy", 1), ("sell", 2)]);
        reader.flag_or("d", false);
        reader.required_text("e");
        let violations = reader.finish(()).unwrap_err();
        let messages: Vec<String> = violations
            .into_iter()
            .map(|violation| format!("{} {}", violation.pointer, violation.message))
            .collect();
        assert_eq!(
            messages,
            [
                "/a Config field a must be string",
                "/b Config field b must be number",
                "/c Config field c must be one of: buy, sell",
                "/d Config field d must be boolean",
                "/e Missing required config field: e",
            ]
        );
    }
}
