//! Whether the file, its settings and the log's own promises hold.

use sqlx::SqlitePool;

use super::connect::explain;
use crate::backend::trouble::Trouble;
use crate::log::HealthLine;

const GAPPED_STREAMS: &str = "SELECT count(*) FROM (SELECT 1 FROM events \
    GROUP BY aggregate_type, aggregate_id HAVING max(sequence) <> count(*))";

pub(super) async fn check(readers: &SqlitePool) -> Result<Vec<HealthLine>, Trouble> {
    let journal: String = ask(readers, "PRAGMA journal_mode").await?;
    let synchronous: i64 = ask(readers, "PRAGMA synchronous").await?;
    let integrity: String = ask(readers, "PRAGMA quick_check(1)").await?;
    let (head, events): (i64, i64) =
        sqlx::query_as("SELECT coalesce(max(position), 0), count(*) FROM events")
            .fetch_one(readers)
            .await
            .map_err(explain)?;
    let gapped: i64 = ask(readers, GAPPED_STREAMS).await?;
    Ok(vec![
        HealthLine {
            check: "the journal is a write-ahead log".to_owned(),
            healthy: journal == "wal",
            finding: format!("journal_mode is {journal}"),
        },
        HealthLine {
            check: "an acknowledged event is on disk".to_owned(),
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
    ])
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
