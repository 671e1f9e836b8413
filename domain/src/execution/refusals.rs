//! Exchanges that refuse what a run orders there.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// By exchange, as far as it refused the last order. Only the exchanges that a run trades on are in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Refusals(BTreeMap<String, Refused>);

/// Orders that one exchange refused in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub orders: u32,
    pub last_at: DateTime<Utc>,
}

impl Refusals {
    /// `None` where the last order was taken, or there was none.
    pub fn on(&self, exchange: &str) -> Option<&Refused> {
        self.0.get(exchange)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn refused(&mut self, exchange: &str, at: DateTime<Utc>) {
        let before = self.on(exchange).map_or(0, |refused| refused.orders);
        let refused = Refused {
            orders: before.saturating_add(1),
            last_at: at,
        };
        self.0.insert(exchange.to_owned(), refused);
    }

    pub(super) fn took(&mut self, exchange: &str) {
        self.0.remove(exchange);
    }
}

#[cfg(test)]
mod tests {
    use crate::execution::examples::{acknowledged, fill, intended, opened};
    use crate::execution::{Execution, ExecutionEvent};

    fn rejected(order: &str) -> ExecutionEvent {
        ExecutionEvent::OrderRejected {
            client_order_id: crate::execution::examples::id(order),
            reason: "no funds".to_owned(),
            rejected_at: crate::examples::at(4),
        }
    }

    /// How many the exchange refused in a row.
    fn in_a_row(events: Vec<ExecutionEvent>) -> Option<u32> {
        let mut execution = Execution::default();
        execution.fold(events);
        let refused = execution.history.refusals.on("binance");
        refused.map(|refused| refused.orders)
    }

    #[test]
    fn refusals_count_until_an_order_is_taken() {
        let twice = vec![
            opened(),
            intended("a"),
            rejected("a"),
            intended("b"),
            rejected("b"),
            intended("c"),
        ];
        assert_eq!(in_a_row(twice.clone()), Some(2));
        let filled = ExecutionEvent::OrderFilled(fill("c", "1", 1));
        for taken in [acknowledged("c"), filled] {
            let mut events = twice.clone();
            events.push(taken);
            assert_eq!(in_a_row(events), None);
        }
    }
}
