//! The recorded candles that are built into the binary.

use std::str::FromStr;
use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, Utc};
use flate2::read::GzDecoder;

const WLD_USDT: &[u8] = include_bytes!("../../data/binance_perpetual_WLD-USDT_3m.csv.gz");

/// What was recorded.
pub const RECORDED_PAIR: &str = "WLD/USDT";

pub(super) const CANDLE_MS: u32 = 180_000;
/// Prices are recorded in ten-thousandths of a dollar.
pub(super) const PRICE_PLACES: usize = 4;

/// Three minutes of trading: prices in ticks, volumes in units of the base currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candle {
    pub(super) open: u32,
    pub(super) high: u32,
    pub(super) low: u32,
    pub(super) close: u32,
    pub(super) volume: u32,
    /// The part of the volume that buyers took from the asks.
    pub(super) taker_bought: u32,
}

/// The recording that is built in cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordingError {
    #[error("the recorded market data is damaged: {0}")]
    Damaged(String),
    #[error("row {0} of the recorded market data is not a candle")]
    NotACandle(usize),
    #[error("there are trades of {0}, which is not a pair such as BTC/USDT")]
    NoPair(String),
}

static CANDLES: LazyLock<Result<Vec<Candle>, RecordingError>> = LazyLock::new(|| read(WLD_USDT));

/// When the first candle opened, in milliseconds since 1970.
const FIRST_OPEN_MS: i64 = 1_694_556_000_000;

/// The moment at which the recording begins.
pub fn recorded_from() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(FIRST_OPEN_MS).unwrap_or(DateTime::UNIX_EPOCH)
}

/// The moment at which its last candle closes.
pub fn recorded_until() -> Result<DateTime<Utc>, RecordingError> {
    let candles = i64::try_from(wld_usdt()?.len()).unwrap_or(i64::MAX);
    Ok(recorded_from() + TimeDelta::milliseconds(candles * i64::from(CANDLE_MS)))
}

/// Read when first asked for, once per process.
pub(super) fn wld_usdt() -> Result<&'static [Candle], RecordingError> {
    CANDLES.as_deref().map_err(Clone::clone)
}

fn read(compressed: &[u8]) -> Result<Vec<Candle>, RecordingError> {
    let mut rows = csv::Reader::from_reader(GzDecoder::new(compressed));
    let mut row = csv::StringRecord::new();
    let mut candles = Vec::new();
    let damaged = |error: csv::Error| RecordingError::Damaged(error.to_string());
    while rows.read_record(&mut row).map_err(damaged)? {
        let candle = candle(&row).ok_or(RecordingError::NotACandle(candles.len() + 1))?;
        candles.push(candle);
    }
    if candles.is_empty() {
        return Err(RecordingError::Damaged("it holds no candles".to_owned()));
    }
    Ok(candles)
}

/// Columns: timestamp, open, high, low, close, volume, quote volume, trades, taker-buy base
/// volume, taker-buy quote volume.
fn candle(row: &csv::StringRecord) -> Option<Candle> {
    let ticks = |column| scaled(row.get(column)?, PRICE_PLACES);
    let units = |column| scaled(row.get(column)?, 0);
    Some(Candle {
        open: ticks(1)?,
        high: ticks(2)?,
        low: ticks(3)?,
        close: ticks(4)?,
        volume: units(5)?,
        taker_bought: units(8)?,
    })
}

/// A decimal text as a whole number of `10^-places`; `None` when that would lose digits.
pub(super) fn scaled<T: FromStr>(text: &str, places: usize) -> Option<T> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    if part.len() > places {
        return None;
    }
    format!("{whole}{part:0<places$}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recording_is_whole() {
        let candles = wld_usdt().unwrap();
        assert_eq!(candles.len(), 43_200);
        let first = Candle {
            open: 10_349,
            high: 10_349,
            low: 10_300,
            close: 10_301,
            volume: 363_805,
            taker_bought: 130_916,
        };
        assert_eq!(candles[0], first);
        for (index, candle) in candles.iter().enumerate() {
            let Candle {
                open,
                high,
                low,
                close,
                ..
            } = *candle;
            assert!(low <= open.min(close) && high >= open.max(close), "{index}");
            assert!(candle.taker_bought <= candle.volume, "{index}");
        }
    }

    #[test]
    fn it_begins_when_its_first_row_says() {
        let mut rows = csv::Reader::from_reader(GzDecoder::new(WLD_USDT));
        let row = rows.records().next().unwrap().unwrap();
        let first: f64 = row[0].parse().unwrap();
        assert_eq!(first.to_string(), FIRST_OPEN_MS.to_string());
    }

    #[test]
    fn it_lasts_for_ninety_days() {
        assert_eq!(
            recorded_until().unwrap() - recorded_from(),
            TimeDelta::days(90)
        );
    }

    #[test]
    fn digits_are_never_lost() {
        assert_eq!(scaled("1.03", 4), Some(10_300));
        assert_eq!(scaled("363805.0", 0), Some(363_805));
        assert_eq!(scaled::<u32>("1.00001", 4), None);
        assert_eq!(scaled::<u32>("-1", 4), None);
    }

    #[test]
    fn damage_is_told() {
        assert!(matches!(read(b"not gzip"), Err(RecordingError::Damaged(_))));
    }
}
