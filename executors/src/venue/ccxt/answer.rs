//! Reads what an exchange answered. Money as the exchange wrote it; a number that JSON carried
//! without quotes has been a float by then, and is read as the shortest decimal that gives it.

use ccxt::Value;
use chrono::{DateTime, Utc};
use domain::money::{Decimal, Price, Quantity};

use super::failure::Failure;

/// A place in an answer, for the words about it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    value: &'a Value,
    name: &'a str,
}

pub(super) fn whole(answer: &Value) -> Part<'_> {
    Part {
        value: answer,
        name: "it",
    }
}

impl<'a> Part<'a> {
    /// Missing parts are empty ones.
    pub(super) fn get(self, name: &'a str) -> Self {
        let value = self.value.as_map().and_then(|map| map.get(name));
        Self {
            value: value.unwrap_or(&Value::Null),
            name,
        }
    }

    pub(super) fn is_missing(self) -> bool {
        self.value.is_null() || self.value.as_str() == Some("")
    }

    pub(super) fn list(self) -> Result<Vec<Self>, Failure> {
        let list = self.value.as_array().ok_or_else(|| self.unreadable())?;
        let part = |value| Part {
            value,
            name: self.name,
        };
        Ok(list.iter().map(part).collect())
    }

    pub(super) fn entries(self) -> Result<Vec<(&'a str, Self)>, Failure> {
        let map = self.value.as_map().ok_or_else(|| self.unreadable())?;
        let entry = |(name, value): (&'a String, &'a Value)| (name.as_str(), Part { value, name });
        Ok(map.iter().map(entry).collect())
    }

    /// The first of a list, which must have one.
    pub(super) fn first(self) -> Result<Self, Failure> {
        let list = self.list()?;
        list.first().copied().ok_or_else(|| self.unreadable())
    }

    /// Also a number's, for ids that some exchanges write without quotes.
    pub(super) fn text(self) -> Result<String, Failure> {
        match self.value {
            Value::Str(text) if !text.is_empty() => Ok(text.to_string()),
            Value::Int(number) => Ok(number.to_string()),
            _ => Err(self.unreadable()),
        }
    }

    pub(super) fn decimal(self) -> Result<Decimal, Failure> {
        decimal(self.value).ok_or_else(|| self.unreadable())
    }

    pub(super) fn price(self) -> Result<Price, Failure> {
        Price::try_new(self.decimal()?).map_err(|_| self.unreadable())
    }

    pub(super) fn quantity(self) -> Result<Quantity, Failure> {
        Quantity::try_new(self.decimal()?).map_err(|_| self.unreadable())
    }

    /// Milliseconds since 1970, UTC.
    pub(super) fn millis(self) -> Result<DateTime<Utc>, Failure> {
        let millis = match self.value {
            Value::Int(millis) => Some(*millis),
            Value::Str(text) => text.parse().ok(),
            _ => None,
        };
        millis
            .and_then(DateTime::from_timestamp_millis)
            .ok_or_else(|| self.unreadable())
    }

    /// Seconds since 1970 with a fraction, UTC.
    pub(super) fn seconds(self) -> Result<DateTime<Utc>, Failure> {
        let millis = self.decimal()?;
        let millis = &millis * &Decimal::from(1000);
        let millis = millis.floor_to(&Decimal::one()).to_string().parse().ok();
        millis
            .and_then(DateTime::from_timestamp_millis)
            .ok_or_else(|| self.unreadable())
    }

    pub(super) fn unreadable(self) -> Failure {
        Failure::unreadable(format!("{} is missing or not what it should be", self.name))
    }
}

pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Str(text) => text.parse().ok(),
        Value::Int(number) => Some(Decimal::from(*number)),
        Value::Float(number) => shortest(*number),
        Value::Null | Value::Bool(_) | Value::Dict(_) | Value::Arr(_) => None,
    }
}

/// The decimal with the fewest digits that is this float: what was written, if that had no more
/// than 15 digits.
pub(super) fn shortest(number: f64) -> Option<Decimal> {
    if number.is_finite() {
        number.to_string().parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use ccxt::Params;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn money_is_read_as_it_was_written() {
        let answer = Params::new()
            .with_str("price", "0.100000000000000000000001")
            .with_int("count", 3)
            .with_float("tick", 1e-8)
            .with_str("none", "")
            .into_value_object();
        let answer = whole(&answer);
        let read = |name| {
            answer
                .get(name)
                .decimal()
                .map(|decimal| decimal.to_string())
        };
        assert_eq!(read("price").unwrap(), "0.100000000000000000000001");
        assert_eq!(read("count").unwrap(), "3");
        assert_eq!(read("tick").unwrap(), "0.00000001");
        assert!(answer.get("none").is_missing());
        let error = read("absent").unwrap_err().to_string();
        assert!(error.contains("absent is missing"), "{error}");
    }

    #[test]
    fn times_are_read_in_both_units() {
        let answer = Params::new()
            .with_str("ms", "1700000000123")
            .with_float("s", 1_700_000_000.123_9)
            .into_value_object();
        let answer = whole(&answer);
        let ms = answer.get("ms").millis().unwrap();
        assert_eq!(ms.timestamp_millis(), 1_700_000_000_123);
        assert_eq!(answer.get("s").seconds().unwrap(), ms);
    }

    proptest! {
        /// Ticks and lots come as floats; so do they leave.
        #[test]
        fn fifteen_digits_survive_a_float(digits in 1_u64..1_000_000_000_000_000, places in 0_u32..20) {
            let written: Decimal = format!("{digits}e-{places}").parse().unwrap();
            let float: f64 = written.to_string().parse().unwrap();
            prop_assert_eq!(shortest(float), Some(written));
        }
    }
}
