//! Which orders the configuration wants around a reference price.

use domain::execution::{DecisionBasis, Side};
use domain::money::Decimal;

use super::config::{Layer, Leg, PmmConfig};
use crate::sizing::order_size;
use crate::{OrderProposal, TradingRules};

/// A wanted order and the layer it belongs to, counted from 1.
#[derive(Debug)]
pub(super) struct Quote {
    pub(super) layer: usize,
    pub(super) order: OrderProposal,
}

#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// From the nearest layer outwards, each buy before its sell.
    pub(super) wanted: Vec<Quote>,
    /// Why a side or an order was left out.
    pub(super) left_out: Vec<String>,
}

impl Quotes {
    pub(super) fn around(
        basis: &DecisionBasis,
        config: &PmmConfig,
        rules: Option<&TradingRules>,
    ) -> Self {
        let mut quotes = Self::default();
        if config.layers.is_empty() {
            quotes.left_out.push("numberOfLayers is below 1".to_owned());
        }
        let buys = quotes.buys_allowed(config, &basis.reference_price);
        let sells = quotes.sells_allowed(config, &basis.reference_price);
        for (index, layer) in config.layers.iter().enumerate() {
            let sides = [
                (Side::Buy, &layer.buy, buys),
                (Side::Sell, &layer.sell, sells),
            ];
            for (side, leg, allowed) in sides {
                if !allowed {
                    continue;
                }
                match order(side, leg, layer, basis, config, rules) {
                    Ok(order) => quotes.wanted.push(Quote {
                        layer: index + 1,
                        order,
                    }),
                    Err(reason) => quotes.left_out.push(format!("{}: {reason}", leg.slot)),
                }
            }
        }
        quotes
    }

    /// The bounds look at the reference price, not at the quotes.
    fn buys_allowed(&mut self, config: &PmmConfig, reference: &Decimal) -> bool {
        let exceeded = config.ceiling.as_ref().filter(|bound| reference > bound);
        if let Some(ceiling) = exceeded {
            let reason = format!("no buys: the reference price is above ceilingPrice {ceiling}");
            self.left_out.push(reason);
        }
        exceeded.is_none()
    }

    fn sells_allowed(&mut self, config: &PmmConfig, reference: &Decimal) -> bool {
        let exceeded = config.floor.as_ref().filter(|bound| reference < bound);
        if let Some(floor) = exceeded {
            let reason = format!("no sells: the reference price is below floorPrice {floor}");
            self.left_out.push(reason);
        }
        exceeded.is_none()
    }
}

fn order(
    side: Side,
    leg: &Leg,
    layer: &Layer,
    basis: &DecisionBasis,
    config: &PmmConfig,
    rules: Option<&TradingRules>,
) -> Result<OrderProposal, String> {
    let price = &basis.reference_price * &leg.factor;
    let (price, quantity) = order_size(side, &price, &layer.quantity, rules)?;
    Ok(OrderProposal {
        slot: leg.slot.clone(),
        exchange: config.market.exchange.clone(),
        pair: config.market.pair.clone(),
        side,
        price,
        quantity,
        post_only: config.post_only,
        counts_trade: false,
        basis: basis.clone(),
    })
}
