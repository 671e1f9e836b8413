//! Notes what is read from the database.

use std::fmt::Debug;
use std::sync::Mutex;

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::support::TestApp;

const SPAN: &str = "noted";

/// Of the one test that looks.
static READ: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Notes which tables are read inside a span of its name, whatever thread it happens on.
struct Statements;

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

pub(super) fn begin() {
    let subscriber = tracing_subscriber::registry().with(Statements);
    tracing::subscriber::set_global_default(subscriber).unwrap();
}

/// The tables that were read for the answer, once for each statement.
pub(super) async fn read_for(app: &TestApp, query: &str) -> Vec<String> {
    READ.lock().unwrap().clear();
    {
        // Entered, not attached to the request: the log reads for it in tasks of its own, which are
        // on this thread as well
        let span = tracing::info_span!(SPAN);
        let _entered = span.enter();
        app.ask(query, json!({})).await;
    }
    let mut read = std::mem::take(&mut *READ.lock().unwrap());
    read.sort();
    read
}
