//! What a run's executor did, from the run's own stream.

use chrono::{DateTime, Utc};
use domain::execution::{
    CloseExecution, DecisionBasis, Execution, ExecutionCommand, ExecutionId, Fill, IntendCancels,
    IntendOrders, OpenExecution, OrderIntent, Outcome, RecordOutcomes, Side, SkipTick,
};
use domain::ids::{ClientOrderId, ExecutorType, StrategyKey};
use event_store::{Actor, CommandGateway, Metadata, Role, Source};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::TestApp;

const KEY: &str = "u-c-pureMarketMaking";

struct Run<'a> {
    app: &'a TestApp,
    gateway: CommandGateway<Execution>,
}

impl<'a> Run<'a> {
    async fn open(app: &'a TestApp) -> Self {
        app.create_pmm().await;
        app.start_pmm("u", "c", json!({})).await;
        let gateway = CommandGateway::new(app.log.clone(), ());
        let run = Self { app, gateway };
        run.command(ExecutionCommand::Open(OpenExecution {
            strategy_key: StrategyKey::new(KEY),
            run: 1,
            executor_type: ExecutorType::new("pureMarketMaking"),
            executed_trades: 0,
            trading: std::collections::BTreeMap::new(),
            opened_at: at(),
        }))
        .await;
        run
    }

    async fn command(&self, command: ExecutionCommand) {
        let actor = Actor::new("executor:pureMarketMaking", Role::System);
        let metadata = Metadata::new(actor, Source::Executor, Uuid::nil());
        let id = ExecutionId::of(&StrategyKey::new(KEY), 1);
        self.gateway
            .execute(id.as_str(), command, metadata)
            .await
            .unwrap();
    }

    async fn order(&self, id: &str) {
        self.command(ExecutionCommand::IntendOrders(IntendOrders(vec![intent(
            id,
        )])))
        .await;
    }

    async fn outcome(&self, outcome: Outcome) {
        self.command(ExecutionCommand::RecordOutcomes(RecordOutcomes(vec![
            outcome,
        ])))
        .await;
    }

    async fn shown(&self, selection: &str) -> Value {
        let query = format!("{{ execution(instanceKey: \"{KEY}\", run: 1) {{ {selection} }} }}");
        self.app.ask(&query, json!({})).await["execution"].clone()
    }
}

pub(super) fn at() -> DateTime<Utc> {
    "2026-03-01T10:00:00Z".parse().unwrap()
}

pub(super) fn intent(id: &str) -> OrderIntent {
    OrderIntent {
        client_order_id: ClientOrderId::new(id),
        slot: "mm-layer-1-buy".to_owned(),
        exchange: "binance".to_owned(),
        pair: "BTC/USDT".to_owned(),
        side: Side::Buy,
        price: "100.50"
            .parse::<domain::money::Decimal>()
            .unwrap()
            .try_into()
            .unwrap(),
        quantity: domain::money::Decimal::from(2).try_into().unwrap(),
        post_only: true,
        executed_trades: None,
        basis: DecisionBasis {
            reference_price: 101.into(),
            inputs: [("binance.bid".to_owned(), 100.into())].into(),
        },
        tick_at: at(),
        seen: None,
    }
}

pub(super) fn fill(order: &str, id: &str, quantity: i64) -> Outcome {
    Outcome::Filled(Fill {
        client_order_id: ClientOrderId::new(order),
        fill_id: id.to_owned(),
        price: "100.50"
            .parse::<domain::money::Decimal>()
            .unwrap()
            .try_into()
            .unwrap(),
        quantity: domain::money::Decimal::from(quantity).try_into().unwrap(),
        fee: domain::money::Decimal::zero(),
        fee_currency: "USDT".to_owned(),
        filled_at: at(),
    })
}

