//! What must be true once everything is at rest: the log and the venue tell of the same trades.

use std::collections::{BTreeMap, BTreeSet};

use domain::execution::{ExecutionEvent, Side};
use domain::ids::StrategyKey;
use domain::money::Decimal;
use executors::venue::ReportedState;

use crate::support::{Exchange, Placed, World};

/// Every order was intended once, no more of it traded than was ordered, none is left, and each trade
/// was counted exactly once.
pub(super) async fn assert_agreement(world: &World, keys: &[StrategyKey]) {
    let orders = world.binance.all();
    let (mut intended, mut counted) = (BTreeSet::new(), BTreeMap::new());
    for key in keys {
        for run in 1..=world.runs(key).await {
            let execution = world.execution(key, run).await;
            assert!(!execution.is_open(), "run {run} of {key} does not end");
            let mut of_run = BTreeSet::new();
            for event in world.events(key, run).await {
                match event {
                    ExecutionEvent::OrderIntended(intent) => {
                        let id = intent.client_order_id;
                        assert!(intended.insert(id.clone()), "{id} was intended twice");
                        of_run.insert(id);
                    }
                    ExecutionEvent::OrderFilled(fill) => {
                        *counted.entry(fill.fill_id).or_insert(0_u32) += 1;
                    }
                    _ => {}
                }
            }
            let of_run: Vec<&Placed> = orders
                .iter()
                .filter(|order| of_run.contains(&order.request.client_order_id))
                .collect();
            for side in [Side::Buy, Side::Sell] {
                let positions = &execution.ledger.positions;
                let turnovers = positions.iter().map(|position| match side {
                    Side::Buy => &position.bought,
                    Side::Sell => &position.sold,
                });
                let booked = turnovers.fold(Decimal::zero(), |sum, turnover| &sum + &turnover.base);
                let traded = of_run.iter().filter(|order| order.is(side));
                let traded = traded.fold(Decimal::zero(), |sum, order| &sum + &order.filled());
                assert_eq!(
                    booked, traded,
                    "{side:?} in the ledger of run {run} of {key}"
                );
            }
        }
    }
    let mut traded = BTreeMap::new();
    for order in &orders {
        let id = &order.request.client_order_id;
        assert!(intended.contains(id), "{id} was sent without a record");
        assert_ne!(order.report.state, ReportedState::Open, "{id} is left open");
        let ordered = order.request.quantity.amount();
        assert!(order.filled() <= *ordered, "{id} traded too much");
        for fill in &order.report.fills {
            traded.insert(fill.fill_id.clone(), 1);
        }
    }
    assert_eq!(counted, traded, "how often each trade was counted");
}

/// Two orders of ours that could trade with each other.
pub(super) fn orders_that_meet(exchange: &Exchange) -> Option<String> {
    let open = exchange.open();
    let prices = |side| {
        let orders = open.iter().filter(move |order| order.is(side));
        orders.map(|order| order.request.price.clone())
    };
    let (bid, ask) = (prices(Side::Buy).max()?, prices(Side::Sell).min()?);
    (bid >= ask).then(|| format!("our buy at {bid} meets our sell at {ask}"))
}
