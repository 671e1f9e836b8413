//! Prices as texts that sort like prices, so that a database without decimals finds the best one.

use domain::money::Decimal;

/// Nothing that is traded costs more than a number of so many digits.
const WHOLE_DIGITS: usize = 40;

/// For amounts that are not negative. Plain notation has no trailing zeros, so a longer fraction
/// with the same beginning is always the larger one.
pub(super) fn price_key(price: &Decimal) -> String {
    let plain = price.to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    format!("{whole:0>WHOLE_DIGITS$}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_sort_as_prices_do() {
        let sorted = [
            "0", "0.00001", "0.0001", "0.5", "0.51", "1", "1.0001", "2", "10", "99.9", "100",
        ];
        let keys = sorted.map(|price| price_key(&price.parse().unwrap()));
        assert!(keys.is_sorted(), "{keys:#?}");
    }
}
