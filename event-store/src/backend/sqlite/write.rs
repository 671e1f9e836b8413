//! Storing a batch: look up what it speaks of, plan, insert; one transaction.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::DateTime;
use domain::clock::Clock;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, QueryBuilder, Sqlite};

use super::connect::{connect, explain, primary_code};
use super::look_up::look_up;
use crate::backend::appender::{BatchWriter, Care, Written};
use crate::backend::plan::{NewAnswer, Plan, Row};
use crate::backend::prepared::Prepared;
use crate::backend::trouble::{Kind, Trouble};

/// Few sizes, so that the prepared statements stay cached.
const ROWS_PER_STATEMENT: [usize; 4] = [64, 16, 4, 1];

#[derive(Debug)]
pub(super) struct Writer {
    options: SqliteConnectOptions,
    clock: Arc<dyn Clock>,
    /// None after a failure: the next batch starts on a fresh connection.
    connection: Option<SqliteConnection>,
}

impl Writer {
    pub(super) async fn connect(
        options: SqliteConnectOptions,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Trouble> {
        let connection = Some(connect(&options).await?);
        Ok(Self {
            options,
            clock,
            connection,
        })
    }
}

#[async_trait]
impl BatchWriter for Writer {
    /// Event ids are always looked up, which costs little here, so `care` changes nothing.
    async fn write(&mut self, batch: &[Prepared], _care: Care) -> Result<Written, Trouble> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.options).await?,
        };
        let now = self.clock.now().timestamp_micros();
        let written = store(&mut connection, batch, now).await?;
        self.connection = Some(connection);
        Ok(written)
    }
}

async fn store(
    connection: &mut SqliteConnection,
    batch: &[Prepared],
    now: i64,
) -> Result<Written, Trouble> {
    // The write lock comes first: nothing looked up below can change before the commit
    let begin = connection.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = begin.map_err(explain)?;
    let (found, last_time) = look_up(&mut transaction, batch).await.map_err(explain)?;
    let plan = Plan::new(batch, found);
    if plan.rows.is_empty() {
        transaction.rollback().await.map_err(explain)?;
        return Ok(plan.verdicts.into());
    }
    // A clock that was set back must not make a later event look earlier
    let recorded_at = now.max(last_time);
    insert_events(&mut transaction, &plan.rows, recorded_at)
        .await
        .map_err(explain)?;
    insert_answers(&mut transaction, &plan.answers, recorded_at)
        .await
        .map_err(explain)?;
    transaction.commit().await.map_err(explain_commit)?;
    Ok(Written {
        verdicts: plan.verdicts,
        recorded_at: DateTime::from_timestamp_micros(recorded_at),
    })
}

/// A disk that fails in the middle of a commit leaves it open whether the commit is there.
fn explain_commit(error: sqlx::Error) -> Trouble {
    const IO_ERROR: i32 = 10;
    let code = primary_code(&error);
    let trouble = explain(error);
    match code {
        Some(IO_ERROR) => trouble.of_kind(Kind::Lost),
        _ => trouble,
    }
}

async fn insert_events(
    connection: &mut SqliteConnection,
    rows: &[Row<'_>],
    recorded_at: i64,
) -> Result<(), sqlx::Error> {
    for rows in in_few_sizes(rows) {
        let mut insert = QueryBuilder::<Sqlite>::new(
            "INSERT INTO events (position, aggregate_type, aggregate_id, sequence, event_id, \
             event_type, event_version, payload, metadata, recorded_at) ",
        );
        insert.push_values(rows, |mut values, row| {
            values
                .push_bind(row.position.cast_signed())
                .push_bind(row.stream.aggregate_type.as_str())
                .push_bind(row.stream.aggregate_id.as_str())
                .push_bind(row.version.cast_signed())
                .push_bind(&row.event.event_id.as_bytes()[..])
                .push_bind(row.event.event_type.as_str())
                .push_bind(row.event.event_version.as_str())
                .push_bind(row.event.payload.as_str())
                .push_bind(row.metadata)
                .push_bind(recorded_at);
        });
        insert.build().execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_answers(
    connection: &mut SqliteConnection,
    answers: &[NewAnswer<'_>],
    recorded_at: i64,
) -> Result<(), sqlx::Error> {
    for answers in in_few_sizes(answers) {
        let mut insert = QueryBuilder::<Sqlite>::new(
            "INSERT INTO idempotency_keys (key, fingerprint, position, version, recorded_at) ",
        );
        insert.push_values(answers, |mut values, answer| {
            values
                .push_bind(answer.idempotency.key.as_str())
                .push_bind(answer.idempotency.fingerprint.as_str())
                .push_bind(answer.position.cast_signed())
                .push_bind(answer.version.cast_signed())
                .push_bind(recorded_at);
        });
        insert.build().execute(&mut *connection).await?;
    }
    Ok(())
}

fn in_few_sizes<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = ROWS_PER_STATEMENT
            .into_iter()
            .find(|&size| size <= rows.len())?;
        let (these, rest) = rows.split_at(size);
        rows = rest;
        Some(these)
    })
}
