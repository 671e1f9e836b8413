//! Orders in the place of others, in one request.

use domain::Trading;
use domain::execution::{LiveOrder, OrderIntent};
use tokio::time::timeout;

use super::super::lanes::Lane;
use super::{VenueCalls, not_asked, request};
use crate::venue::{OldOrder, ReplaceAnswer, Replacement};

impl VenueCalls {
    /// `None` where one request can't do it: it takes a venue that has such requests, and only one.
    pub(crate) async fn replace(
        &self,
        old: &[&LiveOrder],
        new: &[OrderIntent],
        trading: impl Fn(&str) -> Trading,
    ) -> Option<ReplaceAnswer> {
        let exchange = &new.first()?.exchange;
        let mut intents = old.iter().map(|order| &order.intent).chain(new);
        if intents.any(|intent| intent.exchange != *exchange) {
            return None;
        }
        let venue = self.venues.of_run(exchange, trading(exchange)).ok()?;
        let replaces = venue.replacing()?;
        if !self.admitted(exchange, Lane::Settle).await {
            let old = old.iter().map(|_| not_asked()).collect();
            return Some(ReplaceAnswer::NotReplaced { old });
        }
        let replacement = Replacement {
            old: old.iter().map(|order| named(order)).collect(),
            new: new.iter().map(request).collect(),
        };
        let answer = timeout(self.patience, replaces.replace(&replacement)).await;
        Some(answer.unwrap_or_else(|_| ReplaceAnswer::Unknown {
            reason: self.silence(),
        }))
    }
}

fn named(order: &LiveOrder) -> OldOrder {
    OldOrder {
        client_order_id: order.intent.client_order_id.clone(),
        pair: order.intent.pair.clone(),
        filled: order.filled.clone(),
    }
}
