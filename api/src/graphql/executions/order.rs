//! An order, with everything that happened to it.

use async_graphql::{Enum, SimpleObject};
use projections::executions::{FillView, OrderView};

use super::fill::Fill;
use crate::graphql::scalars::{Exact, Json, Place, Time};

#[derive(Debug, SimpleObject)]
pub(super) struct Order {
    client_order_id: String,
    venue_order_id: Option<String>,
    /// What the order is for: `mm-layer-1-buy`.
    slot: String,
    exchange: String,
    pair: String,
    side: Side,
    price: Exact,
    quantity: Exact,
    filled: Exact,
    remaining: Exact,
    post_only: bool,
    state: OrderState,
    /// Why it was cancelled or rejected.
    reason: Option<String>,
    reference_price: Exact,
    /// Named market inputs of the decision.
    inputs: Json,
    intended_at: Time,
    acknowledged_at: Option<Time>,
    ended_at: Option<Time>,
    position: Place,
    fills: Vec<Fill>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::execution::Side")]
pub(crate) enum Side {
    Buy,
    Sell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::executions::OrderProgress")]
enum OrderState {
    /// Recorded; whether the venue has it is not known yet.
    Intended,
    Open,
    Cancelling,
    Cancelled,
    Rejected,
    Filled,
}

impl From<OrderView> for Order {
    fn from(order: OrderView) -> Self {
        let fills = order.fills.iter().map(|(position, fill)| {
            Fill::from(FillView {
                position: *position,
                fill: fill.clone(),
                order: Some(order.intent.clone()),
            })
        });
        Self {
            fills: fills.collect(),
            filled: order.filled().into(),
            remaining: order.remaining().into(),
            client_order_id: order.intent.client_order_id.into(),
            venue_order_id: order.venue_order_id,
            slot: order.intent.slot,
            exchange: order.intent.exchange,
            pair: order.intent.pair,
            side: order.intent.side.into(),
            price: order.intent.price.amount().into(),
            quantity: order.intent.quantity.amount().into(),
            post_only: order.intent.post_only,
            state: order.progress.into(),
            reason: order.reason,
            reference_price: order.intent.basis.reference_price.into(),
            inputs: inputs(&order.intent.basis.inputs),
            intended_at: order.intent.tick_at.into(),
            acknowledged_at: order.acknowledged_at.map(Time),
            ended_at: order.ended_at.map(Time),
            position: order.position.into(),
        }
    }
}

/// Decimals stay texts.
pub(super) fn inputs(inputs: &std::collections::BTreeMap<String, domain::money::Decimal>) -> Json {
    let members = inputs.iter();
    let members: serde_json::Map<String, serde_json::Value> = members
        .map(|(name, value)| (name.clone(), value.to_string().into()))
        .collect();
    members.into()
}
