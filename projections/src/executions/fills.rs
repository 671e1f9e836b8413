//! Trades, with the orders they belong to.

use std::collections::BTreeMap;

use domain::execution::{ExecutionEvent, Fill, OrderIntent};
use event_store::{EventLog, Position};

use super::window::Backwards;
use super::{Behind, Found, RunLog};
use crate::past::PastError;

#[derive(Debug, Clone, PartialEq)]
pub struct FillView {
    pub position: Position,
    pub fill: Fill,
    /// `None` when the order is further back than one answer looks.
    pub order: Option<OrderIntent>,
}

pub async fn fills(
    log: &dyn EventLog,
    run: &RunLog,
    behind: Behind,
) -> Result<Found<FillView>, PastError> {
    let mut walk = Backwards::from(log, run, behind.version);
    let mut items: Vec<(u64, FillView)> = Vec::new();
    let mut more = false;
    // Orders are recorded before their fills: the walk meets them later
    let mut missing: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let live = &run.loaded.aggregate.live_orders;
    while let Some(window) = walk.next().await? {
        for seen in window {
            let version = seen.version();
            let position = seen.recorded.position;
            match seen.event {
                ExecutionEvent::OrderFilled(fill) if items.len() < behind.limit as usize => {
                    let order = live.get(&fill.client_order_id).map(|o| o.intent.clone());
                    if order.is_none() {
                        let name = fill.client_order_id.as_str().to_owned();
                        missing.entry(name).or_default().push(items.len());
                    }
                    items.push((
                        version,
                        FillView {
                            position,
                            fill,
                            order,
                        },
                    ));
                }
                ExecutionEvent::OrderFilled(_) => more = true,
                ExecutionEvent::OrderIntended(intent) => {
                    for at in missing
                        .remove(intent.client_order_id.as_str())
                        .unwrap_or_default()
                    {
                        items[at].1.order = Some(intent.clone());
                    }
                }
                ExecutionEvent::ExecutionOpened { .. }
                | ExecutionEvent::ExecutionResumed { .. }
                | ExecutionEvent::OrderAcknowledged { .. }
                | ExecutionEvent::OrderRejected { .. }
                | ExecutionEvent::CancelIntended { .. }
                | ExecutionEvent::OrderCancelled { .. }
                | ExecutionEvent::TickSkipped { .. }
                | ExecutionEvent::PriceBandMeasured(_)
                | ExecutionEvent::PositionMarked { .. }
                | ExecutionEvent::ExecutionClosed { .. } => {}
            }
        }
        if more && missing.is_empty() {
            return Ok(Found { items, more });
        }
    }
    let more = more || !walk.reached_the_beginning();
    Ok(Found { items, more })
}
