//! How often something goes wrong, and whether it does now.

use domain::money::Decimal;

use crate::market::{mix, seed_for};

const WHOLE: u32 = 1_000_000;

/// Times in a million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chance(u32);

impl Chance {
    pub const NEVER: Self = Self(0);
    pub const ALWAYS: Self = Self(WHOLE);

    /// A fraction from 0 to 1.
    pub fn of(fraction: &Decimal) -> Option<Self> {
        let times = fraction * &Decimal::from(i64::from(WHOLE));
        let times: u32 = times.round_to(0).to_string().parse().ok()?;
        (times <= WHOLE).then_some(Self(times))
    }

    /// Whether it happens to what `place` names, for the `number`th time.
    pub(super) fn falls(self, seed: u64, place: &str, number: i64) -> bool {
        let drawn = mix(seed_for(seed, place) ^ mix(number.cast_unsigned()));
        drawn % u64::from(WHOLE) < u64::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_chance_happens_about_that_often() {
        let chance = Chance::of(&"0.25".parse().unwrap()).unwrap();
        let fallen = (0..10_000).filter(|number| chance.falls(7, "order", *number));
        assert!((2_300..2_700).contains(&fallen.count()));
        assert!((0..1000).all(|number| Chance::ALWAYS.falls(7, "order", number)));
        assert!(!(0..1000).any(|number| Chance::NEVER.falls(7, "order", number)));
    }

    #[test]
    fn a_chance_is_a_fraction() {
        for text in ["-0.1", "1.1"] {
            assert_eq!(Chance::of(&text.parse().unwrap()), None, "{text}");
        }
        assert_eq!(Chance::of(&Decimal::one()), Some(Chance::ALWAYS));
    }
}
