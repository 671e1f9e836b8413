//! Pages of the feed.

use rusqlite::{Connection, Rows, params};
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

/// Found by type, then sorted: the pluses keep SQLite from looking at all positions that are left.
const FEED_OF_FEW: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM events WHERE +position > ?1 AND +position <= ?2 \
     AND aggregate_type IN (SELECT value FROM json_each(?4)) ORDER BY +position LIMIT ?3"
);

const COUNT_OF: &str = "SELECT count(*) FROM (SELECT 1 FROM events \
     WHERE aggregate_type IN (SELECT value FROM json_each(?1)) LIMIT ?2)";

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

pub(super) async fn feed_of_few(
    rows: &RowFile,
    after: Position,
    limit: usize,
    types: &[String],
) -> Result<FeedPage, Trouble> {
    let types = json!(types).to_string();
    let page = rows.ask(move |connection| {
        let window = FeedWindow::to_head(after, head(connection)?, limit);
        of_types(connection, FEED_OF_FEW, &window, &types)
    });
    page.await?.map_err(UnreadableRow::into)
}

pub(super) async fn count_of(
    rows: &RowFile,
    types: &[String],
    at_most: usize,
) -> Result<usize, Trouble> {
    let types = json!(types).to_string();
    let count = rows.ask(move |connection| {
        let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
        let mut statement = connection.prepare_cached(COUNT_OF)?;
        statement.query_row(params![types, at_most], |row| row.get(0))
    });
    let count: i64 = count.await?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

fn page(
    connection: &Connection,
    after: Position,
    limit: usize,
    filter: &FeedFilter,
) -> rusqlite::Result<Result<FeedPage, UnreadableRow>> {
    let window = FeedWindow::new(after, head(connection)?, limit, filter);
    if window.is_empty() {
        return Ok(Ok(window.page(vec![])));
    }
    if filter.aggregate_types.is_empty() {
        let (from, to) = (window.after.cast_signed(), window.up_to.cast_signed());
        let mut statement = connection.prepare_cached(FEED)?;
        let rows = statement.query(params![from, to, window.limit_i64()])?;
        return read(&window, rows);
    }
    let types = json!(filter.aggregate_types).to_string();
    of_types(connection, FEED_OF_TYPES, &window, &types)
}

fn head(connection: &Connection) -> rusqlite::Result<Position> {
    let mut statement = connection.prepare_cached(HEAD)?;
    let head: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(Position(head.cast_unsigned()))
}

/// `types` is a JSON array.
fn of_types(
    connection: &Connection,
    sql: &str,
    window: &FeedWindow,
    types: &str,
) -> rusqlite::Result<Result<FeedPage, UnreadableRow>> {
    let (from, to) = (window.after.cast_signed(), window.up_to.cast_signed());
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query(params![from, to, window.limit_i64(), types])?;
    read(window, rows)
}

fn read(
    window: &FeedWindow,
    mut rows: Rows<'_>,
) -> rusqlite::Result<Result<FeedPage, UnreadableRow>> {
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        match event(row)? {
            Ok(event) => events.push(Recorded::from(event)),
            Err(unreadable) => return Ok(Err(unreadable)),
        }
    }
    Ok(Ok(window.page(events)))
}
