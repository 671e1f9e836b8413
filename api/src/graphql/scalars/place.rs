//! Positions in the log.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use event_store::Position;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place(pub(crate) Position);

/// A place in the one order of all events, as decimal digits: it outgrows what JavaScript can
/// count.
#[Scalar(name = "Position")]
impl ScalarType for Place {
    fn parse(value: Value) -> InputValueResult<Self> {
        let digits = |text: &str| {
            let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = plain.then(|| text.parse().ok()).flatten();
            number
                .map(|number| Self(Position(number)))
                .ok_or_else(|| InputValueError::custom("a position is written as decimal digits"))
        };
        match &value {
            Value::String(text) => digits(text),
            Value::Number(number) => digits(&number.to_string()),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<Position> for Place {
    fn from(position: Position) -> Self {
        Self(position)
    }
}
