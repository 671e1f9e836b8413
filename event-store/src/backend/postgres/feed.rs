//! Pages of the feed.

use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row, ValueRef};

use super::read::{head, no_head, recorded};
use super::rows;
use super::trouble::explain;
use crate::backend::feed_window::FeedWindow;
use crate::backend::trouble::Trouble;
use crate::log::{FeedFilter, FeedPage};
use crate::recorded::{EventFields, Position, Recorded};

/// The head, and the events up to it that belong on the page; none is a row without an event. One
/// query: a page costs one round trip.
const FEED: &str = "SELECT e.*, h.position FROM log_head h LEFT JOIN LATERAL (\
        SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
        event_version, payload::text, metadata::text, recorded_at FROM events \
        WHERE position > $1 AND position <= least($2, h.position) \
        ORDER BY position LIMIT $3) AS e ON true WHERE h.id = 1 ORDER BY e.position";

/// The empty text keeps PostgreSQL on the order of positions: by type it would collect and sort.
const FEED_OF_TYPES: &str = "SELECT e.*, h.position FROM log_head h LEFT JOIN LATERAL (\
        SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
        event_version, payload::text, metadata::text, recorded_at FROM events \
        WHERE position > $1 AND position <= least($2, h.position) \
        AND aggregate_type || '' = ANY ($4) \
        ORDER BY position LIMIT $3) AS e ON true WHERE h.id = 1 ORDER BY e.position";

/// The sums keep PostgreSQL from the order of positions: it would look at all that are left.
const FEED_OF_FEW: &str = "SELECT e.*, h.position FROM log_head h LEFT JOIN LATERAL (\
        SELECT position, aggregate_type, aggregate_id, sequence, event_id, event_type, \
        event_version, payload::text, metadata::text, recorded_at FROM events \
        WHERE aggregate_type = ANY ($3) AND position + 0 > $1 AND position + 0 <= h.position \
        ORDER BY position + 0 LIMIT $2) AS e ON true WHERE h.id = 1 ORDER BY e.position";

const COUNT_OF: &str = "SELECT count(*) FROM (\
        SELECT 1 FROM events WHERE aggregate_type = ANY ($1) LIMIT $2) AS counted";

/// Where the feed's queries have the head.
const HEAD_COLUMN: usize = 10;

/// A copy costs a round trip more and a fraction per event: whoever asks for so many reads all there is.
const COPIED: usize = 2_000;

pub(super) async fn feed(
    readers: &PgPool,
    after: Position,
    limit: usize,
    filter: &FeedFilter,
) -> Result<FeedPage, Trouble> {
    if limit >= COPIED {
        copied(readers, after, limit, filter).await
    } else {
        queried(readers, after, limit, filter).await
    }
}

async fn queried(
    readers: &PgPool,
    after: Position,
    limit: usize,
    filter: &FeedFilter,
) -> Result<FeedPage, Trouble> {
    let all = filter.aggregate_types.is_empty();
    let end = FeedWindow::end(after, limit, filter);
    let query = sqlx::query(if all { FEED } else { FEED_OF_TYPES })
        .bind(after.0.cast_signed())
        .bind(i64::try_from(end).unwrap_or(i64::MAX))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let query = if all {
        query
    } else {
        query.bind(&filter.aggregate_types)
    };
    let rows = query.fetch_all(readers).await.map_err(explain)?;
    page_of(&rows, |head| FeedWindow::new(after, head, limit, filter))
}

pub(super) async fn feed_of_few(
    readers: &PgPool,
    after: Position,
    limit: usize,
    types: &[String],
) -> Result<FeedPage, Trouble> {
    let query = sqlx::query(FEED_OF_FEW)
        .bind(after.0.cast_signed())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .bind(types);
    let rows = query.fetch_all(readers).await.map_err(explain)?;
    page_of(&rows, |head| FeedWindow::to_head(after, head, limit))
}

pub(super) async fn count_of(
    readers: &PgPool,
    types: &[String],
    at_most: usize,
) -> Result<usize, Trouble> {
    let count: i64 = sqlx::query_scalar(COUNT_OF)
        .bind(types)
        .bind(i64::try_from(at_most).unwrap_or(i64::MAX))
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// What the feed's queries found.
fn page_of(
    rows: &[PgRow],
    window: impl FnOnce(Position) -> FeedWindow,
) -> Result<FeedPage, Trouble> {
    let head = head_of(rows.first().ok_or_else(no_head)?)?;
    let window = window(Position(head.cast_unsigned()));
    let found = |row: &&PgRow| !matches!(row.try_get_raw(0), Ok(position) if position.is_null());
    let events: Result<_, Trouble> = rows.iter().filter(found).map(recorded).collect();
    Ok(window.page(events?))
}

fn head_of(row: &PgRow) -> Result<i64, Trouble> {
    row.try_get(HEAD_COLUMN).map_err(explain)
}

async fn copied(
    readers: &PgPool,
    after: Position,
    limit: usize,
    filter: &FeedFilter,
) -> Result<FeedPage, Trouble> {
    let window = FeedWindow::new(after, head(readers).await?, limit, filter);
    if window.is_empty() {
        return Ok(window.page(vec![]));
    }
    let types = filter.aggregate_types.iter().map(|name| quoted(name));
    let types: Vec<String> = types.collect();
    let of_types = if types.is_empty() {
        String::new()
    } else {
        format!("AND aggregate_type || '' IN ({})", types.join(", "))
    };
    let condition = format!(
        "position > {} AND position <= {} {of_types} ORDER BY position LIMIT {}",
        window.after,
        window.up_to,
        window.limit_i64()
    );
    let take = |event: EventFields<'_>| Recorded::from(event);
    let found = rows::those_where(readers, &condition, limit, take).await?;
    let events: Result<_, _> = found.into_iter().collect();
    Ok(window.page(events?))
}

/// As a literal that is read the same whatever the server's settings.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', r"\\").replace('\'', r"\'");
    format!("E'{text}'")
}
