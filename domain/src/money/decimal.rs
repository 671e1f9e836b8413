//! Exact decimal numbers.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, Signed, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::machine_number::MachineNumber;

/// Digits that the original kept when a division does not end (rounded half up).
const DIVISION_PLACES: i64 = 20;
/// No amount in any market needs more; more would let a caller ask for gigabytes of zeros.
const MAX_DIGITS: u64 = 60;
const MAX_EXPONENT: i64 = 60;
/// 2^196 has 60 digits; counting digits is slow, counting bits is not.
const SURELY_STORABLE_BITS: u64 = 196;

/// An exact decimal number. Products and sums are exact; quotients have 20 decimal places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub(super) BigDecimal);

/// Why a text or JSON value is not a usable decimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    #[error("is not a decimal number")]
    NotANumber,
    #[error("has more than {MAX_DIGITS} digits or an exponent beyond {MAX_EXPONENT}")]
    TooLarge,
}

impl Decimal {
    pub fn zero() -> Self {
        Self(BigDecimal::zero())
    }

    pub fn one() -> Self {
        Self::from(1)
    }

    /// Accepts a JSON number or a numeric string, as legacy callers send both.
    pub fn try_from_json(value: &Value) -> Result<Self, DecimalError> {
        match value {
            Value::Number(number) => number.as_str().parse(),
            Value::String(text) => text.trim().parse(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                Err(DecimalError::NotANumber)
            }
        }
    }

    /// Quotient with 20 decimal places, rounded half up (away from zero at the midpoint);
    /// `None` for a zero divisor.
    pub fn checked_div(&self, divisor: &Self) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        let (numerator, denominator) = self.ratio(divisor, DIVISION_PLACES);
        // Half up on the magnitude: floor((2n + d) / 2d)
        let twice = BigInt::from(2);
        let magnitude = (numerator.abs() * &twice + &denominator) / (&denominator * &twice);
        let quotient = if numerator.is_negative() {
            -magnitude
        } else {
            magnitude
        };
        Some(Self(BigDecimal::new(quotient, DIVISION_PLACES)))
    }

    /// `self / divisor × 10^places` as an exact fraction with a positive denominator.
    pub(super) fn ratio(&self, divisor: &Self, places: i64) -> (BigInt, BigInt) {
        let (numerator, own_scale) = self.0.as_bigint_and_scale();
        let (denominator, its_scale) = divisor.0.as_bigint_and_scale();
        let exponent = places + its_scale - own_scale;
        let power =
            BigInt::from(10).pow(u32::try_from(exponent.unsigned_abs()).unwrap_or(u32::MAX));
        let (mut numerator, mut denominator) = (numerator.into_owned(), denominator.into_owned());
        if exponent >= 0 {
            numerator *= power;
        } else {
            denominator *= power;
        }
        if denominator.is_negative() {
            (-numerator, -denominator)
        } else {
            (numerator, denominator)
        }
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub fn is_positive(&self) -> bool {
        self.0.is_positive()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// Rounded half up to `places` decimal places.
    #[must_use]
    pub fn round_to(&self, places: u32) -> Self {
        Self(
            self.0
                .with_scale_round(i64::from(places), RoundingMode::HalfUp),
        )
    }

    /// Whether its text can be read back: exact products may outgrow what [`FromStr`] accepts.
    pub fn is_storable(&self) -> bool {
        let (digits, scale) = self.0.as_bigint_and_scale();
        if digits.bits() <= SURELY_STORABLE_BITS && scale.abs() <= MAX_EXPONENT {
            return true;
        }
        let number = self.0.normalized();
        let (_, scale) = number.as_bigint_and_scale();
        number.digits() <= MAX_DIGITS && scale.abs() <= MAX_EXPONENT
    }
}

impl fmt::Display for Decimal {
    /// Plain notation: no exponent, no trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match MachineNumber::of(&self.0) {
            Some(number) => f.write_str(&number.trimmed().plain()),
            None => f.write_str(&self.0.normalized().to_plain_string()),
        }
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() || text.len() > 400 || !text.is_ascii() || text.contains('_') {
            return Err(DecimalError::NotANumber);
        }
        let number = BigDecimal::from_str(text).map_err(|_| DecimalError::NotANumber)?;
        let (_, scale) = number.as_bigint_and_scale();
        if scale.abs() > 2 * MAX_EXPONENT {
            return Err(DecimalError::TooLarge);
        }
        let number = Self(match MachineNumber::of(&number) {
            Some(number) => number.trimmed().into(),
            None => number.normalized(),
        });
        if number.is_storable() {
            Ok(number)
        } else {
            Err(DecimalError::TooLarge)
        }
    }
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        Self(BigDecimal::from(number))
    }
}

