//! Money and quantities.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use domain::money::Decimal;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Exact(pub(crate) Decimal);

/// A decimal number as text, with every digit it has.
#[Scalar(name = "Decimal")]
impl ScalarType for Exact {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text
                .parse()
                .map(Self)
                .map_err(|_| InputValueError::custom("not a decimal number")),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl From<Decimal> for Exact {
    fn from(decimal: Decimal) -> Self {
        Self(decimal)
    }
}

impl From<&Decimal> for Exact {
    fn from(decimal: &Decimal) -> Self {
        Self(decimal.clone())
    }
}
