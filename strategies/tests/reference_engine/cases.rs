//! Reads the recorded cases.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use domain::money::Decimal;
use flate2::read::GzDecoder;
use serde_json::Value;
use strategies::{Book, Level};

pub(crate) fn read(name: &str) -> Value {
    let folder = std::env::var_os("STRATEGOS_REFERENCE_DIR").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference"),
        PathBuf::from,
    );
    let file = folder.join(format!("{name}.json.gz"));
    let opened = File::open(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_reader(GzDecoder::new(opened)).unwrap()
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// Levels come as binary64 printed in the shortest way, the text the engine made decimals of.
pub(crate) fn decimal(value: &Value) -> Decimal {
    Decimal::try_from_json(value).unwrap()
}

pub(crate) fn book(bids: &Value, asks: &Value) -> Arc<Book> {
    let levels = |side: &Value| {
        let levels = list(side).iter().map(|level| Level {
            price: decimal(&level[0]),
            quantity: decimal(&level[1]),
        });
        levels.collect()
    };
    Arc::new(Book {
        bids: levels(bids),
        asks: levels(asks),
        at: None,
    })
}

/// Price and size of each order of a side, cheapest first.
pub(crate) fn orders(side: &Value) -> Vec<(Decimal, Decimal)> {
    let orders = list(side).iter();
    let mut orders: Vec<_> = orders
        .map(|order| (decimal(&order[0]), decimal(&order[1])))
        .collect();
    orders.sort();
    orders
}
