//! Pages of the feed.

use rusqlite::{Connection, params};
use serde_json::json;

use super::rows::{RowFile, columns, event};
use crate::backend::feed_window::FeedWindow;
use crate::backend::trouble::Trouble;
use crate::log::{FeedFilter, FeedPage};
use crate::recorded::{Position, Recorded};
use crate::stored_rows::UnreadableRow;

const HEAD: &str = "SELECT coalesce(max(position), 0) FROM events";

const FEED: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM events WHERE position > ?1 AND position <= ?2 ORDER BY position LIMIT ?3"
);

/// The plus keeps SQLite on the order of positions: by type it would collect and sort.
const FEED_OF_TYPES: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM events WHERE position > ?1 AND position <= ?2 \
     AND +aggregate_type IN (SELECT value FROM json_each(?4)) ORDER BY position LIMIT ?3"
);

pub(super) async fn feed(
    rows: &RowFile,
    after: Position,
    limit: usize,
    filter: &FeedFilter,
) -> Result<FeedPage, Trouble> {
    let filter = filter.clone();
    let page = rows.ask(move |connection| page(connection, after, limit, &filter));
    page.await?.map_err(UnreadableRow::into)
}

fn page(
    connection: &Connection,
    after: Position,
    limit: usize,
    filter: &FeedFilter,
) -> rusqlite::Result<Result<FeedPage, UnreadableRow>> {
    let head: i64 = connection
        .prepare_cached(HEAD)?
        .query_row([], |row| row.get(0))?;
    let head = Position(head.cast_unsigned());
    let window = FeedWindow::new(after, head, limit, filter);
    if window.is_empty() {
        return Ok(Ok(window.page(vec![])));
    }
    let (from, to) = (window.after.cast_signed(), window.up_to.cast_signed());
    let all = filter.aggregate_types.is_empty();
    let mut statement = connection.prepare_cached(if all { FEED } else { FEED_OF_TYPES })?;
    let mut rows = if all {
        statement.query(params![from, to, window.limit_i64()])?
    } else {
        let types = json!(filter.aggregate_types).to_string();
        statement.query(params![from, to, window.limit_i64(), types])?
    };
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        match event(row)? {
            Ok(event) => events.push(Recorded::from(event)),
            Err(unreadable) => return Ok(Err(unreadable)),
        }
    }
    Ok(Ok(window.page(events)))
}
