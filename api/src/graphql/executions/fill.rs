//! A trade.

use async_graphql::SimpleObject;
use projections::executions::FillView;

use super::order::Side;
use crate::graphql::scalars::{Exact, Place, Time};

#[derive(Debug, SimpleObject)]
pub(super) struct Fill {
    #[graphql(name = "fillId")]
    id: String,
    client_order_id: String,
    /// Null, like what follows of the order, when the order is further back than one answer looks.
    side: Option<Side>,
    slot: Option<String>,
    exchange: Option<String>,
    pair: Option<String>,
    price: Exact,
    quantity: Exact,
    notional: Exact,
    fee: Exact,
    fee_currency: String,
    filled_at: Time,
    position: Place,
}

impl From<FillView> for Fill {
    fn from(view: FillView) -> Self {
        let FillView {
            position,
            fill,
            order,
        } = view;
        let side = order.as_ref().map(|order| order.side.into());
        let slot = order.as_ref().map(|order| order.slot.clone());
        let exchange = order.as_ref().map(|order| order.exchange.clone());
        Self {
            side,
            slot,
            exchange,
            pair: order.map(|order| order.pair),
            notional: fill.price.notional(&fill.quantity).into(),
            price: fill.price.amount().into(),
            quantity: fill.quantity.amount().into(),
            id: fill.fill_id,
            client_order_id: fill.client_order_id.into(),
            fee: fill.fee.into(),
            fee_currency: fill.fee_currency,
            filled_at: fill.filled_at.into(),
            position: position.into(),
        }
    }
}
