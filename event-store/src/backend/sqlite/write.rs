//! Storing a batch: look up what it speaks of, plan, insert; one transaction.

use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{Connection, QueryBuilder, Row as _, Sqlite};
use uuid::Uuid;

use super::connect::{connect, explain, primary_code};
use crate::backend::appender::{BatchWriter, Care, Verdict};
use crate::backend::plan::{EarlierAnswer, Found, NewAnswer, Plan, Row, StoredAt};
use crate::backend::prepared::Prepared;
use crate::backend::trouble::{Kind, Trouble};
use crate::recorded::StreamName;

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
    async fn write(&mut self, batch: &[Prepared], _care: Care) -> Result<Vec<Verdict>, Trouble> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.options).await?,
        };
        let now = self.clock.now().timestamp_micros();
        let verdicts = store(&mut connection, batch, now).await?;
        self.connection = Some(connection);
        Ok(verdicts)
    }
}

async fn store(
    connection: &mut SqliteConnection,
    batch: &[Prepared],
    now: i64,
) -> Result<Vec<Verdict>, Trouble> {
    // The write lock comes first: nothing looked up below can change before the commit
    let begin = connection.begin_with("BEGIN IMMEDIATE").await;
    let mut transaction = begin.map_err(explain)?;
    let (found, last_time) = find(&mut transaction, batch).await.map_err(explain)?;
    let plan = Plan::new(batch, found);
    if plan.rows.is_empty() {
        transaction.rollback().await.map_err(explain)?;
        return Ok(plan.verdicts);
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
    Ok(plan.verdicts)
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

async fn find(
    connection: &mut SqliteConnection,
    batch: &[Prepared],
) -> Result<(Found, i64), sqlx::Error> {
    let mut found = Found::default();
    let last = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1";
    let last: Option<(i64, i64)> = sqlx::query_as(last)
        .fetch_optional(&mut *connection)
        .await?;
    let (head, last_time) = last.unwrap_or((0, 0));
    found.head = head.cast_unsigned();
    find_versions(connection, batch, &mut found).await?;
    find_events(connection, batch, &mut found).await?;
    find_answers(connection, batch, &mut found).await?;
    Ok((found, last_time))
}

async fn find_versions(
    connection: &mut SqliteConnection,
    batch: &[Prepared],
    found: &mut Found,
) -> Result<(), sqlx::Error> {
    let mut streams: Vec<&StreamName> = batch
        .iter()
        .flat_map(|p| {
            let others = p.append.unchanged.iter().map(|(stream, _)| stream);
            others.chain([&p.append.stream])
        })
        .collect();
    streams.sort_unstable();
    streams.dedup();
    let names = streams.iter().map(|s| (&s.aggregate_type, &s.aggregate_id));
    let versions: Vec<(i64, Option<i64>)> = sqlx::query_as(
        "SELECT name.key, (SELECT max(sequence) FROM events \
         WHERE aggregate_type = name.value ->> 0 AND aggregate_id = name.value ->> 1) \
         FROM json_each(?) AS name",
    )
    .bind(json(names)?)
    .fetch_all(connection)
    .await?;
    for (index, version) in versions {
        let stream = usize::try_from(index).ok().and_then(|i| streams.get(i));
        if let (Some(&stream), Some(version)) = (stream, version) {
            found
                .versions
                .insert(stream.clone(), version.cast_unsigned());
        }
    }
    Ok(())
}

async fn find_events(
    connection: &mut SqliteConnection,
    batch: &[Prepared],
    found: &mut Found,
) -> Result<(), sqlx::Error> {
    let events = batch.iter().flat_map(|p| &p.append.events);
    let ids = json(events.map(|event| event.event_id.simple().to_string()))?;
    let rows = sqlx::query(
        "SELECT event_id, aggregate_type, aggregate_id, position, sequence \
         FROM json_each(?) AS id CROSS JOIN events ON event_id = unhex(id.value)",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    for row in rows {
        let event_id: &[u8] = row.try_get(0)?;
        let event_id = Uuid::from_slice(event_id).map_err(|e| sqlx::Error::Decode(Box::new(e)))?;
        found.events.insert(event_id, stored_at(&row)?);
    }
    Ok(())
}

fn stored_at(row: &SqliteRow) -> Result<StoredAt, sqlx::Error> {
    Ok(StoredAt {
        stream: StreamName {
            aggregate_type: row.try_get(1)?,
            aggregate_id: row.try_get(2)?,
        },
        position: row.try_get::<i64, _>(3)?.cast_unsigned(),
        version: row.try_get::<i64, _>(4)?.cast_unsigned(),
    })
}

async fn find_answers(
    connection: &mut SqliteConnection,
    batch: &[Prepared],
    found: &mut Found,
) -> Result<(), sqlx::Error> {
    let requests = batch.iter().filter_map(|p| p.append.idempotency.as_ref());
    let keys: Vec<&str> = requests.map(|request| request.key.as_str()).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let rows: Vec<(String, String, i64, i64)> = sqlx::query_as(
        "SELECT key, fingerprint, position, version FROM idempotency_keys \
         WHERE key IN (SELECT value FROM json_each(?))",
    )
    .bind(json(keys.iter())?)
    .fetch_all(connection)
    .await?;
    for (key, fingerprint, position, version) in rows {
        let answer = EarlierAnswer {
            fingerprint,
            position: position.cast_unsigned(),
            version: version.cast_unsigned(),
        };
        found.answers.insert(key, answer);
    }
    Ok(())
}

fn json<T: serde::Serialize>(items: impl Iterator<Item = T>) -> Result<String, sqlx::Error> {
    let items: Vec<T> = items.collect();
    serde_json::to_string(&items).map_err(|e| sqlx::Error::Encode(Box::new(e)))
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
