//! The runs, what they hold and earned, and their orders.

use std::collections::HashMap;
use std::sync::Arc;

use domain::event::aggregate_type;
use domain::execution::{Execution, ExecutionId, LiveOrder, OrderIntent, Position as Held};
use domain::ids::StrategyKey;
use domain::money::Decimal;
use event_store::{CommandGateway, EventLog, FeedFilter, Loaded, Position};
use futures::{StreamExt, TryStreamExt, stream};
use projections::executions::{Behind, OrderProgress, OrderView, RunLog, orders};
use serde_json::{Map, Value, json};

use super::{Part, object};

/// The log reads as many streams in one statement.
const READ_TOGETHER: usize = 64;
/// Events read together.
const EVENTS: usize = 5_000;
/// Orders at once.
const PAGE: u32 = 1_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Orders {
    /// Those that may still be at their venues.
    Live,
    /// Also those that have ended, with what became of them.
    All,
}

/// All runs there were, from one pass over the events of executions.
pub(super) async fn of_all(past: &dyn EventLog) -> anyhow::Result<Vec<RunLog>> {
    let executions = FeedFilter::only(&[aggregate_type::EXECUTION]);
    let mut runs: HashMap<String, Loaded<Execution>> = HashMap::new();
    let mut after = Position(0);
    loop {
        let page = past.feed(after, EVENTS, &executions).await?;
        for recorded in page.events {
            let run = runs.entry(recorded.stream.aggregate_id.clone());
            let run = run.or_insert_with(Loaded::beginning);
            run.take(&recorded)?;
        }
        after = page.up_to;
        if page.at_head {
            break;
        }
    }
    let named = runs.into_iter().filter_map(|(id, loaded)| {
        let (key, run) = ExecutionId::parts(&id)?;
        let key = StrategyKey::new(key);
        Some(RunLog { key, run, loaded })
    });
    Ok(named.collect())
}

/// The runs of one instance, each from its own stream.
pub(super) async fn of_instance(
    past: &Arc<dyn EventLog>,
    key: &StrategyKey,
    last: u32,
) -> anyhow::Result<Vec<RunLog>> {
    let all = stream::iter(1..=last).map(|run| loaded(past, key.clone(), run));
    all.buffered(READ_TOGETHER).try_collect().await
}

pub(super) async fn parts_of(
    past: &dyn EventLog,
    all: Vec<RunLog>,
    shown: Orders,
) -> anyhow::Result<[(&'static str, Part); 3]> {
    let (mut runs, mut positions, mut orders) = (Part::new(), Part::new(), Part::new());
    for run in all {
        let id = ExecutionId::of(&run.key, run.run);
        let execution = &run.loaded.aggregate;
        if !execution.opened {
            continue;
        }
        for held in &execution.ledger.positions {
            let name = format!("{id} {} {}", held.exchange, held.pair);
            positions.insert(name, position_members(&id, held).into());
        }
        match shown {
            Orders::Live => {
                for (order_id, order) in &execution.live_orders {
                    orders.insert(order_id.to_string(), live_members(&id, order).into());
                }
            }
            Orders::All => orders.extend(all_orders(past, &run, &id).await?),
        }
        runs.insert(id.to_string(), run_members(execution).into());
    }
    Ok([("runs", runs), ("positions", positions), ("orders", orders)])
}

async fn loaded(past: &Arc<dyn EventLog>, key: StrategyKey, run: u32) -> anyhow::Result<RunLog> {
    // Of its own, and forgotten again: one gateway would remember many
    let gateway = CommandGateway::<Execution>::new(past.clone(), ());
    let id = ExecutionId::of(&key, run);
    let loaded: Loaded<Execution> = gateway.load(id.as_str()).await?;
    Ok(RunLog { key, run, loaded })
}

async fn all_orders(past: &dyn EventLog, run: &RunLog, id: &ExecutionId) -> anyhow::Result<Part> {
    let mut found = Part::new();
    let mut version = None;
    loop {
        let behind = Behind {
            version,
            limit: PAGE,
        };
        let page = orders(past, run, behind).await?;
        version = page.items.last().map(|(version, _)| *version);
        for (_, order) in &page.items {
            let name = order.intent.client_order_id.to_string();
            found.insert(name, members_with_end(id, order).into());
        }
        if !page.more || version.is_none() {
            return Ok(found);
        }
    }
}

/// With the names and the sums that the API has.
fn position_members(run: &ExecutionId, held: &Held) -> Map<String, Value> {
    let zero = Decimal::zero();
    let mark = held.mark.as_ref().unwrap_or(&zero);
    object(json!({
        "run": run.to_string(),
        "exchange": held.exchange,
        "pair": held.pair,
        "base": held.base,
        "average_cost": held.average_cost(),
        "mark_price": held.mark,
        "profit": held.profit_at(mark),
        "realised": held.realised,
        "unrealised": held.unrealised_at(mark),
        "fees": held.fees,
        "other_fees": held.other_fees,
        "volume": held.volume(),
        "trade_count": held.trades,
    }))
}

fn run_members(execution: &Execution) -> Map<String, Value> {
    object(json!({
        "state": if execution.closed { "closed" } else { "open" },
        "orders_intended": execution.intended,
        "orders_live": execution.live_orders.len(),
        "fills": execution.fills,
        "net_base": execution.net_base,
        "net_quote": execution.net_quote,
    }))
}

fn live_members(run: &ExecutionId, order: &LiveOrder) -> Map<String, Value> {
    let mut members = intent_members(run, &order.intent);
    let state = json!({
        "state": order.state,
        "filled": order.filled,
        "venue_order_id": order.venue_order_id,
    });
    members.extend(object(state));
    members
}

fn members_with_end(run: &ExecutionId, order: &OrderView) -> Map<String, Value> {
    let mut members = intent_members(run, &order.intent);
    let state = json!({
        "state": in_words(order.progress),
        "filled": order.filled(),
        "venue_order_id": order.venue_order_id,
        "acknowledged_at": order.acknowledged_at,
        "ended_at": order.ended_at,
        "reason": order.reason,
    });
    members.extend(object(state));
    members
}

fn in_words(progress: OrderProgress) -> &'static str {
    match progress {
        OrderProgress::Intended => "intended",
        OrderProgress::Open => "open",
        OrderProgress::Cancelling => "cancelling",
        OrderProgress::Cancelled => "cancelled",
        OrderProgress::Rejected => "rejected",
        OrderProgress::Filled => "filled",
    }
}

fn intent_members(run: &ExecutionId, intent: &OrderIntent) -> Map<String, Value> {
    object(json!({
        "run": run.to_string(),
        "exchange": intent.exchange,
        "pair": intent.pair,
        "side": intent.side,
        "price": intent.price,
        "quantity": intent.quantity,
        "slot": intent.slot,
    }))
}
