//! How much was bought or sold.

use serde::{Deserialize, Serialize};

use crate::money::Decimal;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turnover {
    pub base: Decimal,
    pub quote: Decimal,
}

impl Default for Turnover {
    fn default() -> Self {
        Self {
            base: Decimal::zero(),
            quote: Decimal::zero(),
        }
    }
}

impl Turnover {
    pub(super) fn add(&mut self, base: &Decimal, quote: &Decimal) {
        self.base = &self.base + base;
        self.quote = &self.quote + quote;
    }

    /// The average price.
    pub fn price(&self) -> Option<Decimal> {
        self.quote.checked_div(&self.base)
    }
}