#[tokio::test]
async fn a_run_shows_its_orders_with_everything_that_happened_to_them() {
    let app = TestApp::start().await;
    let run = Run::open(&app).await;
    run.order("a").await;
    run.outcome(Outcome::Acknowledged {
        client_order_id: ClientOrderId::new("a"),
        venue_order_id: "v-a".to_owned(),
        at: at(),
    })
    .await;
    run.outcome(fill("a", "1", 1)).await;
    run.order("b").await;
    run.command(ExecutionCommand::IntendCancels(IntendCancels {
        client_order_ids: vec![ClientOrderId::new("b")],
        reason: "moved".to_owned(),
        tick_at: at(),
    }))
    .await;
    run.outcome(fill("a", "2", 1)).await;
    let shown = run
        .shown(
            "state openedAt closedAt intendedOrders liveOrders fillCount netBase netQuote eventCount \
             instance { key } orders { nodes { clientOrderId venueOrderId side price quantity filled \
             remaining state reason inputs fills { fillId } } pageInfo { hasNextPage } } fills { nodes \
             { fillId side slot price notional } } decisions { nodes { kind sentence phrase { code params } reason } }",
        )
        .await;
    assert_eq!(shown["orders"]["nodes"], both_orders());
    assert_eq!(shown["state"], "OPEN");
    assert_eq!(shown["openedAt"], "2026-03-01T10:00:00.000Z");
    assert_eq!(shown["closedAt"], Value::Null);
    assert_eq!(shown["intendedOrders"], 2);
    assert_eq!(shown["liveOrders"], 1);
    assert_eq!(shown["fillCount"], 2);
    assert_eq!(
        (&shown["netBase"], &shown["netQuote"]),
        (&json!("2"), &json!("-201"))
    );
    assert_eq!(shown["eventCount"], 7);
    assert_eq!(shown["instance"]["key"], KEY);
    assert_eq!(
        shown["fills"]["nodes"],
        json!([
            { "fillId": "2", "side": "BUY", "slot": "mm-layer-1-buy", "price": "100.5",
              "notional": "100.5" },
            { "fillId": "1", "side": "BUY", "slot": "mm-layer-1-buy", "price": "100.5",
              "notional": "100.5" },
        ])
    );
    assert_eq!(shown["decisions"]["nodes"], three_decisions());
}

fn three_decisions() -> Value {
    let buy = "buy 2 BTC/USDT at 100.5 (mm-layer-1-buy)";
    let params = json!({
        "quantity": "2", "pair": "BTC/USDT", "price": "100.5", "slot": "mm-layer-1-buy",
    });
    let bought = json!({ "code": "DECIDED_BUY", "params": params });
    let cancelled = json!({
        "code": "DECIDED_CANCEL", "params": { "order": "b", "reason": "moved" },
    });
    json!([
        { "kind": "CANCEL", "sentence": "Cancel b: moved", "phrase": cancelled, "reason": "moved" },
        { "kind": "ORDER", "sentence": buy, "phrase": bought, "reason": null },
        { "kind": "ORDER", "sentence": buy, "phrase": bought, "reason": null },
    ])
}

fn both_orders() -> Value {
    json!([
        { "clientOrderId": "b", "venueOrderId": null, "side": "BUY", "price": "100.5",
          "quantity": "2", "filled": "0", "remaining": "2", "state": "CANCELLING",
          "reason": "moved", "inputs": { "binance.bid": "100" }, "fills": [] },
        { "clientOrderId": "a", "venueOrderId": "v-a", "side": "BUY", "price": "100.5",
          "quantity": "2", "filled": "2", "remaining": "0", "state": "FILLED",
          "reason": null, "inputs": { "binance.bid": "100" },
          "fills": [{ "fillId": "1" }, { "fillId": "2" }] },
    ])
}

