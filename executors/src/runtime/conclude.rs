//! What a venue's answer about one of our orders proves. Pure, and never more than is proven.

use chrono::{DateTime, TimeDelta, Utc};
use domain::execution::{LiveOrder, Outcome};

use crate::venue::{OrderAnswer, OrderReport, ReportedState};

/// `grace`: how long after it was decided an order may still be on its way to the venue.
pub(crate) fn conclude(
    order: &LiveOrder,
    answer: OrderAnswer,
    now: DateTime<Utc>,
    grace: TimeDelta,
) -> Vec<Outcome> {
    let client_order_id = order.intent.client_order_id.clone();
    match answer {
        OrderAnswer::Known(report) => reported(order, report),
        // It was there once: a venue that no longer knows it can't trade it any more
        OrderAnswer::NotFound if order.venue_order_id.is_some() => vec![Outcome::Cancelled {
            client_order_id,
            at: now,
        }],
        OrderAnswer::NotFound if now - order.intent.tick_at >= grace => vec![Outcome::Rejected {
            client_order_id,
            reason: "never reached the venue".to_owned(),
            at: now,
        }],
        OrderAnswer::NotFound | OrderAnswer::Unknown { .. } => vec![],
    }
}

fn reported(order: &LiveOrder, report: OrderReport) -> Vec<Outcome> {
    let client_order_id = &order.intent.client_order_id;
    let mut outcomes = Vec::with_capacity(report.fills.len() + 2);
    if order.venue_order_id.is_none() {
        outcomes.push(Outcome::Acknowledged {
            client_order_id: client_order_id.clone(),
            venue_order_id: report.venue_order_id,
            at: report.placed_at,
        });
    }
    outcomes.extend(report.fills.into_iter().map(Outcome::Filled));
    if let ReportedState::Cancelled { at } = report.state {
        outcomes.push(Outcome::Cancelled {
            client_order_id: client_order_id.clone(),
            at,
        });
    }
    outcomes
}
