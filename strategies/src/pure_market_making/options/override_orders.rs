//! Orders that are configured one by one.

use domain::execution::Side;
use domain::money::Decimal;
use domain::phrase::{Param, Phrase};

use super::read::refuse_negative;
use crate::config_checks::config_field;
use crate::config_reader::ConfigReader;

/// More would only fill the book with orders that never trade.
const MOST_OVERRIDES: usize = 100;

#[derive(Debug)]
pub(in crate::pure_market_making) struct OverrideOrder {
    pub(in crate::pure_market_making) side: Side,
    pub(in crate::pure_market_making) spread: Decimal,
    pub(in crate::pure_market_making) amount: Decimal,
}

pub(super) fn read(reader: &mut ConfigReader<'_>) -> Vec<OverrideOrder> {
    let field = "orderOverride";
    let orders = reader.optional_objects(field);
    if orders.len() > MOST_OVERRIDES {
        let (subject, limit) = (config_field(field), Param::text(MOST_OVERRIDES));
        reader.refuse(field, "maxItems", Phrase::TooManyOrders { subject, limit });
    }
    let mut read = Vec::new();
    for (index, order) in orders.iter().take(MOST_OVERRIDES).enumerate() {
        let mut inner = ConfigReader::new(order);
        inner.required_text("side");
        let side = inner.choice("side", &[("buy", Side::Buy), ("sell", Side::Sell)]);
        let spread = inner.required_number("spread");
        let amount = inner.required_number("amount");
        if spread.is_negative() {
            refuse_negative(&mut inner, "spread");
        }
        let order = OverrideOrder {
            side: side.unwrap_or(Side::Buy),
            spread,
            amount,
        };
        match inner.finish(order) {
            Ok(order) => read.push(order),
            Err(violations) => reader.refuse_inside(&format!("{field}/{index}"), violations),
        }
    }
    read
}
