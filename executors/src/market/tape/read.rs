//! Reads a tape: rows of comma-separated values with a line of names above them.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use csv::StringRecord;
use flate2::read::GzDecoder;

use super::{Tape, Trade};
use crate::market::recording::scaled;

/// No venue has finer steps.
const MOST_PLACES: usize = 18;
/// Beyond, a number of ticks is no longer exact in the simulation.
const MOST_TICKS: i64 = 1 << 52;

/// Whoever made the file can mend it.
#[derive(Debug, thiserror::Error)]
pub enum TapeError {
    #[error("the recorded trades cannot be read")]
    File(#[from] std::io::Error),
    #[error("the recorded trades are not rows of comma-separated values")]
    Csv(#[from] csv::Error),
    #[error(
        "the recorded trades have no column {0}; they need time (milliseconds), price, quantity \
         and side (of the taker: buy or sell)"
    )]
    NoColumn(&'static str),
    #[error(
        "row {0} of the recorded trades is not a trade: it needs a time of 0 or later in milliseconds, a price and a \
         quantity above zero in plain digits, and buy or sell as its side"
    )]
    NotATrade(usize),
    #[error("row {0} of the recorded trades is earlier than the row before it")]
    OutOfOrder(usize),
    #[error("the recorded trades are none")]
    Empty,
}

impl Tape {
    /// A file whose name ends in `gz` is unpacked.
    pub fn open(path: &Path) -> Result<Self, TapeError> {
        let file = File::open(path)?;
        if path.extension().is_some_and(|extension| extension == "gz") {
            Self::read(GzDecoder::new(file))
        } else {
            Self::read(file)
        }
    }

    /// Columns by their names, in any order: `time` in milliseconds, `price`, `quantity`, and the
    /// taker's `side`.
    pub fn read(source: impl Read) -> Result<Self, TapeError> {
        let mut csv = csv::Reader::from_reader(source);
        let columns = Columns::find(csv.headers()?)?;
        let rows = csv.records().collect::<Result<Vec<_>, _>>()?;
        let places = |column: usize| {
            let texts = rows.iter().filter_map(|row| row.get(column));
            texts.map(places_of).max().unwrap_or(0)
        };
        let (price_places, quantity_places) = (places(columns.price), places(columns.quantity));
        let mut trades: Vec<Trade> = Vec::with_capacity(rows.len());
        let mut first_ms = None;
        for (index, row) in rows.iter().enumerate() {
            let number = index + 1;
            let trade = columns.trade(row, price_places, quantity_places);
            let mut trade = trade.ok_or(TapeError::NotATrade(number))?;
            trade.at_ms -= *first_ms.get_or_insert(trade.at_ms);
            if trades.last().is_some_and(|last| last.at_ms > trade.at_ms) {
                return Err(TapeError::OutOfOrder(number));
            }
            trades.push(trade);
        }
        if trades.is_empty() {
            return Err(TapeError::Empty);
        }
        Ok(Self {
            trades,
            price_places,
            quantity_places,
        })
    }
}

#[derive(Debug)]
struct Columns {
    time: usize,
    price: usize,
    quantity: usize,
    side: usize,
}

impl Columns {
    fn find(names: &StringRecord) -> Result<Self, TapeError> {
        let column = |name: &'static str| {
            let place = names.iter().position(|found| found.trim() == name);
            place.ok_or(TapeError::NoColumn(name))
        };
        Ok(Self {
            time: column("time")?,
            price: column("price")?,
            quantity: column("quantity")?,
            side: column("side")?,
        })
    }

    fn trade(
        &self,
        row: &StringRecord,
        price_places: usize,
        quantity_places: usize,
    ) -> Option<Trade> {
        let amount = |column, places: usize| {
            let amount = (places <= MOST_PLACES).then(|| scaled(row.get(column)?, places));
            amount
                .flatten()
                .filter(|amount| (1..MOST_TICKS).contains(amount))
        };
        let at_ms: i64 = row.get(self.time)?.trim().parse().ok()?;
        Some(Trade {
            at_ms: (at_ms >= 0).then_some(at_ms)?,
            ticks: amount(self.price, price_places)?,
            lots: amount(self.quantity, quantity_places)?,
            bought: match row.get(self.side)?.trim() {
                "buy" => true,
                "sell" => false,
                _ => return None,
            },
        })
    }
}

fn places_of(text: &str) -> usize {
    let (_, part) = text.split_once('.').unwrap_or((text, ""));
    part.trim_end_matches('0').len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Tape, String> {
        let text = format!("side,time,price,quantity\n{rows}");
        Tape::read(text.as_bytes()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_tape_has_the_places_of_its_finest_price() {
        let tape = read("buy,5,10.25,3\nsell,7,10.5,0.125\n").unwrap();
        assert_eq!((tape.price_places, tape.quantity_places), (2, 3));
        let second = Trade {
            at_ms: 2,
            ticks: 1050,
            lots: 125,
            bought: false,
        };
        assert_eq!(tape.trades[1], second);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (rows, told) in [
            ("", "none"),
            ("buy,5,0,1\n", "row 1"),
            ("buy,5,1,1\nhold,6,1,1\n", "row 2"),
            ("buy,5,1,1\nbuy,4,1,1\n", "earlier"),
            ("buy,-5,1,1\n", "row 1"),
            ("buy,5,1e3,1\n", "row 1"),
            ("buy,5\n", "comma-separated"),
        ] {
            let error = read(rows).unwrap_err();
            assert!(error.contains(told), "{rows:?} was answered {error}");
        }
        let error = Tape::read(&b"time,price,side\n1,1,buy\n"[..]).unwrap_err();
        assert!(error.to_string().contains("no column quantity"));
    }
}
