//! Multiples of a step: venues call it a tick (price) or a lot (quantity).

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, Signed};

use super::Decimal;
use super::machine_number::MachineNumber;

impl Decimal {
    /// The largest multiple of `step` that is not above `self`; `self` when the step is not positive.
    #[must_use]
    pub fn floor_to(&self, step: &Self) -> Self {
        if !step.is_positive() {
            return self.clone();
        }
        let small = MachineNumber::of(&self.0).zip(MachineNumber::of(&step.0));
        match small.and_then(|(number, step)| number.floor_to(step)) {
            Some(floor) => Self(floor.into()),
            None => self.floor_to_large(step),
        }
    }

    /// Not below `self`; see [`Self::floor_to`].
    #[must_use]
    pub fn ceil_to(&self, step: &Self) -> Self {
        if !step.is_positive() {
            return self.clone();
        }
        -&(-self).floor_to(step)
    }

    fn floor_to_large(&self, step: &Self) -> Self {
        let (numerator, denominator) = self.ratio(step, 0);
        Self(BigDecimal::from(floor_div(&numerator, &denominator)) * &step.0)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
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

    proptest! {
        #[test]
        fn small_numbers_are_floored_as_large_ones_are(
            digits: i64, scale in -30_i64..60, step in 1_i64.., step_scale in -30_i64..60,
        ) {
            let number = Decimal(BigDecimal::new(digits.into(), scale));
            let step = Decimal(BigDecimal::new(step.into(), step_scale));

            let floor = number.floor_to(&step);

            prop_assert_eq!(&floor, &number.floor_to_large(&step));
            prop_assert!(floor <= number && number <= number.ceil_to(&step));
        }
    }
}
