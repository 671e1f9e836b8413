//! How many statements an answer takes, however many rows it has.

use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Instrument, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::support::TestApp;

const SPAN: &str = "counted";

/// Counts what the database is asked inside a span of its name, whatever thread it runs on.
struct Statements;

#[derive(Clone, Default)]
struct Count(Arc<AtomicUsize>);

/// Of the one test that counts.
static COUNT: OnceLock<Count> = OnceLock::new();

/// A pool that opens one more connection sets it up first: how often depends on the machine.
#[derive(Default)]
struct Statement {
    sets_up_a_connection: bool,
}

impl Visit for Statement {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = format!("{value:?}");
        self.sets_up_a_connection |= field.name() == "summary" && text.contains("PRAGMA");
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
        let mut statement = Statement::default();
        event.record(&mut statement);
        if inside && !statement.sets_up_a_connection {
            COUNT
                .get_or_init(Count::default)
                .0
                .fetch_add(1, Ordering::SeqCst);
        }
    }
}

async fn statements(app: &TestApp, query: &str) -> usize {
    let count = COUNT.get_or_init(Count::default);
    count.0.store(0, Ordering::SeqCst);
    app.ask(query, json!({}))
        .instrument(tracing::info_span!(SPAN))
        .await;
    count.0.load(Ordering::SeqCst)
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
    let one = statements(&app, &instances(1)).await;
    // The page, its total, its counts; definitions, their versions, what is linked to them
    assert_eq!(one, 6);
    assert_eq!(statements(&app, &instances(50)).await, one);
    let one = statements(&app, &definitions(1)).await;
    assert_eq!(one, 4);
    assert_eq!(statements(&app, &definitions(50)).await, one);
}
