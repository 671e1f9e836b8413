//! A run's state: its live orders and counters. Of the orders that ended only the last stay, so a
//! run of any length stays small.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use cqrs_es::event_sink::EventSink;
use serde::{Deserialize, Serialize};

use super::{
    EndedOrders, ExecutionCommand, ExecutionError, ExecutionEvent, History, Ledger, LiveOrder,
    OrderState, PaidIn,
};
use crate::event::aggregate_type;
use crate::executor_catalogue::Trading;
use crate::ids::ClientOrderId;
use crate::money::Decimal;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Execution {
    pub opened: bool,
    pub closed: bool,
    /// Orders that may still be at the venue.
    pub live_orders: BTreeMap<ClientOrderId, LiveOrder>,
    /// Orders of which a trade may still be told.
    #[serde(default)]
    pub ended_orders: EndedOrders,
    /// Orders intended so far; the next order's number.
    pub intended: u64,
    /// For executors that count: trades published, whether filled or not.
    pub executed_trades: u32,
    /// How its exchanges are traded on, where that is not on paper.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub trading: BTreeMap<String, Trading>,
    pub fills: u64,
    /// Net base currency bought (negative: sold).
    pub net_base: Option<Decimal>,
    /// Net quote currency received (negative: spent). Both include the fees paid in them.
    pub net_quote: Option<Decimal>,
    #[serde(default)]
    pub history: History,
    #[serde(default)]
    pub ledger: Ledger,
    /// So that the same reason is recorded once.
    pub(super) skip_reason: Option<String>,
}

impl Execution {
    /// How the run trades on `exchange`.
    pub fn trading_on(&self, exchange: &str) -> Trading {
        self.trading
            .get(exchange)
            .copied()
            .unwrap_or(Trading::Paper)
    }

    /// An order that is live, or of which a trade may still be told.
    pub fn known_order(&self, id: &ClientOrderId) -> Option<&LiveOrder> {
        let live = self.live_orders.get(id);
        live.or_else(|| self.ended_orders.get(id))
    }

    pub fn is_open(&self) -> bool {
        self.opened && !self.closed
    }

    pub(super) fn require_open(&self) -> Result<(), ExecutionError> {
        if self.is_open() {
            Ok(())
        } else {
            Err(ExecutionError::NotOpen)
        }
    }

    fn begin(&mut self, executed_trades: u32, trading: BTreeMap<String, Trading>) {
        self.opened = true;
        self.executed_trades = executed_trades;
        self.trading = trading;
    }

    fn record_fill(&mut self, fill: super::Fill) {
        let id = fill.client_order_id.clone();
        let live = self.live_orders.get_mut(&id);
        let Some(order) = live.or_else(|| self.ended_orders.get_mut(&id)) else {
            return;
        };
        self.history.refusals.took(&order.intent.exchange);
        self.ledger.traded(&order.intent, &fill);
        let was_whole = !order.remaining().is_positive();
        order.filled = &order.filled + fill.quantity.amount();
        order.fill_ids.insert(fill.fill_id);
        let notional = fill.price.notional(&fill.quantity);
        let (base, quote) = match order.intent.side {
            super::Side::Buy => (fill.quantity.amount().clone(), -&notional),
            super::Side::Sell => (-fill.quantity.amount(), notional),
        };
        let (base, quote) = match PaidIn::of(&fill.fee_currency, &order.intent.pair) {
            PaidIn::Quote => (base, &quote - &fill.fee),
            PaidIn::Base => (&base - &fill.fee, quote),
            PaidIn::Other => (base, quote),
        };
        let completed = !was_whole && !order.remaining().is_positive();
        self.net_base = Some(
            self.net_base
                .as_ref()
                .map_or(base.clone(), |net| net + &base),
        );
        self.net_quote = Some(
            self.net_quote
                .as_ref()
                .map_or(quote.clone(), |net| net + &quote),
        );
        self.fills += 1;
        let side = order.intent.side;
        self.history.traded(side, &fill.price, &fill.quantity);
        if completed {
            self.history.completed(&order.intent, fill.filled_at);
            self.end_order(&id, fill.filled_at);
        }
    }

    fn acknowledge(&mut self, id: &ClientOrderId, venue_order_id: String) {
        if let Some(order) = self.live_orders.get_mut(id) {
            self.history.refusals.took(&order.intent.exchange);
            order.venue_order_id = Some(venue_order_id);
            if order.state == OrderState::Intended {
                order.state = OrderState::Open;
            }
        }
    }

    fn reject(&mut self, id: &ClientOrderId, at: DateTime<Utc>) {
        if let Some(order) = self.live_orders.get(id) {
            self.history.refusals.refused(&order.intent.exchange, at);
        }
        self.end_order(id, at);
    }

    fn end_order(&mut self, id: &ClientOrderId, at: DateTime<Utc>) {
        if let Some(order) = self.live_orders.remove(id) {
            self.ended_orders.push(order, at);
        }
    }
}

impl Execution {
    /// Takes in what was recorded, for those who follow a run beside its stream.
    pub fn fold(&mut self, events: impl IntoIterator<Item = ExecutionEvent>) {
        for event in events {
            self.apply(event);
        }
    }
}

