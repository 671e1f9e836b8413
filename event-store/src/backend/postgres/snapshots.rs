//! Saved states.

use sqlx::PgPool;

use super::trouble::explain;
use crate::backend::snapshots::{BEHIND, FIND, SAVE, SnapshotRow, snapshot, stored};
use crate::backend::trouble::Trouble;
use crate::log::Snapshot;
use crate::recorded::StreamName;
use crate::stored_rows::StoredSnapshot;

pub(super) async fn behind(
    readers: &PgPool,
    after: &StreamName,
    limit: usize,
) -> Result<Vec<StoredSnapshot>, Trouble> {
    let rows: Vec<SnapshotRow> = sqlx::query_as(BEHIND)
        .bind(&after.aggregate_type)
        .bind(&after.aggregate_id)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(readers)
        .await
        .map_err(explain)?;
    Ok(rows.into_iter().map(stored).collect())
}

pub(super) async fn find(
    readers: &PgPool,
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
    Ok(row.map(|row| snapshot(shape, row)))
}

pub(super) async fn save(
    readers: &PgPool,
    name: &StreamName,
    saved: &Snapshot,
) -> Result<(), Trouble> {
    sqlx::query(SAVE)
        .bind(&name.aggregate_type)
        .bind(&name.aggregate_id)
        .bind(&saved.shape)
        .bind(saved.version.cast_signed())
        .bind(&saved.state)
        .execute(readers)
        .await
        .map_err(explain)?;
    Ok(())
}
