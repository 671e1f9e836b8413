//! Any sequence of commands to one execution.

use std::collections::{BTreeMap, BTreeSet};

use domain::execution::{
    CloseExecution, Execution, ExecutionCommand, ExecutionEvent, Fill, IntendCancels, IntendOrders,
    MarkPosition, OpenExecution, Outcome, RecordOutcomes, ResumeExecution, Side, SkipTick,
};
use domain::ids::ClientOrderId;
use domain::money::{Decimal, Price, Quantity};
use proptest::prelude::*;

use super::{Live, config};
use crate::examples::{at, intent, plan};

fn order() -> impl Strategy<Value = String> {
    "[a-l]"
}

fn id() -> impl Strategy<Value = ClientOrderId> {
    order().prop_map(ClientOrderId::new)
}

fn fill() -> impl Strategy<Value = Outcome> {
    let currency = prop_oneof![Just("USDT"), Just("BTC"), Just("BNB")];
    (id(), 0..6_u8, 1..4_i64, currency).prop_map(|(client_order_id, trade, quantity, currency)| {
        Outcome::Filled(Fill {
            client_order_id,
            fill_id: trade.to_string(),
            price: Price::try_new("99.5".parse().unwrap()).unwrap(),
            quantity: Quantity::try_new(quantity.into()).unwrap(),
            fee: "0.01".parse().unwrap(),
            fee_currency: currency.to_owned(),
            filled_at: at(5),
        })
    })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        2 => id().prop_map(|client_order_id| Outcome::Acknowledged {
            client_order_id,
            venue_order_id: "v".to_owned(),
            at: at(2),
        }),
        1 => id().prop_map(|client_order_id| Outcome::Rejected {
            client_order_id,
            reason: "no funds".to_owned(),
            at: at(3),
        }),
        1 => id().prop_map(|client_order_id| Outcome::Cancelled { client_order_id, at: at(4) }),
        5 => fill(),
    ]
}

fn intend() -> impl Strategy<Value = ExecutionCommand> {
    let side = prop_oneof![Just(Side::Buy), Just(Side::Sell)];
    let orders = proptest::collection::vec((order(), side, 1..6_i64), 0..4);
    orders.prop_map(|orders| {
        let intents = orders
            .iter()
            .map(|(order, side, quantity)| intent(order, *side, *quantity));
        ExecutionCommand::IntendOrders(IntendOrders(intents.collect()))
    })
}

fn command() -> impl Strategy<Value = ExecutionCommand> {
    prop_oneof![
        1 => Just(ExecutionCommand::Resume(ResumeExecution { resumed_at: at(6) })),
        4 => intend(),
        2 => proptest::collection::vec(id(), 0..4).prop_map(|client_order_ids| {
            ExecutionCommand::IntendCancels(IntendCancels {
                client_order_ids,
                reason: "refresh".to_owned(),
                tick_at: at(3),
            })
        }),
        8 => proptest::collection::vec(outcome(), 0..5)
            .prop_map(|outcomes| ExecutionCommand::RecordOutcomes(RecordOutcomes(outcomes))),
        1 => (90..110_i64).prop_map(|price| {
            ExecutionCommand::MarkPosition(MarkPosition {
                exchange: "binance".to_owned(),
                pair: "BTC/USDT".to_owned(),
                price: Price::try_new(price.into()).unwrap(),
                marked_at: at(7),
            })
        }),
        1 => "[ab]".prop_map(|reason| {
            ExecutionCommand::SkipTick(SkipTick { reason, tick_at: at(1) })
        }),
        1 => Just(ExecutionCommand::Close(CloseExecution {
            reason: "stopped".to_owned(),
            closed_at: at(9),
        })),
    ]
}

fn open() -> ExecutionCommand {
    let plan = plan();
    ExecutionCommand::Open(OpenExecution {
        strategy_key: plan.strategy_key,
        run: 1,
        executor_type: plan.executor_type,
        executed_trades: 0,
        trading: std::collections::BTreeMap::new(),
        opened_at: at(0),
    })
}

/// What each order may still trade, by its events alone.
#[derive(Default)]
struct Book {
    live: BTreeMap<ClientOrderId, Decimal>,
    ended: BTreeSet<ClientOrderId>,
}

impl Book {
    fn note(&mut self, event: &ExecutionEvent) -> Result<(), TestCaseError> {
        match event {
            ExecutionEvent::OrderIntended(intent) => {
                let quantity = intent.quantity.amount().clone();
                let before = self.live.insert(intent.client_order_id.clone(), quantity);
                prop_assert!(before.is_none(), "the order was live already");
                prop_assert!(!self.ended.contains(&intent.client_order_id));
            }
            ExecutionEvent::OrderFilled(fill) => {
                let id = &fill.client_order_id;
                let Some(before) = self.live.get_mut(id) else {
                    prop_assert!(self.ended.contains(id), "an order nobody intended traded");
                    return Ok(());
                };
                *before = &*before - fill.quantity.amount();
                // A venue may report more than was ordered; that is recorded, and ends the order
                if !before.is_positive() {
                    self.end(id);
                }
            }
            ExecutionEvent::OrderRejected {
                client_order_id, ..
            }
            | ExecutionEvent::OrderCancelled {
                client_order_id, ..
            } => {
                prop_assert!(self.end(client_order_id));
            }
            ExecutionEvent::ExecutionClosed { .. } => prop_assert!(self.live.is_empty()),
            ExecutionEvent::ExecutionOpened { .. }
            | ExecutionEvent::ExecutionResumed { .. }
            | ExecutionEvent::OrderAcknowledged { .. }
            | ExecutionEvent::CancelIntended { .. }
            | ExecutionEvent::TickSkipped { .. }
            | ExecutionEvent::PriceBandMeasured(_)
            | ExecutionEvent::PositionMarked { .. } => {}
        }
        Ok(())
    }

    fn end(&mut self, id: &ClientOrderId) -> bool {
        self.ended.insert(id.clone());
        self.live.remove(id).is_some()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn orders_that_traded_what_was_ordered_are_over(
        before_opening in proptest::collection::vec(command(), 0..3),
        commands in proptest::collection::vec(command(), 1..30),
    ) {
        let mut live = Live::<Execution>::new(());
        let mut book = Book::default();
        let commands = before_opening.into_iter().chain([open()]).chain(commands);
        for command in commands {
            for event in live.take(command).unwrap_or_default() {
                book.note(&event)?;
            }
            let orders = &live.aggregate.live_orders;
            let remaining = orders.iter().map(|(id, order)| (id.clone(), order.remaining()));
            prop_assert_eq!(remaining.collect::<BTreeMap<_, _>>(), book.live.clone());
            prop_assert!(!live.aggregate.closed || orders.is_empty());
        }
        live.assert_rebuilt_is_live();
    }
}