impl Aggregate for Execution {
    const TYPE: &'static str = aggregate_type::EXECUTION;
    type Command = ExecutionCommand;
    type Event = ExecutionEvent;
    type Error = ExecutionError;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &Self::Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Self::Error> {
        let events = match command {
            ExecutionCommand::Open(open) => open.decide(self)?,
            ExecutionCommand::Resume(resume) => resume.decide(self)?,
            ExecutionCommand::IntendOrders(intend) => intend.decide(self)?,
            ExecutionCommand::IntendCancels(intend) => intend.decide(self)?,
            ExecutionCommand::RecordOutcomes(record) => record.decide(self)?,
            ExecutionCommand::MeasurePriceBand(measure) => measure.decide(self)?,
            ExecutionCommand::MarkPosition(mark) => mark.decide(self)?,
            ExecutionCommand::SkipTick(skip) => skip.decide(self)?,
            ExecutionCommand::Close(close) => close.decide(self)?,
        };
        for event in events {
            sink.write(event, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Self::Event) {
        match event {
            ExecutionEvent::ExecutionOpened {
                executed_trades,
                trading,
                ..
            } => self.begin(executed_trades, trading),
            ExecutionEvent::ExecutionResumed { .. } => {}
            ExecutionEvent::OrderIntended(intent) => {
                self.intended += 1;
                self.executed_trades = intent.executed_trades.unwrap_or(self.executed_trades);
                self.skip_reason = None;
                self.ledger.decided(&intent);
                let live = &self.live_orders;
                self.history.intended(intent.tick_at, |batch| {
                    live.values().any(|order| order.intent.tick_at == batch)
                });
                self.live_orders
                    .insert(intent.client_order_id.clone(), LiveOrder::new(intent));
            }
            ExecutionEvent::OrderAcknowledged {
                client_order_id,
                venue_order_id,
                ..
            } => self.acknowledge(&client_order_id, venue_order_id),
            ExecutionEvent::OrderRejected {
                client_order_id,
                rejected_at,
                ..
            } => self.reject(&client_order_id, rejected_at),
            ExecutionEvent::OrderCancelled {
                client_order_id,
                cancelled_at,
            } => self.end_order(&client_order_id, cancelled_at),
            ExecutionEvent::CancelIntended {
                client_order_id, ..
            } => {
                if let Some(order) = self.live_orders.get_mut(&client_order_id) {
                    order.state = OrderState::Cancelling;
                }
            }
            ExecutionEvent::OrderFilled(fill) => self.record_fill(fill),
            ExecutionEvent::TickSkipped { reason, .. } => self.skip_reason = Some(reason),
            ExecutionEvent::PriceBandMeasured(band) => self.history.band = Some(band),
            ExecutionEvent::PositionMarked {
                exchange,
                pair,
                price,
                ..
            } => self.ledger.marked(&exchange, &pair, &price),
            ExecutionEvent::ExecutionClosed { .. } => self.closed = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::intent;
    use crate::execution::examples::{acknowledged, cancel_intended, fill, id, intended, opened};
    use crate::execution::{OrderIntent, Side};

    fn after(events: Vec<ExecutionEvent>) -> Execution {
        let mut execution = Execution::default();
        for event in events {
            execution.apply(event);
        }
        execution
    }

    fn filled(order: &str, fill_id: &str, fee_currency: &str) -> ExecutionEvent {
        let fee_currency = fee_currency.to_owned();
        ExecutionEvent::OrderFilled(super::super::Fill {
            fee_currency,
            ..fill(order, fill_id, 1)
        })
    }

    #[test]
    fn an_order_is_live_until_all_of_it_traded() {
        let half = after(vec![
            opened(),
            intended("a"),
            acknowledged("a"),
            filled("a", "1", "USDT"),
        ]);
        let order = &half.live_orders[&id("a")];
        assert_eq!(order.state, OrderState::Open);
        assert_eq!(order.venue_order_id.as_deref(), Some("venue-a"));
        assert_eq!(order.remaining(), Decimal::one());
        let mut whole = half;
        whole.apply(filled("a", "2", "USDT"));
        assert!(whole.live_orders.is_empty());
        assert_eq!(whole.fills, 2);
    }

    #[test]
    fn an_order_of_which_too_much_traded_is_over() {
        let history = vec![opened(), intended("a"), filled("a", "1", "USDT")];
        let mut execution = after(history);
        execution.apply(ExecutionEvent::OrderFilled(fill("a", "2", 2)));
        assert!(execution.live_orders.is_empty());
        assert_eq!(execution.fills, 2);
    }

    #[test]
    fn a_late_acknowledgement_does_not_undo_a_cancellation() {
        let late = after(vec![
            opened(),
            intended("a"),
            cancel_intended("a"),
            acknowledged("a"),
        ]);
        assert_eq!(late.live_orders[&id("a")].state, OrderState::Cancelling);
    }

    #[test]
    fn fees_lower_the_balance_they_were_paid_from() {
        let sell = ExecutionEvent::OrderIntended(intent("s", Side::Sell, 2));
        let in_quote = after(vec![opened(), intended("a"), filled("a", "1", "USDT")]);
        assert_eq!(in_quote.net_base, Some(1.into()));
        assert_eq!(in_quote.net_quote, Some("-100.5".parse().unwrap()));
        let in_base = after(vec![opened(), sell, filled("s", "1", "BTC")]);
        assert_eq!(in_base.net_base, Some("-1.5".parse().unwrap()));
        assert_eq!(in_base.net_quote, Some(100.into()));
        let in_a_third = after(vec![opened(), intended("a"), filled("a", "1", "BNB")]);
        assert_eq!(in_a_third.net_base, Some(1.into()));
        assert_eq!(in_a_third.net_quote, Some((-100).into()));
    }

    #[test]
    fn trades_are_counted_as_the_orders_say() {
        let counting = |order: &str, executed_trades| {
            let intent = intent(order, Side::Buy, 1);
            ExecutionEvent::OrderIntended(OrderIntent {
                executed_trades,
                ..intent
            })
        };
        let execution = after(vec![opened(), counting("a", Some(4)), counting("b", None)]);
        assert_eq!(execution.executed_trades, 4);
        assert_eq!(execution.intended, 2);
    }
}
