//! What the log holds of the things a batch speaks of. One query for each kind of thing, however
//! large the batch.

use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use uuid::Uuid;

use crate::backend::plan::{EarlierAnswer, Found, StoredAt};
use crate::backend::prepared::Prepared;
use crate::recorded::StreamName;

/// The second value is the time of the last event, in microseconds.
pub(super) async fn look_up(
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
