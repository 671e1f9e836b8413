//! The orders that count when one more is looked at.

use domain::execution::{Execution, LiveOrder, OrderIntent, OrderState};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing<'a> {
    pub(crate) execution: &'a Execution,
    /// Of the same decision: let through before, and not live yet.
    pub(crate) pending: &'a [OrderIntent],
    pub(crate) leaving: Leaving,
}

/// Whether orders that are being cancelled count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaving {
    Counts,
    /// The order that is looked at will only be sent once they are gone.
    IsGone,
}

impl<'a> Standing<'a> {
    pub(crate) fn live(self) -> impl Iterator<Item = &'a LiveOrder> {
        let live = self.execution.live_orders.values();
        live.filter(move |order| {
            self.leaving == Leaving::Counts || order.state != OrderState::Cancelling
        })
    }

    pub(crate) fn count(self) -> usize {
        self.live().count() + self.pending.len()
    }
}
