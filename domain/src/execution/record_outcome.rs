//! Records what the venue answered. Reports may repeat: what is known already records nothing. A
//! trade counts whenever it is told, also after its order or the whole run has ended.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Execution, ExecutionError, ExecutionEvent, Fill, LiveOrder, OrderState};
use crate::ids::ClientOrderId;
use crate::money::Decimal;

/// One thing a venue said about one order.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Acknowledged {
        client_order_id: ClientOrderId,
        venue_order_id: String,
        at: DateTime<Utc>,
    },
    Rejected {
        client_order_id: ClientOrderId,
        reason: String,
        at: DateTime<Utc>,
    },
    Cancelled {
        client_order_id: ClientOrderId,
        at: DateTime<Utc>,
    },
    Filled(Fill),
}

/// In the order the venue reported them.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordOutcomes(pub Vec<Outcome>);

impl RecordOutcomes {
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        let trades_only = self.0.iter().all(|it| matches!(it, Outcome::Filled(_)));
        if !(execution.closed && trades_only) {
            execution.require_open()?;
        }
        let mut pending = Pending::default();
        let mut events = Vec::new();
        for outcome in self.0 {
            events.extend(pending.decide(execution, outcome));
        }
        Ok(events)
    }
}

/// What earlier outcomes of the same report already settled.
#[derive(Default)]
struct Pending {
    acknowledged: BTreeSet<ClientOrderId>,
    finished: BTreeSet<ClientOrderId>,
    filled: BTreeMap<ClientOrderId, Decimal>,
    fill_ids: BTreeSet<(ClientOrderId, String)>,
}

impl Pending {
    fn decide(&mut self, execution: &Execution, outcome: Outcome) -> Option<ExecutionEvent> {
        let id = outcome.client_order_id().clone();
        // Of a finished order only trades are news
        let live = execution
            .live_orders
            .get(&id)
            .filter(|_| !self.finished.contains(&id));
        match outcome {
            Outcome::Filled(fill) => self.fill(execution.known_order(&id)?, fill),
            Outcome::Acknowledged {
                client_order_id,
                venue_order_id,
                at,
            } => {
                let order = live?;
                let known = order.state == OrderState::Open || order.venue_order_id.is_some();
                if known || !self.acknowledged.insert(id) {
                    return None;
                }
                Some(ExecutionEvent::OrderAcknowledged {
                    client_order_id,
                    venue_order_id,
                    acknowledged_at: at,
                })
            }
            Outcome::Rejected {
                client_order_id,
                reason,
                at,
            } => {
                live?;
                self.finished.insert(id);
                Some(ExecutionEvent::OrderRejected {
                    client_order_id,
                    reason,
                    rejected_at: at,
                })
            }
            Outcome::Cancelled {
                client_order_id,
                at,
            } => {
                live?;
                self.finished.insert(id);
                Some(ExecutionEvent::OrderCancelled {
                    client_order_id,
                    cancelled_at: at,
                })
            }
        }
    }

    fn fill(&mut self, order: &LiveOrder, fill: Fill) -> Option<ExecutionEvent> {
        let id = fill.client_order_id.clone();
        let repeated = order.fill_ids.contains(&fill.fill_id)
            || !self.fill_ids.insert((id.clone(), fill.fill_id.clone()));
        if repeated {
            return None;
        }
        let ordered = order.intent.quantity.amount();
        let before = self.filled.get(&id).unwrap_or(&order.filled);
        let filled = before + fill.quantity.amount();
        // More than was ordered is the venue's fault, but it was traded all the same
        if filled >= *ordered {
            self.finished.insert(id.clone());
        }
        self.filled.insert(id, filled);
        Some(ExecutionEvent::OrderFilled(fill))
    }
}

