//! How many statements an answer takes, however many rows it has.

mod noted;
mod selections;

use domain::execution::{
    Execution, ExecutionCommand, ExecutionId, IntendOrders, OpenExecution, RecordOutcomes,
};
use domain::ids::{ExecutorType, StrategyKey};
use event_store::{Actor, CommandGateway, Metadata, Position, Role, Source};
use serde_json::{Value, json};
use uuid::Uuid;

use self::noted::read_for;
use self::selections::Types;
use super::executions::{at, fill, intent};
use crate::support::TestApp;

/// As many rows as tell a statement each from one for all.
const MANY: u32 = 50;

#[tokio::test]
async fn lists_take_as_many_statements_with_many_rows_as_with_one() {
    let mut app = TestApp::start().await;
    let head = fill_lists(&app).await;
    // What it reads is not for the answers
    app.stop_projector().await;
    noted::begin();
    let types = Types::of(&app).await;
    let then = format!(", asOf: {{ position: \"{head}\" }}");
    let all = |first: u32| {
        format!(
            "{{ instances(first: {first}) {{ totalCount counts {{ running }} nodes {{ key \
             execution {{ fillCount }} positions {{ profit }} runs(first: 1) {{ nodes {{ number }} }} \
             events(first: 1) {{ nodes {{ position }} }} definition {{ runningInstances }} \
             configFields {{ source }} }} }} }}"
        )
    };
    let (one, many) = (
        read_for(&app, &all(1)).await,
        read_for(&app, &all(MANY)).await,
    );
    // The log reads no more than 64 streams at once
    assert!(many.len() < one.len() + 10, "{one:?} {many:?}");
    let mut slow = Vec::new();
    for (list, of) in [("instances", "Instance"), ("definitions", "Definition")] {
        for as_of in ["", then.as_str()] {
            let fields = format!("{of}Connection");
            let of_rows = types.selections(of).into_iter();
            let of_rows = of_rows.map(|row| format!("nodes {{ {row} }}"));
            let of_list = types.selections(&fields).into_iter();
            for selection in of_rows.chain(of_list.filter(|of| !of.starts_with("nodes"))) {
                let query =
                    |first: u32| format!("{{ {list}(first: {first}{as_of}) {{ {selection} }} }}");
                slow.extend(slower(&app, &query(1), &query(MANY)).await);
            }
        }
    }
    for kind in types.kinds_of("Node") {
        let ids = ids_of(&app, kind).await;
        assert!(ids.len() > 5, "{kind}: {ids:?}");
        for selection in types.selections(kind) {
            let query = |ids: &[String]| {
                format!("{{ nodes(ids: {ids:?}) {{ ... on {kind} {{ {selection} }} }} }}")
            };
            slow.extend(slower(&app, &query(&ids[..1]), &query(&ids)).await);
        }
    }
    assert!(slow.is_empty(), "{}: {slow:#?}", slow.len());
}

/// What was read for each, where many rows took other statements than one.
async fn slower(
    app: &TestApp,
    one: &str,
    many: &str,
) -> Option<(String, Vec<String>, Vec<String>)> {
    let read = (read_for(app, one).await, read_for(app, many).await);
    (read.0 != read.1).then(|| (many.to_owned(), read.0, read.1))
}

/// Some things of that kind.
async fn ids_of(app: &TestApp, kind: &str) -> Vec<String> {
    let (list, rows) = match kind {
        "Definition" => (
            "definitions(first: 10) { nodes { id } }",
            "/definitions/nodes",
        ),
        "DefinitionVersion" => (
            "definitions(first: 10) { nodes { versions { nodes { id } } } }",
            "/definitions/nodes",
        ),
        "Instance" => ("instances(first: 10) { nodes { id } }", "/instances/nodes"),
        "Execution" => (
            "instances(first: 10) { nodes { runs(first: 1) { nodes { execution { id } } } } }",
            "/instances/nodes",
        ),
        "Event" => ("events(first: 10) { nodes { id } }", "/events/nodes"),
        other => panic!("say here where there are things of the type {other}"),
    };
    let found = app.ask(&format!("{{ {list} }}"), json!({})).await;
    let mut ids = Vec::new();
    gather_ids(found.pointer(rows).unwrap(), &mut ids);
    ids
}

fn gather_ids(found: &Value, ids: &mut Vec<String>) {
    match found {
        Value::Object(members) => {
            ids.extend(members.get("id").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| gather_ids(member, ids));
        }
        Value::Array(items) => items.iter().for_each(|item| gather_ids(item, ids)),
        _ => {}
    }
}

/// Ten definitions and, of three of them, seven instances each that ran twice.
async fn fill_lists(app: &TestApp) -> Position {
    for number in 0..10 {
        let mut input = crate::support::pmm();
        let key = format!("pmm-{number}");
        input["key"] = json!(key);
        app.change("createDefinition", "", input).await;
        for client in (0..7).take_while(|_| number < 3) {
            let start = json!({
                "definitionKey": key, "userId": key, "clientId": client.to_string(),
            });
            let started = app.change("startInstance", "instance { key }", start).await;
            let instance = started["instance"]["key"].as_str().unwrap();
            record_run(app, instance, 1).await;
            let again = json!({ "key": instance, "reason": "once more" });
            app.change("restartInstance", "", again).await;
            record_run(app, instance, 2).await;
        }
    }
    let head = app.log.head().await.unwrap();
    let shown = format!(
        "{{ now: instances(minPosition: \"{head}\", first: 1) {{ stale }} \
         then: instances(asOf: {{ position: \"{head}\" }}, first: 1) {{ totalCount }} }}"
    );
    assert_eq!(app.ask(&shown, json!({})).await["now"]["stale"], false);
    head
}

async fn record_run(app: &TestApp, instance: &str, run: u32) {
    let gateway = CommandGateway::<Execution>::new(app.log.clone(), ());
    let key = StrategyKey::new(instance);
    let id = ExecutionId::of(&key, run);
    let order = format!("{instance}-{run}");
    let commands = [
        ExecutionCommand::Open(OpenExecution {
            strategy_key: key,
            run,
            executor_type: ExecutorType::new("pureMarketMaking"),
            executed_trades: 0,
            trading: std::collections::BTreeMap::new(),
            opened_at: at(),
        }),
        ExecutionCommand::IntendOrders(IntendOrders(vec![intent(&order)])),
        ExecutionCommand::RecordOutcomes(RecordOutcomes(vec![fill(&order, "one", 1)])),
    ];
    for command in commands {
        let actor = Actor::new("executor:pureMarketMaking", Role::System);
        let metadata = Metadata::new(actor, Source::Executor, Uuid::nil());
        let recorded = gateway.execute(id.as_str(), command, metadata).await;
        recorded.unwrap();
    }
}
