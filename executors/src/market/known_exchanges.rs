//! The exchanges an installation simulates unless it is told otherwise.

pub const KNOWN_EXCHANGES: [&str; 8] = [
    "binance", "mexc", "bybit", "okx", "kraken", "gate", "kucoin", "bitfinex",
];
