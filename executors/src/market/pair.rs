//! What a pair's name says.

/// Two currencies, in capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) base: String,
    pub(crate) quote: String,
}

impl Pair {
    /// `WLD/USDT`, `wld-usdt` and `WLD/USDT:USDT` are the same pair.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let spot = name.split_once(':').map_or(name, |(spot, _)| spot);
        let (base, quote) = spot.split_once('/').or_else(|| spot.split_once('-'))?;
        let pair = Self {
            base: currency(base)?,
            quote: currency(quote)?,
        };
        (pair.base != pair.quote).then_some(pair)
    }

    pub(super) fn is(&self, base: &str, quote: &str) -> bool {
        self.base == base && self.quote == quote
    }
}

fn currency(name: &str) -> Option<String> {
    let plausible = (1..=20).contains(&name.len());
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (plausible && plain).then(|| name.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_pair_are_one() {
        for name in ["WLD/USDT", "WLD-USDT", "wld/usdt", "WLD/USDT:USDT"] {
            assert!(
                Pair::find(name).is_some_and(|pair| pair.is("WLD", "USDT")),
                "{name}"
            );
        }
    }

    #[test]
    fn other_names_are_no_pair() {
        for name in ["", "WLDUSDT", "/USDT", "WLD/", "BTC/BTC", "A/B/C", "Ω/USDT"] {
            assert_eq!(Pair::find(name), None, "{name}");
        }
    }
}
