//! What a currency is worth in dollars, and how that wanders.

use super::noise::{mix, seed_for, smooth, unit};

const MINUTE_MS: u32 = 60_000;
const HOUR_MS: u32 = 60 * MINUTE_MS;
const DAY_MS: u32 = 24 * HOUR_MS;

/// Small and quick to large and slow; together they look like a market that always comes home.
const SWINGS: [(u32, f64); 7] = [
    (7_000, 0.000_3),
    (MINUTE_MS, 0.001_2),
    (10 * MINUTE_MS, 0.003),
    (HOUR_MS, 0.004),
    (8 * HOUR_MS, 0.01),
    (3 * DAY_MS, 0.03),
    (30 * DAY_MS, 0.1),
];

const DOLLARS: [&str; 8] = [
    "USD", "USDT", "USDC", "BUSD", "DAI", "FDUSD", "TUSD", "USDE",
];

/// Late 2023, as the recorded data.
const CENTRES: [(&str, f64); 22] = [
    ("BTC", 43_000.0),
    ("ETH", 2_300.0),
    ("BNB", 240.0),
    ("SOL", 70.0),
    ("XRP", 0.62),
    ("ADA", 0.4),
    ("DOGE", 0.085),
    ("DOT", 7.0),
    ("AVAX", 30.0),
    ("LINK", 15.0),
    ("LTC", 72.0),
    ("BCH", 230.0),
    ("MATIC", 0.85),
    ("TRX", 0.1),
    ("UNI", 6.0),
    ("ATOM", 10.0),
    ("XLM", 0.12),
    ("WLD", 2.4),
    ("HMT", 0.06),
    ("EUR", 1.08),
    ("GBP", 1.26),
    ("JPY", 0.006_9),
];

/// For currencies nobody listed: a price between 0.001 and 1,000 dollars.
const MAGNITUDES: [f64; 6] = [0.001, 0.01, 0.1, 1.0, 10.0, 100.0];

/// The value around which a currency wanders.
pub(super) fn centre(seed: u64, currency: &str) -> f64 {
    if DOLLARS.contains(&currency) {
        return 1.0;
    }
    let listed = CENTRES.iter().find(|(name, _)| *name == currency);
    listed.map_or_else(|| made_up(seed_for(seed, currency)), |(_, centre)| *centre)
}

/// The value at a moment. Dollars stand still.
pub(super) fn value_at(seed: u64, currency: &str, at_ms: i64) -> f64 {
    let centre = centre(seed, currency);
    if DOLLARS.contains(&currency) {
        return centre;
    }
    let own = seed_for(seed, currency);
    SWINGS.iter().fold(centre, |value, (period_ms, amplitude)| {
        let seed = mix(own ^ u64::from(*period_ms));
        value * (1.0 + amplitude * smooth(seed, at_ms, *period_ms))
    })
}

fn made_up(seed: u64) -> f64 {
    let index = usize::try_from(seed % 6).unwrap_or(0);
    let magnitude = MAGNITUDES.get(index).copied().unwrap_or(1.0);
    magnitude * (1.0 + 9.0 * unit(seed, 0))
}
