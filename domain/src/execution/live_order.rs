//! An order as far as its venue has told.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::OrderIntent;
use crate::money::Decimal;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LiveOrder {
    pub intent: OrderIntent,
    pub state: OrderState,
    pub venue_order_id: Option<String>,
    pub filled: Decimal,
    pub(super) fill_ids: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Recorded; whether the venue has it is not known yet.
    Intended,
    Open,
    /// A cancellation was recorded; the venue has not confirmed it.
    Cancelling,
}

impl LiveOrder {
    /// Of no use to later decisions, and large: what was seen is not kept.
    pub fn new(intent: OrderIntent) -> Self {
        Self {
            intent: OrderIntent {
                seen: None,
                ..intent
            },
            state: OrderState::Intended,
            venue_order_id: None,
            filled: Decimal::zero(),
            fill_ids: BTreeSet::new(),
        }
    }

    pub fn remaining(&self) -> Decimal {
        self.intent.quantity.amount() - &self.filled
    }

    /// Whether a trade is part of [`Self::filled`] already.
    pub fn counts(&self, fill_id: &str) -> bool {
        self.fill_ids.contains(fill_id)
    }
}
