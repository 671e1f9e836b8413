//! Records what the market gives for what is held, so that a loss is seen though nothing is traded.

use chrono::{DateTime, Utc};

use super::{Execution, ExecutionError, ExecutionEvent};
use crate::money::Price;

#[derive(Debug, Clone, PartialEq)]
pub struct MarkPosition {
    pub exchange: String,
    pub pair: String,
    pub price: Price,
    pub marked_at: DateTime<Utc>,
}

impl MarkPosition {
    /// Without an event where nothing is held, or at this price already.
    pub(super) fn decide(
        self,
        execution: &Execution,
    ) -> Result<Vec<ExecutionEvent>, ExecutionError> {
        execution.require_open()?;
        let held = execution.ledger.position_in(&self.exchange, &self.pair);
        let news = held.is_some_and(|held| {
            !held.base.is_zero() && held.mark.as_ref() != Some(self.price.amount())
        });
        Ok(Vec::from_iter(news.then_some(
            ExecutionEvent::PositionMarked {
                exchange: self.exchange,
                pair: self.pair,
                price: self.price,
                marked_at: self.marked_at,
            },
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::at;
    use crate::execution::ExecutionCommand;
    use crate::execution::examples::{fill, intended, opened, when};

    fn mark(price: i64) -> ExecutionCommand {
        ExecutionCommand::MarkPosition(MarkPosition {
            exchange: "binance".to_owned(),
            pair: "BTC/USDT".to_owned(),
            price: Price::try_new(price.into()).unwrap(),
            marked_at: at(3),
        })
    }

    fn marked(price: i64) -> ExecutionEvent {
        ExecutionEvent::PositionMarked {
            exchange: "binance".to_owned(),
            pair: "BTC/USDT".to_owned(),
            price: Price::try_new(price.into()).unwrap(),
            marked_at: at(3),
        }
    }

    fn holding() -> Vec<ExecutionEvent> {
        let filled = ExecutionEvent::OrderFilled(fill("a", "1", 1));
        vec![opened(), intended("a"), filled]
    }

    #[test]
    fn what_is_held_is_marked_once_at_a_price() {
        when(holding(), mark(50)).then_expect_events(vec![marked(50)]);
        let marked_before = [holding(), vec![marked(50)]].concat();
        when(marked_before, mark(50)).then_expect_events(vec![]);
    }

    #[test]
    fn where_nothing_is_held_nothing_is_marked() {
        when(vec![opened(), intended("a")], mark(50)).then_expect_events(vec![]);
        when(vec![], mark(50)).then_expect_error_message("the execution is not open");
    }
}
