//! The exchanges that real orders can be sent to, by a program that was built for it.

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LiveExchange {
    Binance,
    Kraken,
    Mexc,
    Okx,
}

impl LiveExchange {
    pub const ALL: [Self; 4] = [Self::Binance, Self::Kraken, Self::Mexc, Self::Okx];

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.as_str() == name)
    }

    /// As configurations and ccxt call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Binance => "binance",
            Self::Kraken => "kraken",
            Self::Mexc => "mexc",
            Self::Okx => "okx",
        }
    }

    /// Whether it has a test network for spot trading.
    pub fn has_sandbox(self) -> bool {
        match self {
            Self::Binance | Self::Okx => true,
            Self::Kraken | Self::Mexc => false,
        }
    }

    /// Whether its keys have a third part, the passphrase.
    pub fn wants_password(self) -> bool {
        self == Self::Okx
    }

    /// An estimate of what it takes from a beginner's account. An order that is asked for may be
    /// several requests, and rules that are known are none.
    pub fn requests_per_minute(self) -> u32 {
        match self {
            Self::Binance | Self::Okx => 600,
            Self::Mexc => 300,
            Self::Kraken => 90,
        }
    }
}
