//! Repeatable randomness: numbers and smooth curves that depend on a seed and a place alone.

/// A well-mixed 64-bit function of its input (the finaliser of `SplitMix64`).
pub(crate) fn mix(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A seed of its own for what `name` names.
pub(crate) fn seed_for(seed: u64, name: &str) -> u64 {
    name.bytes()
        .fold(mix(seed), |hash, byte| mix(hash ^ u64::from(byte)))
}

/// Evenly spread over 0 to 1.
pub(super) fn unit(seed: u64, place: i64) -> f64 {
    let number = mix(seed ^ mix(place.cast_unsigned()));
    let high_half = u32::try_from(number >> 32).unwrap_or(u32::MAX);
    f64::from(high_half) / f64::from(u32::MAX)
}

/// A smooth curve between -1 and 1 that takes a new random direction every `period_ms`.
pub(super) fn smooth(seed: u64, at_ms: i64, period_ms: u32) -> f64 {
    let period = i64::from(period_ms);
    let knot = at_ms.div_euclid(period);
    let part = fraction(at_ms.rem_euclid(period), period_ms);
    let (before, after) = (unit(seed, knot), unit(seed, knot.wrapping_add(1)));
    let eased = part * part * (3.0 - 2.0 * part);
    2.0 * (before + (after - before) * eased) - 1.0
}

/// `part / whole`, for parts that are not negative and not above the whole.
pub(super) fn fraction(part: i64, whole: u32) -> f64 {
    let part = u32::try_from(part).unwrap_or(whole).min(whole);
    f64::from(part) / f64::from(whole)
}

/// Exact for numbers up to 2^53.
pub(super) fn real(number: i64) -> f64 {
    let high = i32::try_from(number >> 32).unwrap_or(i32::MAX);
    let low = u32::try_from(number & 0xffff_ffff).unwrap_or(u32::MAX);
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}

/// The nearest whole number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the cast saturates, and simulated prices are far below 2^53 ticks"
)]
pub(super) fn nearest(number: f64) -> i64 {
    number.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_stay_within_bounds_and_have_no_jumps() {
        let mut before = smooth(7, -60_000, 10_000);
        for at_ms in (-60_000..60_000).step_by(100) {
            let now = smooth(7, at_ms, 10_000);
            assert!((-1.0..=1.0).contains(&now));
            assert!((now - before).abs() < 0.04, "jump at {at_ms}");
            before = now;
        }
    }

    #[test]
    fn whole_numbers_stay_what_they_are() {
        for number in [
            0,
            1,
            -1,
            4_294_967_295,
            4_294_967_296,
            -4_294_967_297,
            1 << 53,
        ] {
            assert_eq!(nearest(real(number)), number);
        }
    }

    #[test]
    fn names_have_seeds_of_their_own() {
        assert_ne!(seed_for(1, "mexc"), seed_for(1, "okx"));
        assert_ne!(seed_for(1, "mexc"), seed_for(2, "mexc"));
        assert_eq!(seed_for(1, "mexc"), seed_for(1, "mexc"));
    }
}
