//! What a tick decided.

use async_graphql::{Enum, SimpleObject};
use domain::execution::{self, OrderIntent};
use domain::phrase::{self, Param};
use projections::executions::{DecisionKind as Kind, DecisionView};

use super::order::{Side, inputs};
use crate::graphql::phrase::Phrase;
use crate::graphql::scalars::{Exact, Json, Place, Time};

#[derive(Debug, SimpleObject)]
pub(super) struct Decision {
    kind: DecisionKind,
    /// In words.
    sentence: String,
    /// What the sentence says.
    phrase: Phrase,
    client_order_id: Option<String>,
    slot: Option<String>,
    side: Option<Side>,
    price: Option<Exact>,
    quantity: Option<Exact>,
    reference_price: Option<Exact>,
    inputs: Option<Json>,
    reason: Option<String>,
    at: Time,
    position: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
enum DecisionKind {
    Order,
    Cancel,
    Skip,
}

impl From<DecisionView> for Decision {
    fn from(view: DecisionView) -> Self {
        let phrase = said(&view.kind);
        let mut decision = Self {
            kind: DecisionKind::Skip,
            sentence: phrase.to_string(),
            phrase: Phrase::from(&phrase),
            client_order_id: None,
            slot: None,
            side: None,
            price: None,
            quantity: None,
            reference_price: None,
            inputs: None,
            reason: None,
            at: view.at.into(),
            position: view.position.into(),
        };
        match view.kind {
            Kind::Order(order) => decision.tell_order(*order),
            Kind::Cancel {
                client_order_id,
                reason,
            } => {
                decision.kind = DecisionKind::Cancel;
                decision.client_order_id = Some(client_order_id.into());
                decision.reason = Some(reason);
            }
            Kind::Skip { reason } => decision.reason = Some(reason),
        }
        decision
    }
}

impl Decision {
    fn tell_order(&mut self, order: OrderIntent) {
        self.kind = DecisionKind::Order;
        self.client_order_id = Some(order.client_order_id.into());
        self.slot = Some(order.slot);
        self.side = Some(order.side.into());
        self.price = Some(order.price.amount().into());
        self.quantity = Some(order.quantity.amount().into());
        self.reference_price = Some(order.basis.reference_price.into());
        self.inputs = Some(inputs(&order.basis.inputs));
    }
}

fn said(kind: &Kind) -> phrase::Phrase {
    match kind {
        Kind::Order(order) => {
            let (quantity, pair) = (Param::text(&order.quantity), Param::text(&order.pair));
            let (price, slot) = (Param::text(&order.price), Param::text(&order.slot));
            match order.side {
                execution::Side::Buy => phrase::Phrase::DecidedBuy {
                    quantity,
                    pair,
                    price,
                    slot,
                },
                execution::Side::Sell => phrase::Phrase::DecidedSell {
                    quantity,
                    pair,
                    price,
                    slot,
                },
            }
        }
        Kind::Cancel {
            client_order_id,
            reason,
        } => phrase::Phrase::DecidedCancel {
            order: Param::text(client_order_id),
            reason: Param::text(reason),
        },
        Kind::Skip { reason } => phrase::Phrase::DecidedNothing {
            reason: Param::text(reason),
        },
    }
}
