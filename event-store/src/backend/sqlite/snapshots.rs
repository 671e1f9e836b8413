//! Saved states.

use sqlx::SqlitePool;

use super::connect::explain;
use crate::backend::trouble::Trouble;
use crate::log::Snapshot;
use crate::recorded::StreamName;
use crate::stored_rows::StoredSnapshot;

const SAVE: &str = "INSERT INTO log_snapshots (aggregate_type, aggregate_id, shape, version, state) \
    VALUES (?, ?, ?, ?, ?) ON CONFLICT (aggregate_type, aggregate_id) DO UPDATE \
    SET shape = excluded.shape, version = excluded.version, state = excluded.state";

const FIND: &str = "SELECT version, state FROM log_snapshots \
    WHERE aggregate_type = ? AND aggregate_id = ? AND shape = ?";

const BEHIND: &str = "SELECT aggregate_type, aggregate_id, shape, version, state FROM log_snapshots \
    WHERE (aggregate_type, aggregate_id) > (?, ?) \
    ORDER BY aggregate_type, aggregate_id LIMIT ?";

pub(super) async fn behind(
    readers: &SqlitePool,
    after: &StreamName,
    limit: usize,
) -> Result<Vec<StoredSnapshot>, Trouble> {
    let rows: Vec<(String, String, String, i64, String)> = sqlx::query_as(BEHIND)
        .bind(&after.aggregate_type)
        .bind(&after.aggregate_id)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(readers)
        .await
        .map_err(explain)?;
    let stored = rows.into_iter().map(|(kind, id, shape, version, state)| {
        let snapshot = Snapshot {
            shape,
            version: version.cast_unsigned(),
            state,
        };
        StoredSnapshot {
            stream: StreamName::new(kind, id),
            snapshot,
        }
    });
    Ok(stored.collect())
}

pub(super) async fn find(
    readers: &SqlitePool,
    name: &StreamName,
    shape: &str,
) -> Result<Option<Snapshot>, Trouble> {
    let row: Option<(i64, String)> = sqlx::query_as(FIND)
        .bind(&name.aggregate_type)
        .bind(&name.aggregate_id)
        .bind(shape)
        .fetch_optional(readers)
        .await
        .map_err(explain)?;
    Ok(row.map(|(version, state)| Snapshot {
        shape: shape.to_owned(),
        version: version.cast_unsigned(),
        state,
    }))
}

pub(super) async fn save(
    readers: &SqlitePool,
    name: &StreamName,
    snapshot: &Snapshot,
) -> Result<(), Trouble> {
    sqlx::query(SAVE)
        .bind(&name.aggregate_type)
        .bind(&name.aggregate_id)
        .bind(&snapshot.shape)
        .bind(snapshot.version.cast_signed())
        .bind(&snapshot.state)
        .execute(readers)
        .await
        .map_err(explain)?;
    Ok(())
}
