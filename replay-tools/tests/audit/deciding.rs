//! `explain` takes a decision again: of a market maker that quoted, and quoted anew when the price moved.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::FixedClock;
use domain::execution::{Execution, ExecutionEvent, OrderIntent, Seen};
use domain::ids::{ClientOrderId, ExecutorType, StrategyKey};
use domain::instance::{InstanceEvent, Run};
use event_store::{Actor, Append, Expected, Metadata, NewEvent, Role, Source, StreamName};
use serde::Serialize;
use serde_json::{Value, json};
use strategies::{
    Action, Book, Decision, Level, MarketRef, MarketSnapshot, OrderProposal, OwnState,
    TradingRules, built_in_strategies,
};

use crate::database::Database;
use crate::history::time_of;

const KEY: &str = "ana-desk-pureMarketMaking";

/// A run, and what is recorded of it.
struct Maker<'a> {
    database: &'a Database,
    execution: Execution,
    version: u64,
    orders: u64,
}

impl<'a> Maker<'a> {
    async fn started(database: &'a Database) -> Self {
        let maker = Self {
            database,
            execution: Execution::default(),
            version: 0,
            orders: 0,
        };
        let started = InstanceEvent::InstanceStarted(run());
        maker.append("strategy_instance", KEY, &[started]).await;
        maker
    }

    async fn append(&self, kind: &str, id: &str, events: &[impl Serialize]) {
        let clock = Arc::new(FixedClock(time_of(1)));
        let log = event_store::open(&self.database.url, clock).await.unwrap();
        let actor = Actor::new("executor:pureMarketMaking", Role::System);
        let metadata = Metadata::new(actor, Source::Executor, uuid::Uuid::nil());
        log.append(Append {
            stream: StreamName::new(kind, id),
            expected: Expected::Any,
            events: events.iter().map(new_event).collect(),
            metadata,
            unchanged: vec![],
            idempotency: None,
        })
        .await
        .unwrap();
        log.close().await;
    }

    async fn record(&mut self, events: Vec<ExecutionEvent>) {
        self.append("execution", &format!("{KEY}#1"), &events).await;
        self.version += events.len() as u64;
        self.execution.fold(events);
    }

    /// One tick as the runtime does it: decide, write down what is cancelled, then what is placed.
    async fn tick(&mut self, mid: i64, number: i64, refill: bool) -> Decision {
        let (market, now) = (market(mid), time_of(1) + TimeDelta::seconds(number));
        let seen = Seen {
            version: self.version,
            refill,
            read_at: market.read_at,
            markets: market.to_seen().unwrap(),
        };
        let own = OwnState::of(&self.execution, refill, now);
        let decision = strategist().decide(&market, &own);
        let (mut cancels, mut intents) = (vec![], vec![]);
        for action in decision.actions.clone() {
            match action {
                Action::Place(proposal) => {
                    self.orders += 1;
                    intents.push(intent(proposal, self.orders, now));
                }
                Action::Cancel {
                    client_order_id,
                    reason,
                } => cancels.push(ExecutionEvent::CancelIntended {
                    client_order_id,
                    reason,
                    tick_at: now,
                }),
                Action::Stop { .. } => {}
            }
        }
        if let Some(first) = intents.first_mut() {
            first.seen = Some(Box::new(seen));
        }
        let cancelled = ids_of(&cancels).map(|id| cancelled(id, now)).collect();
        let placed: Vec<ExecutionEvent> = intents
            .into_iter()
            .map(ExecutionEvent::OrderIntended)
            .collect();
        let acknowledged = ids_of(&placed).map(|id| acknowledged(id, now)).collect();
        for events in [cancels, cancelled, placed, acknowledged] {
            if !events.is_empty() {
                self.record(events).await;
            }
        }
        decision
    }
}

fn ids_of(events: &[ExecutionEvent]) -> impl Iterator<Item = ClientOrderId> {
    events.iter().map(|event| match event {
        ExecutionEvent::CancelIntended {
            client_order_id, ..
        } => client_order_id.clone(),
        ExecutionEvent::OrderIntended(intent) => intent.client_order_id.clone(),
        other => panic!("{other:?}"),
    })
}

fn cancelled(client_order_id: ClientOrderId, cancelled_at: DateTime<Utc>) -> ExecutionEvent {
    ExecutionEvent::OrderCancelled {
        client_order_id,
        cancelled_at,
    }
}

fn acknowledged(client_order_id: ClientOrderId, acknowledged_at: DateTime<Utc>) -> ExecutionEvent {
    ExecutionEvent::OrderAcknowledged {
        venue_order_id: format!("venue-{client_order_id}"),
        client_order_id,
        acknowledged_at,
    }
}

fn new_event(event: &impl Serialize) -> NewEvent {
    let payload = serde_json::to_value(event).unwrap();
    let (event_type, _) = payload.as_object().unwrap().iter().next().unwrap();
    NewEvent {
        event_id: uuid::Uuid::new_v4(),
        event_type: event_type.clone(),
        event_version: "1.0".to_owned(),
        payload: payload.to_string(),
    }
}

