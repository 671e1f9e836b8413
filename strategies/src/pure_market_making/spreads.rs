//! How far from the reference price each layer is.

use domain::money::Decimal;
use domain::phrase::{Param, Phrase};

use super::config::divide;
use crate::config_checks::config_field;
use crate::config_reader::ConfigReader;

/// The distances of layer `L`: `spread × L + offset`, never below zero.
#[derive(Debug)]
pub(super) struct Spreads {
    bid: Decimal,
    ask: Decimal,
    /// What each further layer adds; without it layer `L` is `L` spreads away.
    pub(super) step: Option<Decimal>,
    /// Maker-heavy bias: added once, to both sides.
    bias: Decimal,
    /// Inventory skew: moves both quotes down when too much base is held.
    skew: Decimal,
}

impl Spreads {
    pub(super) fn read(reader: &mut ConfigReader<'_>) -> Self {
        let bid = reader.required_number("bidSpread");
        let ask = reader.required_number("askSpread");
        let bps = reader.optional_number("makerHeavyBiasBps");
        let heavy = reader.flag_or("makerHeavyMode", false);
        let bias = bps.filter(|_| heavy).map(|bps| divide(&bps, 10_000));
        // The original read an explicit zero as "not given", and stored configurations rely on it
        let half = || divide(&Decimal::one(), 2);
        let target = reader.nonzero_number_or("inventoryTargetBaseRatio", half());
        let ratio = reader.nonzero_number_or("currentBaseRatio", half());
        let step = reader.optional_number("levelSpread");
        if step.as_ref().is_some_and(Decimal::is_negative) {
            let (subject, limit) = (config_field("levelSpread"), Param::text(0));
            let phrase = Phrase::MustBeAtLeast { subject, limit };
            reader.refuse("levelSpread", "minimum", phrase);
        }
        let factor = reader.optional_number("inventorySkewFactor");
        let factor = factor.unwrap_or_else(Decimal::zero);
        Self {
            bid,
            ask,
            step,
            bias: bias.unwrap_or_else(Decimal::zero),
            skew: &(&ratio - &target) * &factor,
        }
    }

    fn away(&self, nearest: &Decimal, layer: &Decimal) -> Decimal {
        match &self.step {
            None => nearest * layer,
            Some(step) => nearest + &(step * &(layer - &Decimal::one())),
        }
    }

    pub(super) fn buy_factor(&self, layer: &Decimal) -> Decimal {
        let distance = &(&self.away(&self.bid, layer) + &self.bias) + &self.skew;
        &Decimal::one() - &distance.max(Decimal::zero())
    }

    pub(super) fn sell_factor(&self, layer: &Decimal) -> Decimal {
        let distance = &(&self.away(&self.ask, layer) + &self.bias) - &self.skew;
        &Decimal::one() + &distance.max(Decimal::zero())
    }
}
