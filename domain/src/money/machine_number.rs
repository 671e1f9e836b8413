//! Numbers that fit a machine word: what is traded nearly always does, and its arithmetic then
//! allocates nothing.

use bigdecimal::BigDecimal;
use bigdecimal::num_bigint::BigInt;

/// `digits × 10^-scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MachineNumber {
    pub(super) digits: i128,
    pub(super) scale: i64,
}

impl MachineNumber {
    pub(super) fn of(number: &BigDecimal) -> Option<Self> {
        let (digits, scale) = number.as_bigint_and_scale();
        let digits = i128::try_from(digits.as_ref()).ok()?;
        Some(Self { digits, scale })
    }

    /// Without zeros at the end.
    pub(super) fn trimmed(mut self) -> Self {
        if self.digits == 0 {
            self.scale = 0;
        }
        while self.digits != 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }

    /// Plain notation: no exponent.
    pub(super) fn plain(self) -> String {
        let sign = if self.digits < 0 { "-" } else { "" };
        let digits = self.digits.unsigned_abs();
        let Some(places) = usize::try_from(self.scale)
            .ok()
            .filter(|places| *places > 0)
        else {
            let zeros = usize::try_from(-self.scale).unwrap_or_default();
            return format!("{sign}{digits}{:0<zeros$}", "");
        };
        let whole = u32::try_from(places)
            .ok()
            .and_then(|places| 10_u128.checked_pow(places));
        match whole {
            Some(one) => format!("{sign}{}.{:0places$}", digits / one, digits % one),
            None => format!("{sign}0.{digits:0places$}"),
        }
    }

    /// The largest multiple of a positive `step` that is not above it; `None` where that does not fit.
    pub(super) fn floor_to(self, step: Self) -> Option<Self> {
        let power = 10_i128.checked_pow(u32::try_from(step.scale.abs_diff(self.scale)).ok()?)?;
        let steps = if step.scale >= self.scale {
            self.digits.checked_mul(power)?.div_euclid(step.digits)
        } else {
            self.digits.div_euclid(step.digits.checked_mul(power)?)
        };
        Some(Self {
            digits: steps.checked_mul(step.digits)?,
            scale: step.scale,
        })
    }
}

impl From<MachineNumber> for BigDecimal {
    fn from(number: MachineNumber) -> Self {
        Self::new(BigInt::from(number.digits), number.scale)
    }
}