fn config() -> serde_json::Map<String, Value> {
    let config = json!({
        "pair": "BTC/USDT", "exchangeName": "binance", "bidSpread": 0.01, "askSpread": 0.01,
        "orderAmount": 0.3333, "orderRefreshTime": 2000, "numberOfLayers": 2,
        "userId": "ana", "clientId": "desk",
    });
    config.as_object().unwrap().clone()
}

fn strategist() -> Box<dyn strategies::Strategist> {
    let mut strategies = built_in_strategies().into_iter();
    let maker = strategies.find(|strategy| strategy.executor_type() == executor_type());
    maker.unwrap().parse(&config()).unwrap()
}

fn executor_type() -> ExecutorType {
    ExecutorType::new("pureMarketMaking")
}

fn run() -> Run {
    Run {
        number: 1,
        user_id: domain::ids::UserId::new("ana"),
        client_id: domain::ids::ClientId::new("desk"),
        strategy_type: "pureMarketMaking".to_owned(),
        executor_type: executor_type(),
        definition: None,
        config: config(),
        market_making_order_id: None,
        start_price: 100.into(),
        started_at: time_of(1),
    }
}

fn market(mid: i64) -> MarketSnapshot {
    let market = MarketRef::new("binance", "BTC/USDT");
    let level = |price: i64| Level {
        price: price.into(),
        quantity: "1.50".parse().unwrap(),
    };
    let book = Book {
        bids: vec![level(mid - 1), level(mid - 2)],
        asks: vec![level(mid + 1)],
        at: None,
    };
    let rules = TradingRules {
        tick: "0.1".parse().ok(),
        lot: "0.01".parse().ok(),
        ..TradingRules::default()
    };
    MarketSnapshot {
        books: [(market.clone(), Arc::new(book))].into(),
        rules: [(market, Arc::new(rules))].into(),
        read_at: Some(time_of(1)),
        ..MarketSnapshot::default()
    }
}

fn intent(proposal: OrderProposal, number: u64, tick_at: DateTime<Utc>) -> OrderIntent {
    OrderIntent {
        client_order_id: ClientOrderId::new(format!("order-{number}")),
        slot: proposal.slot,
        exchange: proposal.exchange,
        pair: proposal.pair,
        side: proposal.side,
        price: proposal.price,
        quantity: proposal.quantity,
        post_only: proposal.post_only,
        executed_trades: None,
        basis: proposal.basis,
        tick_at,
        seen: None,
    }
}

fn opened() -> ExecutionEvent {
    ExecutionEvent::ExecutionOpened {
        strategy_key: StrategyKey::new(KEY),
        run: 1,
        executor_type: executor_type(),
        executed_trades: 0,
        opened_at: time_of(1),
    }
}

/// Four quotes, and four others when the price has moved.
async fn a_maker_that_quoted_twice(database: &Database) {
    let mut maker = Maker::started(database).await;
    maker.record(vec![opened()]).await;
    maker.tick(1000, 0, false).await;
    maker.tick(1100, 2, false).await;
    maker.tick(1100, 2, true).await;
    assert_eq!(maker.orders, 8);
}

pub(crate) async fn a_decision_that_is_taken_again_gives_the_same(database: Database) {
    a_maker_that_quoted_twice(&database).await;

    let first = database.replay(&["explain", "order-3"]).fine();
    let second = database.replay(&["explain", "order-8"]).fine();

    let on = "BTC/USDT on binance (2 bids, 1 asks)";
    assert!(
        first.contains(&format!(
            "the decision, taken again on the run's first 1 events, {on}\n"
        )),
        "{first}"
    );
    let same = "ok      gives the same: orders 4, cancellations 0\n";
    assert!(first.ends_with(same), "{first}");
    assert!(second.ends_with(same), "{second}");
}

pub(crate) async fn a_decision_that_was_recorded_otherwise_is_told_of(database: Database) {
    a_maker_that_quoted_twice(&database).await;
    let (json, back) = if database.is_postgres() {
        ("::text", "::json")
    } else {
        ("", "")
    };
    let edit = |of: &str, from: &str, to: &str| {
        format!(
            "UPDATE events SET payload = replace(payload{json}, '{from}', '{to}'){back} \
             WHERE payload{json} LIKE '%\"client_order_id\":\"{of}\"%' AND event_type = 'OrderIntended'"
        )
    };
    database
        .tamper(&[
            &edit("order-2", "0.33", "0.34"),
            &edit("order-5", "\"1100\"", "\"1101\""),
        ])
        .await;

    let told = database.replay(&["explain", "order-1"]).wrong();
    assert!(
        told.contains("FAILED  mm-layer-1-sell: then sell 0.34 at 1010, now sell 0.33 at 1010\n"),
        "{told}"
    );
    let told = database.replay(&["explain", "order-6"]).wrong();
    assert!(
        told.contains(
            "FAILED  mm-layer-1-buy: the same order, but on other prices than were recorded\n"
        ),
        "{told}"
    );
}
