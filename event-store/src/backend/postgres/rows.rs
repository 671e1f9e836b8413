//! Rows as they stand in the table, as PostgreSQL copies them out: a query costs the server and us
//! several times as much.

use futures::TryStreamExt;
use sqlx::PgPool;
use sqlx::postgres::PgPoolCopyExt;

use super::copied::Rows;
use super::trouble::explain;
use crate::backend::trouble::Trouble;
use crate::recorded::EventFields;
use crate::stored_rows::UnreadableRow;

/// Rows that room is made for at once, at most.
const MOST_ROOM: usize = 10_000;

pub(super) async fn between<T>(
    readers: &PgPool,
    from: i64,
    to: i64,
    take: impl FnMut(EventFields<'_>) -> T,
) -> Result<Vec<Result<T, UnreadableRow>>, Trouble> {
    let range = format!("position BETWEEN {from} AND {to} ORDER BY position");
    // There is one at each position, unless somebody altered the log
    let room = usize::try_from(to.saturating_sub(from).saturating_add(1));
    those_where(readers, &range, room.unwrap_or_default(), take).await
}

/// JSON is sent as the text it is; a cast would copy it twice.
///
/// `condition` follows a WHERE and has its values in it: none can be bound to a copy. There is `room`
/// for as many as are expected.
pub(super) async fn those_where<T>(
    readers: &PgPool,
    condition: &str,
    room: usize,
    mut take: impl FnMut(EventFields<'_>) -> T,
) -> Result<Vec<Result<T, UnreadableRow>>, Trouble> {
    let copy = format!(
        "COPY (SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
         event_version, payload, metadata, recorded_at FROM events \
         WHERE {condition}) TO STDOUT (FORMAT binary)"
    );
    let mut chunks = readers.copy_out_raw(&copy).await.map_err(explain)?;
    let mut rows = Rows::default();
    let mut found = Vec::with_capacity(room.min(MOST_ROOM));
    while let Some(chunk) = chunks.try_next().await.map_err(explain)? {
        let more = rows.more(&chunk, |row| found.push(row.map(&mut take)));
        more.map_err(|why| explain(cut(why)))?;
    }
    rows.end().map_err(|why| explain(cut(why)))?;
    Ok(found)
}

fn cut(why: &'static str) -> sqlx::Error {
    sqlx::Error::Protocol(format!(
        "rows were not copied as PostgreSQL copies them: {why}"
    ))
}