#[tokio::test]
async fn long_runs_are_read_in_pages_from_the_end() {
    let app = TestApp::start().await;
    let run = Run::open(&app).await;
    for number in 0..400 {
        let id = number.to_string();
        run.order(&id).await;
        run.outcome(fill(&id, &id, 2)).await;
    }
    for (list, name) in [("orders", "clientOrderId"), ("fills", "fillId")] {
        let (mut seen, mut after) = (vec![], Value::Null);
        loop {
            let query = format!(
                "query($after: String) {{ execution(instanceKey: \"{KEY}\", run: 1) {{ \
                 {list}(first: 150, after: $after) {{ nodes {{ {name} side }} pageInfo {{ \
                 hasNextPage endCursor }} }} }} }}"
            );
            let data = app.ask(&query, json!({ "after": after })).await;
            let page = &data["execution"][list];
            for node in page["nodes"].as_array().unwrap() {
                assert_eq!(node["side"], "BUY");
                seen.push(node[name].as_str().unwrap().parse::<i32>().unwrap());
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, (0..400).rev().collect::<Vec<_>>(), "{list}");
    }
}

#[tokio::test]
async fn a_closed_run_says_why_and_a_run_nobody_took_up_is_none() {
    let app = TestApp::start().await;
    let run = Run::open(&app).await;
    run.command(ExecutionCommand::SkipTick(SkipTick {
        reason: "no price".to_owned(),
        tick_at: at(),
    }))
    .await;
    run.command(ExecutionCommand::Close(CloseExecution {
        reason: "stopped".to_owned(),
        closed_at: at(),
    }))
    .await;
    let shown = run
        .shown("state closeReason closedAt decisions { nodes { kind sentence } }")
        .await;
    assert_eq!(
        shown,
        json!({
            "state": "CLOSED", "closeReason": "stopped", "closedAt": "2026-03-01T10:00:00.000Z",
            "decisions": { "nodes": [{ "kind": "SKIP", "sentence": "Nothing: no price" }] },
        })
    );
    let query = format!("{{ execution(instanceKey: \"{KEY}\", run: 2) {{ run }} }}");
    assert_eq!(app.ask(&query, json!({})).await["execution"], Value::Null);
}

#[tokio::test]
async fn a_run_and_its_instance_show_what_the_trades_came_to() {
    let app = TestApp::start().await;
    let run = Run::open(&app).await;
    run.order("a").await;
    let Outcome::Filled(trade) = fill("a", "1", 2) else {
        panic!("a fill");
    };
    run.outcome(Outcome::Filled(Fill {
        fee: "0.003".parse().unwrap(),
        fee_currency: "BNB".to_owned(),
        ..trade
    }))
    .await;
    run.order("b").await;
    let selection = "positions { exchange pair base averageCost realised unrealised markPrice \
                     profit fees otherFees { coin amount } boughtBase soldBase volume tradeCount }";
    let expected = json!([{
        "exchange": "binance", "pair": "BTC/USDT", "base": "2", "averageCost": "100.5",
        "realised": "0", "unrealised": "1", "markPrice": "101", "profit": "1", "fees": "0",
        "otherFees": [{"coin": "BNB", "amount": "0.003"}],
        "boughtBase": "2", "soldBase": "0", "volume": "201", "tradeCount": 1,
    }]);
    assert_eq!(run.shown(selection).await["positions"], expected);
    let query = format!("{{ instance(key: \"{KEY}\") {{ {selection} }} }}");
    let instance = app.ask(&query, json!({})).await;
    assert_eq!(instance["instance"]["positions"], expected);
}

#[tokio::test]
async fn an_instance_of_the_past_shows_its_run_as_it_was() {
    let app = TestApp::start().await;
    let run = Run::open(&app).await;
    run.order("first").await;
    let then = app.log.head().await.unwrap().0.to_string();
    run.order("second").await;
    app.change("stopInstance", "", json!({ "key": KEY, "reason": "x" }))
        .await;
    let orders = "state orders(first: 9) { nodes { clientOrderId } }";
    let query = format!(
        "query($then: AsOfInput) {{ instance(key: \"{KEY}\", asOf: $then) {{ status \
         execution {{ {orders} }} runs {{ nodes {{ execution {{ {orders} }} }} }} \
         events {{ head nodes {{ type }} }} }} \
         execution(instanceKey: \"{KEY}\", run: 1, asOf: $then) {{ {orders} }} }}"
    );
    let answer = app
        .ask(&query, json!({ "then": { "position": then } }))
        .await;
    let past = &answer["instance"];
    let first = json!({ "state": "OPEN", "orders": { "nodes": [{ "clientOrderId": "first" }] } });
    assert_eq!(past["status"], "RUNNING");
    assert_eq!(past["execution"], first);
    assert_eq!(past["runs"]["nodes"][0]["execution"], first);
    assert_eq!(answer["execution"], first);
    let events = json!({ "head": then, "nodes": [{ "type": "InstanceStarted" }] });
    assert_eq!(past["events"], events);
    let now = app.ask(&query, json!({})).await;
    let now = &now["instance"];
    let both = now["execution"]["orders"]["nodes"].as_array().unwrap();
    assert_eq!(
        (both.len(), now["events"]["nodes"].as_array().unwrap().len()),
        (2, 2)
    );
}
