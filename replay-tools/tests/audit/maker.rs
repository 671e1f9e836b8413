//! A market maker whose run is recorded as the runtime records it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::FixedClock;
use domain::execution::{Execution, ExecutionEvent, OrderIntent, Seen};
use domain::ids::{ClientOrderId, ExecutorType, StrategyKey};
use domain::instance::{InstanceEvent, Run};
use event_store::{Actor, Append, Expected, Metadata, NewEvent, Role, Source, StreamName};
use serde::Serialize;
use serde_json::{Map, Value, json};
use strategies::{
    Action, Book, Level, MarketRef, MarketSnapshot, OrderProposal, OwnState, TradingRules,
    built_in_strategies,
};

use uuid::Uuid;

use crate::database::Database;
use crate::history::time_of;

const KEY: &str = "ana-desk-pureMarketMaking";

/// A run, and what is recorded of it.
pub(crate) struct Maker<'a> {
    database: &'a Database,
    /// The event that configured it, and with what.
    cause: Uuid,
    config: Map<String, Value>,
    execution: Execution,
    version: u64,
    pub(crate) orders: u64,
}

impl<'a> Maker<'a> {
    pub(crate) async fn started(database: &'a Database) -> Self {
        let mut maker = Self {
            database,
            cause: Uuid::nil(),
            config: config(),
            execution: Execution::default(),
            version: 0,
            orders: 0,
        };
        let started = InstanceEvent::InstanceStarted(run());
        maker.cause = maker.append("strategy_instance", KEY, &[started]).await;
        maker
    }

    pub(crate) async fn reconfigure(&mut self, name: &str, value: Value) {
        self.config.insert(name.to_owned(), value);
        let reconfigured = InstanceEvent::InstanceReconfigured {
            run: 1,
            config: self.config.clone(),
            changed: vec![name.to_owned()],
            reconfigured_at: time_of(1),
        };
        self.cause = self.append("strategy_instance", KEY, &[reconfigured]).await;
    }

    /// Answers with the id of the last event.
    async fn append(&self, kind: &str, id: &str, events: &[impl Serialize]) -> Uuid {
        let clock = Arc::new(FixedClock(time_of(1)));
        let log = event_store::open(&self.database.url, clock).await.unwrap();
        let actor = Actor::new("executor:pureMarketMaking", Role::System);
        let metadata = Metadata::new(actor, Source::Executor, Uuid::nil());
        let events: Vec<NewEvent> = events.iter().map(new_event).collect();
        let last = events.last().unwrap().event_id;
        log.append(Append {
            stream: StreamName::new(kind, id),
            expected: Expected::Any,
            events,
            metadata: metadata.caused_by(self.cause),
            unchanged: vec![],
            idempotency: None,
        })
        .await
        .unwrap();
        log.close().await;
        last
    }

    pub(crate) async fn record(&mut self, events: Vec<ExecutionEvent>) {
        self.append("execution", &format!("{KEY}#1"), &events).await;
        self.version += events.len() as u64;
        self.execution.fold(events);
    }

    /// One tick as the runtime does it: decide, write down what is cancelled, then what is placed.
    pub(crate) async fn tick(&mut self, mid: i64, number: i64, refill: bool) {
        let (market, now) = (market(mid), time_of(1) + TimeDelta::seconds(number));
        let seen = self.seen(&market, refill);
        let own = OwnState::of(&self.execution, refill, now);
        let (cancels, placed) = self.decide(&market, &own, seen);
        let cancelled = ids_of(&cancels).map(|id| cancelled(id, now)).collect();
        let acknowledged = ids_of(&placed).map(|id| acknowledged(id, now)).collect();
        self.record_all([cancels, cancelled, placed, acknowledged])
            .await;
    }

    /// The same where quotes come in the place of others: they are written down before those are gone.
    pub(crate) async fn replace(&mut self, mid: i64, number: i64) {
        let (market, now) = (market(mid), time_of(1) + TimeDelta::seconds(number));
        let seen = self.seen(&market, false);
        let own = OwnState::of(&self.execution, false, now);
        let (cancels, none) = self.decide(&market, &own, seen);
        assert!(none.is_empty(), "every slot is taken");
        let gone = ids_of(&cancels).map(|id| cancelled(id, now));
        let gone: Vec<ExecutionEvent> = gone.collect();
        self.record_all([cancels]).await;
        let seen = Seen {
            replaces: true,
            ..self.seen(&market, true)
        };
        let own = OwnState::without_leaving(&self.execution, now);
        let (_, placed) = self.decide(&market, &own, seen);
        let acknowledged = ids_of(&placed).map(|id| acknowledged(id, now)).collect();
        self.record_all([placed, gone, acknowledged]).await;
    }

    fn seen(&self, market: &MarketSnapshot, refill: bool) -> Seen {
        Seen {
            version: self.version,
            refill,
            replaces: false,
            read_at: market.read_at,
            markets: market.to_seen().unwrap(),
        }
    }

    /// What is cancelled, and what is placed.
    fn decide(
        &mut self,
        market: &MarketSnapshot,
        own: &OwnState,
        seen: Seen,
    ) -> (Vec<ExecutionEvent>, Vec<ExecutionEvent>) {
        let (mut cancels, mut intents) = (vec![], vec![]);
        for action in strategist(&self.config).decide(market, own).actions {
            match action {
                Action::Place(proposal) => {
                    self.orders += 1;
                    intents.push(intent(proposal, self.orders, own.now));
                }
                Action::Cancel {
                    client_order_id,
                    reason,
                } => cancels.push(ExecutionEvent::CancelIntended {
                    client_order_id,
                    reason,
                    tick_at: own.now,
                }),
                Action::Stop { .. } => {}
            }
        }
        if let Some(first) = intents.first_mut() {
            first.seen = Some(Box::new(seen));
        }
        let intended = intents.into_iter().map(ExecutionEvent::OrderIntended);
        (cancels, intended.collect())
    }

    async fn record_all(&mut self, steps: impl IntoIterator<Item = Vec<ExecutionEvent>>) {
        for events in steps {
            if !events.is_empty() {
                self.record(events).await;
            }
        }
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
        event_id: Uuid::new_v4(),
        event_type: event_type.clone(),
        event_version: "1.0".to_owned(),
        payload: payload.to_string(),
    }
}

fn config() -> Map<String, Value> {
    let config = json!({
        "pair": "BTC/USDT", "exchangeName": "binance", "bidSpread": 0.01, "askSpread": 0.01,
        "orderAmount": 0.3333, "orderRefreshTime": 2000, "numberOfLayers": 2,
        "userId": "ana", "clientId": "desk",
    });
    config.as_object().unwrap().clone()
}

fn strategist(config: &Map<String, Value>) -> Box<dyn strategies::Strategist> {
    let mut strategies = built_in_strategies().into_iter();
    let maker = strategies.find(|strategy| strategy.executor_type() == executor_type());
    maker.unwrap().parse(config).unwrap()
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

pub(crate) fn opened() -> ExecutionEvent {
    ExecutionEvent::ExecutionOpened {
        strategy_key: StrategyKey::new(KEY),
        run: 1,
        executor_type: executor_type(),
        executed_trades: 0,
        trading: std::collections::BTreeMap::new(),
        opened_at: time_of(1),
    }
}
