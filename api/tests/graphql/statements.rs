//! How many statements an answer takes, however many rows it has.

use std::fmt::Debug;
use std::sync::Mutex;

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Instrument, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::support::TestApp;

const SPAN: &str = "noted";

/// Notes which tables are read inside a span of its name, whatever thread it happens on.
struct Statements;

/// Of the one test that looks.
static READ: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// The table that a statement reads; none while a pool sets up a connection, which it does whenever
/// it needs one more.
#[derive(Default)]
struct Table(Option<String>);

impl Visit for Table {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Short statements are their own summary
        if !["summary", "db.statement"].contains(&field.name()) {
            return;
        }
        let text = format!("{value:?}").replace("\\n", " ");
        let mut words = text.split_whitespace();
        if words.any(|word| word == "FROM") {
            self.0 = words.next().map(str::to_owned);
        }
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Statements {
    fn on_new_span(&self, _: &Attributes<'_>, _: &Id, _: Context<'_, S>) {}

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let inside = context
            .event_scope(event)
            .is_some_and(|mut scope| scope.any(|span| span.name() == SPAN));
        let mut table = Table::default();
        event.record(&mut table);
        if inside {
            READ.lock().unwrap().extend(table.0);
        }
    }
}

/// The tables that were read for the answer, once for each statement.
async fn read_for(app: &TestApp, query: &str) -> Vec<String> {
    READ.lock().unwrap().clear();
    app.ask(query, json!({}))
        .instrument(tracing::info_span!(SPAN))
        .await;
    let mut read = std::mem::take(&mut *READ.lock().unwrap());
    read.sort();
    read
}

#[tokio::test]
async fn lists_take_as_many_statements_with_many_rows_as_with_one() {
    let subscriber = tracing_subscriber::registry().with(Statements);
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let app = TestApp::start().await;
    for key in ["pmm", "two", "three"] {
        let mut input = crate::support::pmm();
        input["key"] = json!(key);
        app.change("createDefinition", "", input).await;
        for client in 0..7 {
            let start = json!({
                "definitionKey": key, "userId": key, "clientId": client.to_string(),
            });
            app.change("startInstance", "", start).await;
        }
    }
    let instances = |first: u32| {
        format!(
            "{{ instances(first: {first}) {{ totalCount counts {{ running }} nodes {{ key \
             configFields {{ name source }} definition {{ key runningInstances linkedInstances \
             versions {{ nodes {{ version runningInstances }} }} }} }} }} }}"
        )
    };
    let definitions = |first: u32| {
        format!(
            "{{ definitions(first: {first}) {{ totalCount nodes {{ key runningInstances \
             linkedInstances versions {{ totalCount }} }} }} }}"
        )
    };
    // Definitions, their versions; the page, its counts with the total, and what is linked
    let expected = [
        "strategy_definition_versions",
        "strategy_definitions",
        "strategy_instances",
        "strategy_instances",
        "strategy_instances",
    ];
    assert_eq!(read_for(&app, &instances(1)).await, expected);
    assert_eq!(read_for(&app, &instances(50)).await, expected);
    // The page, its total; versions, what is linked
    let expected = [
        "strategy_definition_versions",
        "strategy_definitions",
        "strategy_definitions",
        "strategy_instances",
    ];
    assert_eq!(read_for(&app, &definitions(1)).await, expected);
    assert_eq!(read_for(&app, &definitions(50)).await, expected);
}
