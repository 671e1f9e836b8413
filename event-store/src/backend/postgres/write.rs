//! Storing a batch: one call, one round trip, one flush. `append_plain_batch` where nothing has to be
//! decided, otherwise `append_batch`.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::clock::Clock;
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use tokio::time::Instant;

use super::arrays::Arrays;
use super::connect;
use super::plain_batch::PlainBatch;
use super::trouble::explain;
use crate::backend::appender::{BatchWriter, Care, Verdict, Written};
use crate::backend::plan::reused_event_id;
use crate::backend::prepared::Prepared;
use crate::backend::trouble::{Kind, Trouble};
use crate::error::{AppendError, StoreError};
use crate::log::{Append, Appended, Expected};
use crate::recorded::Position;

const APPEND_BATCH: &str = "SELECT verdict, position, version FROM append_batch(\
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";

/// A network that swallows packets would hold the writer for ever.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub(super) struct Writer {
    options: PgConnectOptions,
    clock: Arc<dyn Clock>,
    /// None after a failure: the next batch starts on a fresh connection.
    connection: Option<PgConnection>,
    last_used: Instant,
    patience: Duration,
}

impl Writer {
    pub(super) async fn connect(
        options: PgConnectOptions,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, Trouble> {
        let connection = Some(connect::writer(&options).await?);
        Ok(Self {
            options,
            clock,
            connection,
            last_used: Instant::now(),
            patience: PATIENCE,
        })
    }

    /// A server that went away during a pause is noticed before anything is at stake.
    async fn usable_connection(&mut self) -> Result<PgConnection, Trouble> {
        if let Some(mut connection) = self.connection.take()
            && (self.last_used.elapsed() < connect::PAUSE || connection.ping().await.is_ok())
        {
            return Ok(connection);
        }
        connect::writer(&self.options).await
    }
}

#[async_trait]
impl BatchWriter for Writer {
    async fn write(&mut self, batch: &[Prepared], care: Care) -> Result<Written, Trouble> {
        let plain = match care {
            Care::Usual => PlainBatch::of(batch),
            Care::Repeating => None,
        };
        if plain.is_none() {
            refuse_repetitions_within(batch)?;
        }
        let connecting = tokio::time::timeout(self.patience, self.usable_connection());
        // Nothing was sent yet, so nothing is in doubt
        let connected = connecting.await.map_err(too_slow);
        let mut connection = connected.map_err(|trouble| trouble.of_kind(Kind::Unavailable))??;
        let now = self.clock.now();
        let called = tokio::time::timeout(self.patience, async {
            match plain {
                Some(plain) => plain.store(&mut connection, now).await.map(Stored::Plain),
                None => decide(&mut connection, batch, care, now)
                    .await
                    .map(Stored::Decided),
            }
        });
        let called = called.await;
        self.last_used = Instant::now();
        match called.map_err(too_slow)? {
            Ok(outcome) => {
                self.connection = Some(connection);
                match outcome {
                    Stored::Plain(Some(written)) => Ok(written),
                    Stored::Plain(None) => Err(not_plain()),
                    Stored::Decided(rows) => verdicts(batch, rows).map(Written::from),
                }
            }
            Err(error) => {
                let alone = batch.len() == 1 && care == Care::Repeating;
                let verdict = violation(&error).filter(|_| alone);
                let trouble = explain(error);
                if trouble.kind != Kind::Lost {
                    self.connection = Some(connection);
                }
                verdict.map_or(Err(trouble), |verdict| Ok(vec![verdict].into()))
            }
        }
    }
}

enum Stored {
    Plain(Option<Written>),
    Decided(Vec<Answer>),
}

#[derive(Debug, thiserror::Error)]
#[error("a stream is at another version")]
struct AtAnotherVersion;

/// Not the callers' trouble: the appender hands the batch in again, to be decided one by one.
fn not_plain() -> Trouble {
    let sentence = "the batch has to be decided append by append";
    Trouble::new(Kind::Refused, sentence, AtAnotherVersion)
}

type Answer = (String, Option<i64>, i64);

/// `fetch_all` reads on until the server is ready again, which is after the commit.
async fn decide(
    connection: &mut PgConnection,
    batch: &[Prepared],
    care: Care,
    now: DateTime<Utc>,
) -> Result<Vec<Answer>, sqlx::Error> {
    let arrays = Arrays::new(batch);
    sqlx::query_as(APPEND_BATCH)
        .bind(now)
        .bind(care == Care::Repeating)
        .bind(arrays.stream_types)
        .bind(arrays.stream_ids)
        .bind(arrays.stream_known)
        .bind(arrays.keys)
        .bind(arrays.stream)
        .bind(arrays.expected)
        .bind(arrays.count)
        .bind(arrays.key)
        .bind(arrays.fingerprint)
        .bind(arrays.unchanged_append)
        .bind(arrays.unchanged_stream)
        .bind(arrays.unchanged_version)
        .bind(arrays.aggregate_type)
        .bind(arrays.aggregate_id)
        .bind(arrays.event_id)
        .bind(arrays.event_type)
        .bind(arrays.event_version)
        .bind(arrays.payload)
        .bind(arrays.metadata)
        .fetch_all(connection)
        .await
}

fn too_slow(elapsed: tokio::time::error::Elapsed) -> Trouble {
    let sentence = "PostgreSQL did not answer in time";
    Trouble::new(Kind::Lost, sentence, elapsed)
}

#[derive(Debug, thiserror::Error)]
#[error("one event id is in two appends")]
struct TwiceInBatch;

/// The function looks only at what is stored. Two tries of one append must go one after the other,
/// so that the second finds the first.
fn refuse_repetitions_within(batch: &[Prepared]) -> Result<(), Trouble> {
    let mut seen = HashSet::with_capacity(batch.len());
    let mut ids = batch.iter().flat_map(|p| &p.append.events);
    if batch.len() == 1 || ids.all(|event| seen.insert(event.event_id)) {
        return Ok(());
    }
    let sentence = "the batch repeats itself";
    Err(Trouble::new(Kind::Refused, sentence, TwiceInBatch))
}

fn verdicts(batch: &[Prepared], rows: Vec<Answer>) -> Result<Vec<Verdict>, Trouble> {
    if rows.len() != batch.len() {
        let sentence = "append_batch did not answer every append";
        return Err(Trouble::new(Kind::Lost, sentence, sqlx::Error::RowNotFound));
    }
    let unchanged = batch.iter().flat_map(|p| &p.append.unchanged);
    let unchanged: Vec<_> = unchanged.collect();
    let judged = batch.iter().zip(rows);
    Ok(judged
        .map(|(prepared, (verdict, position, version))| {
            let append = &prepared.append;
            let version = version.cast_unsigned();
            let position = Position(position.unwrap_or(0).cast_unsigned());
            match verdict.as_str() {
                "stored" | "repeated" => Ok(Appended {
                    position,
                    version,
                    repeated: verdict == "repeated",
                }),
                "conflict" => Err(conflict(append, version)),
                "moved" => {
                    let which = usize::try_from(version).unwrap_or(0).saturating_sub(1);
                    let moved = unchanged.get(which).map(|(stream, _)| stream);
                    Err(AppendError::Moved {
                        stream: moved.unwrap_or(&append.stream).clone(),
                    })
                }
                "key_reused" => Err(AppendError::KeyReused),
                "event_id_reused" => Err(reused_event_id()),
                other => Err(AppendError::Store(StoreError::Failed(
                    format!("append_batch answered {other}").into(),
                ))),
            }
        })
        .collect())
}

fn conflict(append: &Append, actual: u64) -> AppendError {
    let expected = match append.expected {
        Expected::Version(expected) => expected,
        Expected::Any => actual,
    };
    AppendError::Conflict {
        stream: append.stream.clone(),
        expected,
        actual,
    }
}

/// An append that repeats an event id within itself. (Versions cannot collide among those who take
/// their turn on the head row; with anybody else's the second look finds them as a conflict.)
fn violation(error: &sqlx::Error) -> Option<Verdict> {
    match error.as_database_error()?.constraint()? {
        "events_event_id_key" => Some(Err(reused_event_id())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::clock::FixedClock;

    use super::*;

    #[tokio::test]
    async fn a_connection_that_went_silent_during_a_pause_is_not_waited_for() {
        let clock = Arc::new(FixedClock(DateTime::<Utc>::UNIX_EPOCH));
        let options = connect::silent_after(1).await;
        let mut writer = Writer::connect(options, clock).await.unwrap();
        writer.last_used = Instant::now().checked_sub(2 * connect::PAUSE).unwrap();
        writer.patience = Duration::from_millis(100);
        let written = writer.write(&[], Care::Usual).await;
        assert_eq!(written.unwrap_err().kind, Kind::Unavailable);
    }
}