impl Serialize for Decimal {
    /// As a string: JSON numbers lose digits in most readers.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Add for &Decimal {
    type Output = Decimal;
    fn add(self, other: Self) -> Decimal {
        Decimal(&self.0 + &other.0)
    }
}

impl Sub for &Decimal {
    type Output = Decimal;
    fn sub(self, other: Self) -> Decimal {
        Decimal(&self.0 - &other.0)
    }
}

impl Mul for &Decimal {
    type Output = Decimal;
    fn mul(self, other: Self) -> Decimal {
        Decimal(&self.0 * &other.0)
    }
}

impl Neg for &Decimal {
    type Output = Decimal;
    fn neg(self) -> Decimal {
        Decimal(-&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn quotients_are_rounded_half_up_at_twenty_places() {
        assert_eq!(
            decimal("305")
                .checked_div(&decimal("3"))
                .unwrap()
                .to_string(),
            "101.66666666666666666667"
        );
        assert_eq!(
            decimal("-2")
                .checked_div(&decimal("3"))
                .unwrap()
                .to_string(),
            "-0.66666666666666666667"
        );
        assert_eq!(
            decimal("1").checked_div(&decimal("8")).unwrap().to_string(),
            "0.125"
        );
        assert_eq!(
            decimal("3").checked_div(&decimal("3")).unwrap().to_string(),
            "1"
        );
        assert_eq!(decimal("1").checked_div(&Decimal::zero()), None);
    }

    #[test]
    fn plain_notation_without_trailing_zeros() {
        assert_eq!(decimal("1.2300").to_string(), "1.23");
        assert_eq!(decimal("1e3").to_string(), "1000");
        assert_eq!(decimal("1.234e-5").to_string(), "0.00001234");
        assert_eq!(decimal("-0").to_string(), "0");
    }

    proptest! {
        #[test]
        fn small_numbers_are_written_and_read_as_large_ones_are(digits: i128, scale in -60_i64..60) {
            let number = BigDecimal::new(digits.into(), scale);
            let large = number.normalized();

            let text = Decimal(number).to_string();

            prop_assert_eq!(&text, &large.to_plain_string());
            let read: Decimal = text.parse().unwrap();
            prop_assert_eq!(read.0.as_bigint_and_scale(), large.as_bigint_and_scale());
        }
    }

    #[test]
    fn numbers_nobody_trades_are_refused() {
        for text in ["1e1000000000", "1e-400", "", "NaN", "0x1", "1_000", "١"] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
        assert!("9".repeat(61).parse::<Decimal>().is_err());
    }

    #[test]
    fn a_product_may_outgrow_what_can_be_read_back() {
        let long = decimal("1.00000000000000000000000000000000000000001");
        assert!(long.is_storable());
        assert!(!(&long * &long).is_storable());
        assert!((&decimal("1e60") * &decimal("0.001")).is_storable());
        assert!(!(&decimal("1e60") * &decimal("10")).is_storable());
    }

    #[test]
    fn json_numbers_keep_every_digit() {
        let json: Value = serde_json::from_str("0.1234567890123456789012345").unwrap();
        assert_eq!(
            Decimal::try_from_json(&json).unwrap().to_string(),
            "0.1234567890123456789012345"
        );
    }
}
