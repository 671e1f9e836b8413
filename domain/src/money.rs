//! Decimal amounts. No binary floating point touches money anywhere.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, Signed, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// Digits that the original kept when a division does not end (rounded half up).
const DIVISION_PLACES: i64 = 20;
/// No amount in any market needs more; more would let a caller ask for gigabytes of zeros.
const MAX_DIGITS: u64 = 60;
const MAX_EXPONENT: i64 = 60;
/// 2^196 has 60 digits; counting digits is slow, counting bits is not.
const SURELY_STORABLE_BITS: u64 = 196;

/// An exact decimal number. Products and sums are exact; quotients have 20 decimal places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(BigDecimal);

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
    fn ratio(&self, divisor: &Self, places: i64) -> (BigInt, BigInt) {
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

    /// The largest multiple of `step` that is not above `self`; `self` when the step is not
    /// positive. Venues call the step a tick (price) or a lot (quantity).
    #[must_use]
    pub fn floor_to(&self, step: &Self) -> Self {
        if !step.is_positive() {
            return self.clone();
        }
        let (numerator, denominator) = self.ratio(step, 0);
        Self(BigDecimal::from(floor_div(&numerator, &denominator)) * &step.0)
    }

    /// Not below `self`; see [`Self::floor_to`].
    #[must_use]
    pub fn ceil_to(&self, step: &Self) -> Self {
        if !step.is_positive() {
            return self.clone();
        }
        let (numerator, denominator) = self.ratio(step, 0);
        Self(BigDecimal::from(-floor_div(&-numerator, &denominator)) * &step.0)
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

/// Integer quotient rounded down, also for negative numerators; the denominator is positive.
fn floor_div(numerator: &BigInt, denominator: &BigInt) -> BigInt {
    let quotient = numerator / denominator;
    if numerator.is_negative() && &quotient * denominator != *numerator {
        quotient - 1
    } else {
        quotient
    }
}

impl fmt::Display for Decimal {
    /// Plain notation: no exponent, no trailing zeros.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.normalized().to_plain_string())
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
        let number = Self(number.normalized());
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

macro_rules! positive_amount {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "Decimal", into = "Decimal")]
        pub struct $name(Decimal);

        impl $name {
            /// Refuses zero and negative amounts.
            pub fn try_new(amount: Decimal) -> Result<Self, NotPositive> {
                if amount.is_positive() { Ok(Self(amount)) } else { Err(NotPositive(amount)) }
            }

            pub fn amount(&self) -> &Decimal {
                &self.0
            }
        }

        impl TryFrom<Decimal> for $name {
            type Error = NotPositive;
            fn try_from(amount: Decimal) -> Result<Self, NotPositive> {
                Self::try_new(amount)
            }
        }

        impl From<$name> for Decimal {
            fn from(amount: $name) -> Self {
                amount.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

positive_amount! {
    /// Quote currency per unit of base currency; above zero.
    Price
}
positive_amount! {
    /// An amount of base currency; above zero.
    Quantity
}

impl Price {
    /// What `quantity` costs, in quote currency.
    pub fn notional(&self, quantity: &Quantity) -> Decimal {
        &self.0 * &quantity.0
    }
}

/// A price or quantity must be above zero.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not above zero")]
pub struct NotPositive(pub Decimal);

#[cfg(test)]
mod tests {
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
    fn floors_to_the_tick() {
        assert_eq!(
            decimal("1.0349").floor_to(&decimal("0.01")).to_string(),
            "1.03"
        );
        assert_eq!(
            decimal("1.0349").ceil_to(&decimal("0.01")).to_string(),
            "1.04"
        );
        assert_eq!(
            decimal("1.0349").floor_to(&Decimal::zero()).to_string(),
            "1.0349"
        );
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
