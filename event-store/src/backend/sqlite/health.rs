//! Whether the file, its settings and the log's own promises hold.

use chrono::{DateTime, Utc};
use sqlx::SqlitePool;

use super::connect::explain;
use crate::backend::trouble::Trouble;
use crate::log::HealthLine;

const GAPPED_STREAMS: &str = "SELECT count(*) FROM (SELECT 1 FROM events \
    GROUP BY aggregate_type, aggregate_id HAVING max(sequence) <> count(*))";

const TIMES: &str = "SELECT (SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1), \
    CAST(unixepoch('subsec') * 1000000 AS INTEGER)";

const TRIGGERS: [&str; 2] = ["events_are_never_changed", "events_are_never_removed"];

/// Of a copy it is not this file that must keep it.
pub(super) const ON_DISK: &str = "an acknowledged event is on disk";

/// `stands_still`: nobody can write to the file, so how it is written to does not matter. SQLite says
/// of such a file that it has no write-ahead log, whatever it has.
pub(super) async fn check(
    readers: &SqlitePool,
    stands_still: bool,
) -> Result<Vec<HealthLine>, Trouble> {
    let journal: String = ask(readers, "PRAGMA journal_mode").await?;
    let synchronous: i64 = ask(readers, "PRAGMA synchronous").await?;
    let integrity: String = ask(readers, "PRAGMA quick_check(1)").await?;
    let (head, events): (i64, i64) =
        sqlx::query_as("SELECT coalesce(max(position), 0), count(*) FROM events")
            .fetch_one(readers)
            .await
            .map_err(explain)?;
    let gapped: i64 = ask(readers, GAPPED_STREAMS).await?;
    let found: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'events'",
    )
    .fetch_all(readers)
    .await
    .map_err(explain)?;
    let missing = TRIGGERS.into_iter();
    let missing: Vec<&str> = missing
        .filter(|name| !found.iter().any(|found| found == name))
        .collect();
    let (last, now): (Option<i64>, i64) = sqlx::query_as(TIMES)
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    let time = |micros| DateTime::from_timestamp_micros(micros);
    let mut lines = vec![
        HealthLine::guarded(&missing),
        // A time that none is lies in the future
        HealthLine::in_the_past(
            last.map(|last| time(last).unwrap_or(DateTime::<Utc>::MAX_UTC)),
            time(now).unwrap_or_default(),
        ),
        HealthLine {
            check: ON_DISK.to_owned(),
            healthy: synchronous >= 2,
            finding: format!("synchronous is {synchronous}, 2 or more flushes each commit"),
        },
        HealthLine {
            check: "the file is intact".to_owned(),
            healthy: integrity == "ok",
            finding: format!("quick_check says {integrity}"),
        },
        HealthLine::gapless(head, events),
        HealthLine::gapless_streams(gapped),
    ];
    if !stands_still {
        lines.push(HealthLine {
            check: "the journal is a write-ahead log".to_owned(),
            healthy: journal == "wal",
            finding: format!("journal_mode is {journal}"),
        });
    }
    Ok(lines)
}

async fn ask<T>(readers: &SqlitePool, question: &'static str) -> Result<T, Trouble>
where
    T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + Unpin,
{
    sqlx::query_scalar(question)
        .fetch_one(readers)
        .await
        .map_err(explain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::sqlite::connect;

    #[tokio::test]
    async fn a_file_that_nobody_can_write_to_is_not_asked_how_it_is_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("log.sqlite").display());
        connect::migrate(&url).await.unwrap();
        let options = sqlx::sqlite::SqliteConnectOptions::new()
            .filename(folder.path().join("log.sqlite"))
            .read_only(true)
            .immutable(true);
        let readers = connect::readers(&options).await.unwrap();

        let lines = check(&readers, true).await.unwrap();

        assert!(lines.iter().all(|line| line.healthy), "{lines:?}");
        let asked = check(&readers, false).await.unwrap();
        assert_eq!(asked.iter().filter(|line| !line.healthy).count(), 1);
    }
}
