//! Orders that are over, kept for as long as a venue may still tell of a trade of theirs: the
//! news that an order was cancelled can overtake the news of what traded before.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::LiveOrder;
use crate::ids::ClientOrderId;

/// How many are kept however long ago they ended: ten thousand runs with so many fit into a gigabyte.
const KEPT: usize = 80;
/// How many are kept of those that ended within [`LATE`]: the most live orders that a run may have,
/// replaced twice.
const KEPT_OF_LATE: usize = 400;
const LATE: TimeDelta = TimeDelta::minutes(1);

/// The last orders that ended, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EndedOrders(VecDeque<EndedOrder>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct EndedOrder {
    /// Shared: a state is copied at every command, and there are many of these.
    #[serde(with = "shared")]
    order: Arc<LiveOrder>,
    /// When it was cancelled, refused or traded whole.
    ended_at: DateTime<Utc>,
}

impl EndedOrders {
    pub fn get(&self, id: &ClientOrderId) -> Option<&LiveOrder> {
        let ended = self.0.iter().rev().find(|ended| ended.is(id));
        ended.map(|ended| ended.order.as_ref())
    }

    /// Those that ended at `since` or later.
    pub fn since(&self, since: DateTime<Utc>) -> impl Iterator<Item = &LiveOrder> {
        let late = self.0.iter().filter(move |ended| ended.ended_at >= since);
        late.map(|ended| ended.order.as_ref())
    }

    pub(super) fn get_mut(&mut self, id: &ClientOrderId) -> Option<&mut LiveOrder> {
        let ended = self.0.iter_mut().rev().find(|ended| ended.is(id));
        ended.map(|ended| Arc::make_mut(&mut ended.order))
    }

    /// What the order was decided on is in the log; a trade does not need it.
    pub(super) fn push(&mut self, mut order: LiveOrder, ended_at: DateTime<Utc>) {
        order.intent.basis.inputs = BTreeMap::new();
        while self.0.len() >= KEPT
            && let Some(oldest) = self.0.front()
            && (self.0.len() >= KEPT_OF_LATE || oldest.ended_at + LATE < ended_at)
        {
            self.0.pop_front();
        }
        self.0.push_back(EndedOrder {
            order: Arc::new(order),
            ended_at,
        });
    }
}

impl EndedOrder {
    fn is(&self, id: &ClientOrderId) -> bool {
        self.order.intent.client_order_id == *id
    }
}

/// As if it were not shared.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::execution::LiveOrder;

    pub(super) fn serialize<S: Serializer>(
        order: &Arc<LiveOrder>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        order.as_ref().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Arc<LiveOrder>, D::Error> {
        LiveOrder::deserialize(deserializer).map(Arc::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::execution::examples::{
        acknowledged, cancelled, closed, fill, id, intended, opened, when,
    };
    use crate::execution::{Execution, ExecutionCommand, ExecutionEvent, Outcome, RecordOutcomes};

    fn filled(order: &str, fill_id: &str, quantity: i64) -> ExecutionEvent {
        ExecutionEvent::OrderFilled(fill(order, fill_id, quantity))
    }

    fn traded(trades: &[(&str, i64)]) -> ExecutionCommand {
        let outcomes = trades
            .iter()
            .map(|(fill_id, quantity)| Outcome::Filled(fill("a", fill_id, *quantity)));
        ExecutionCommand::RecordOutcomes(RecordOutcomes(outcomes.collect()))
    }

    fn rejected() -> ExecutionEvent {
        ExecutionEvent::OrderRejected {
            client_order_id: id("a"),
            reason: "never reached the venue".to_owned(),
            rejected_at: crate::examples::at(4),
        }
    }

    fn folded(events: &[ExecutionEvent]) -> Execution {
        let mut execution = Execution::default();
        execution.fold(events.iter().cloned());
        execution
    }

    #[test]
    fn a_trade_told_after_its_order_ended_is_counted_once() {
        for end in [cancelled("a"), rejected(), filled("a", "0", 2)] {
            let mut history = vec![opened(), intended("a"), acknowledged("a"), end];
            when(history.clone(), traded(&[("1", 1), ("1", 1)]))
                .then_expect_events(vec![filled("a", "1", 1)]);
            history.push(filled("a", "1", 1));
            when(history, traded(&[("1", 1)])).then_expect_events(vec![]);
        }
    }

    #[test]
    fn a_trade_told_after_the_run_was_closed_is_recorded_and_nothing_else() {
        let history = vec![opened(), intended("a"), cancelled("a"), closed()];
        when(history, traded(&[("1", 1)])).then_expect_events(vec![filled("a", "1", 1)]);
    }

    #[test]
    fn a_late_trade_moves_the_position_and_brings_no_order_back() {
        let events = [opened(), intended("a"), cancelled("a"), filled("a", "1", 1)];
        let late = folded(&events);
        assert_eq!(late.net_base, Some(1.into()));
        assert_eq!(late.net_quote, Some("-100.5".parse().unwrap()));
        assert_eq!(late.fills, 1);
        assert!(late.live_orders.is_empty());
        assert!(late.history.completed.is_empty());
        let in_time = folded(&[opened(), intended("a"), filled("a", "1", 1), cancelled("a")]);
        assert_eq!(late.ledger, in_time.ledger);
    }

    #[test]
    fn an_order_completes_once_also_when_the_last_trade_is_late() {
        let mut events = vec![opened(), intended("a"), cancelled("a"), filled("a", "1", 2)];
        assert_eq!(folded(&events).history.filled_buys, 1);
        events.push(filled("a", "2", 1));
        let beyond = folded(&events);
        assert_eq!(beyond.history.filled_buys, 1);
        assert_eq!(beyond.net_base, Some(3.into()));
    }

    fn cancelled_at(order: &str, second: u32) -> ExecutionEvent {
        ExecutionEvent::OrderCancelled {
            client_order_id: id(order),
            cancelled_at: crate::examples::at(second),
        }
    }

    /// So many orders, one cancelled every so many seconds.
    fn ended_every(seconds: u32, orders: usize) -> EndedOrders {
        let mut events = vec![opened()];
        for (number, turn) in (0..orders).zip(0..) {
            let name = number.to_string();
            events.extend([intended(&name), cancelled_at(&name, turn * seconds)]);
        }
        folded(&events).ended_orders
    }

    #[test]
    fn the_last_eighty_are_kept() {
        let ended = ended_every(10, KEPT + 1);
        assert!(ended.get(&id("0")).is_none());
        assert!(ended.get(&id("1")).is_some());
        assert_eq!(ended.since(DateTime::UNIX_EPOCH).count(), KEPT);
        assert_eq!(ended.since(DateTime::<Utc>::MAX_UTC).count(), 0);
    }

    #[test]
    fn more_are_kept_of_those_that_have_just_ended() {
        let at_once = ended_every(0, KEPT_OF_LATE + 1);
        assert!(at_once.get(&id("0")).is_none());
        assert!(at_once.get(&id("1")).is_some());
        assert_eq!(ended_every(1, KEPT_OF_LATE).0.len(), KEPT);
    }
}
