//! A volume strategy's configuration.

use std::time::Duration;

use domain::config::Violation;
use domain::execution::Side;
use domain::money::Decimal;
use domain::phrase::{Param, Phrase};
use serde_json::{Map, Value};

use crate::config_reader::{ConfigReader, cadence};
use crate::{MarketRef, OnRestart};

const DEFAULT_INTERVAL_SECONDS: i64 = 10;

#[derive(Debug)]
pub(super) struct VolumeConfig {
    pub(super) market: MarketRef,
    /// Distance from the pushed mid price, in percent.
    pub(super) increment_percent: Decimal,
    /// How far each trade pushes the price that the next one starts from, in percent.
    pub(super) push_percent: Decimal,
    pub(super) trade_amount: Decimal,
    pub(super) trades: Decimal,
    pub(super) cadence: Duration,
    /// `None` alternates, buying first.
    pub(super) side: Option<Side>,
    pub(super) on_restart: OnRestart,
}

impl VolumeConfig {
    pub(super) fn read(config: &Map<String, Value>) -> Result<Self, Vec<Violation>> {
        let mut reader = ConfigReader::new(config);
        refuse_decentralised(&mut reader);
        let exchange = reader.required_text("exchangeName");
        let symbol = reader.required_text("symbol");
        let increment_percent = reader.required_number("incrementPercentage");
        let interval = Decimal::from(DEFAULT_INTERVAL_SECONDS);
        let interval = reader.nonzero_number_or("intervalTime", interval);
        let push_percent = reader.optional_number("pricePushRate");
        let read = Self {
            market: MarketRef::new(exchange, symbol),
            increment_percent,
            push_percent: push_percent.unwrap_or_else(Decimal::zero),
            trade_amount: reader.required_number("tradeAmount"),
            trades: reader.required_number("numTrades"),
            cadence: cadence(&(&interval * &Decimal::from(1_000))),
            side: reader.choice("postOnlySide", &[("buy", Side::Buy), ("sell", Side::Sell)]),
            on_restart: OnRestart::read(&mut reader),
        };
        reader.finish(read)
    }
}

/// Only order books of centralised venues are traded; `cex` is the old spelling.
fn refuse_decentralised(reader: &mut ConfigReader<'_>) {
    let category = reader.optional_text("executionCategory");
    let venue = reader.optional_text("executionVenue");
    let category = category.or(venue).unwrap_or_else(|| "cex".to_owned());
    if !["clob_cex", "cex"].contains(&category.as_str()) {
        let phrase = Phrase::UnsupportedCategory {
            category: Param::text(category),
            allowed: Param::text("clob_cex"),
        };
        reader.refuse("executionCategory", "executor", phrase);
    }
}
