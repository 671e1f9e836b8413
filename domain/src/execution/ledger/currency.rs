//! In which of a pair's currencies something was paid.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaidIn {
    Base,
    Quote,
    /// A third coin, such as an exchange's own.
    Other,
}

impl PaidIn {
    /// `BTC/USDT`, `btc-usdt` and `BTC/USDT:USDT` are the same pair.
    pub fn of(currency: &str, pair: &str) -> Self {
        let currency = spot(currency);
        let Some((base, quote)) = spot(pair).split_once(['/', '-']) else {
            return Self::Other;
        };
        if currency.eq_ignore_ascii_case(quote) {
            Self::Quote
        } else if currency.eq_ignore_ascii_case(base) {
            Self::Base
        } else {
            Self::Other
        }
    }
}

/// Without the currency a derivative settles in.
fn spot(name: &str) -> &str {
    name.split_once(':').map_or(name, |(spot, _)| spot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_known_however_the_pair_is_spelled() {
        for pair in ["BTC/USDT", "btc-usdt", "BTC/USDT:USDT"] {
            assert_eq!(PaidIn::of("USDT", pair), PaidIn::Quote, "{pair}");
            assert_eq!(PaidIn::of("BTC", pair), PaidIn::Base, "{pair}");
            assert_eq!(PaidIn::of("BNB", pair), PaidIn::Other, "{pair}");
        }
        assert_eq!(PaidIn::of("USDT:USDT", "BTC/USDT:USDT"), PaidIn::Quote);
        assert_eq!(PaidIn::of("USDT", "BTCUSDT"), PaidIn::Other);
    }
}