impl Outcome {
    pub fn client_order_id(&self) -> &ClientOrderId {
        match self {
            Self::Acknowledged {
                client_order_id, ..
            }
            | Self::Rejected {
                client_order_id, ..
            }
            | Self::Cancelled {
                client_order_id, ..
            } => client_order_id,
            Self::Filled(fill) => &fill.client_order_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::execution::ExecutionCommand;
    use crate::execution::examples::{
        acknowledged, cancel_intended, cancelled, closed, fill, id, intended, opened, when,
    };

    fn record(outcomes: Vec<Outcome>) -> ExecutionCommand {
        ExecutionCommand::RecordOutcomes(RecordOutcomes(outcomes))
    }

    fn acknowledge(order: &str) -> Outcome {
        Outcome::Acknowledged {
            client_order_id: id(order),
            venue_order_id: format!("venue-{order}"),
            at: at(2),
        }
    }

    fn cancel(order: &str) -> Outcome {
        Outcome::Cancelled {
            client_order_id: id(order),
            at: at(4),
        }
    }

    fn reject(order: &str) -> Outcome {
        Outcome::Rejected {
            client_order_id: id(order),
            reason: "no funds".to_owned(),
            at: at(4),
        }
    }

    fn filled(order: &str, fill_id: &str, quantity: i64) -> ExecutionEvent {
        ExecutionEvent::OrderFilled(fill(order, fill_id, quantity))
    }

    fn trade(order: &str, fill_id: &str, quantity: i64) -> Outcome {
        Outcome::Filled(fill(order, fill_id, quantity))
    }

    #[test]
    fn what_the_venue_says_is_recorded_in_its_order() {
        let report = vec![acknowledge("a"), trade("a", "1", 1), trade("a", "2", 1)];
        when(vec![opened(), intended("a")], record(report)).then_expect_events(vec![
            acknowledged("a"),
            filled("a", "1", 1),
            filled("a", "2", 1),
        ]);
    }

    #[test]
    fn repetitions_record_nothing() {
        let report = || {
            vec![
                acknowledge("a"),
                trade("a", "1", 1),
                acknowledge("a"),
                trade("a", "1", 1),
            ]
        };
        let news = || vec![acknowledged("a"), filled("a", "1", 1)];
        let mut history = vec![opened(), intended("a")];
        when(history.clone(), record(report())).then_expect_events(news());
        history.extend(news());
        when(history, record(report())).then_expect_events(vec![]);
    }

    #[test]
    fn a_finished_order_has_no_other_end() {
        let rejected = ExecutionEvent::OrderRejected {
            client_order_id: id("a"),
            reason: "no funds".to_owned(),
            rejected_at: at(4),
        };
        let history = || vec![opened(), intended("a")];
        let after = || vec![acknowledge("a"), cancel("a"), reject("a")];
        for (last, event) in [
            (cancel("a"), cancelled("a")),
            (reject("a"), rejected),
            (trade("a", "1", 2), filled("a", "1", 2)),
        ] {
            let mut report = vec![last];
            report.extend(after());
            when(history(), record(report)).then_expect_events(vec![event.clone()]);
            let mut finished = history();
            finished.push(event);
            when(finished, record(after())).then_expect_events(vec![]);
        }
    }

    #[test]
    fn an_order_being_cancelled_may_still_be_acknowledged_and_filled() {
        let history = vec![opened(), intended("a"), cancel_intended("a")];
        let report = vec![acknowledge("a"), trade("a", "1", 1), cancel("a")];
        when(history, record(report)).then_expect_events(vec![
            acknowledged("a"),
            filled("a", "1", 1),
            cancelled("a"),
        ]);
    }

    #[test]
    fn a_trade_beyond_what_was_ordered_is_recorded_and_finishes_the_order() {
        let history = || vec![opened(), intended("a")];
        let whole = vec![trade("a", "1", 3), trade("a", "2", 1), cancel("a")];
        let both = vec![filled("a", "1", 3), filled("a", "2", 1)];
        when(history(), record(whole)).then_expect_events(both);
        let split = vec![trade("a", "1", 1), trade("a", "2", 2)];
        let events = vec![filled("a", "1", 1), filled("a", "2", 2)];
        when(history(), record(split)).then_expect_events(events);
        let mut half = history();
        half.push(filled("a", "1", 1));
        let rest = record(vec![trade("a", "2", 2)]);
        when(half, rest).then_expect_events(vec![filled("a", "2", 2)]);
    }

    #[test]
    fn orders_of_other_runs_are_none_of_its_business() {
        when(vec![opened()], record(vec![acknowledge("other")])).then_expect_events(vec![]);
    }

    #[test]
    fn refuses_a_run_that_is_not_open() {
        for history in [vec![], vec![opened(), closed()]] {
            when(history, record(vec![cancel("a")]))
                .then_expect_error_message("the execution is not open");
        }
    }
}
