//! A ledger's positions, added up.

use std::collections::BTreeMap;

use domain::execution::Ledger;
use domain::money::Decimal;

/// In quote currency, but for fees in other coins.
#[derive(Debug)]
pub(super) struct Totals {
    pub(super) realised: Decimal,
    pub(super) fees: Decimal,
    pub(super) other_fees: BTreeMap<String, Decimal>,
    pub(super) volume: Decimal,
}

impl Totals {
    pub(super) fn of(ledger: &Ledger) -> Self {
        let mut totals = Self {
            realised: Decimal::zero(),
            fees: Decimal::zero(),
            other_fees: BTreeMap::new(),
            volume: Decimal::zero(),
        };
        for position in &ledger.positions {
            totals.realised = &totals.realised + &position.realised;
            totals.fees = &totals.fees + &position.fees;
            totals.volume = &totals.volume + &position.volume();
            for (coin, fee) in &position.other_fees {
                let paid = totals.other_fees.entry(coin.clone());
                let paid = paid.or_insert_with(Decimal::zero);
                *paid = &*paid + fee;
            }
        }
        totals
    }
}
