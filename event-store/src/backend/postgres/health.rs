//! Whether the server's settings and the log's own promises hold.

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgPool};

use super::connect;
use super::trouble::explain;
use crate::backend::trouble::Trouble;
use crate::log::HealthLine;

/// What decides whether a commit is on disk.
const SETTINGS: &str = "SELECT current_setting('fsync'), current_setting('full_page_writes'), \
    current_setting('synchronous_commit'), current_setting('server_version')";

const COUNTS: &str = "SELECT (SELECT position FROM log_head WHERE id = 1), \
    (SELECT coalesce(max(position), 0) FROM events), (SELECT count(*) FROM events)";

const GAPPED_STREAMS: &str = "SELECT count(*) FROM (SELECT 1 FROM events \
    GROUP BY aggregate_type, aggregate_id HAVING max(sequence) <> count(*)) AS gapped";

const INVALID_INDEXES: &str = "SELECT count(*) FROM pg_index \
    WHERE indrelid = 'events'::regclass AND NOT (indisvalid AND indisready)";

pub(super) async fn check(
    options: &PgConnectOptions,
    readers: &PgPool,
) -> Result<Vec<HealthLine>, Trouble> {
    // Asked on a connection made as the writer's is
    let mut writer = connect::writer(options).await?;
    let (fsync, full_page_writes, synchronous, version): (String, String, String, String) =
        sqlx::query_as(SETTINGS)
            .fetch_one(&mut writer)
            .await
            .map_err(explain)?;
    writer.close().await.map_err(explain)?;
    let (head, last, events): (i64, i64, i64) = sqlx::query_as(COUNTS)
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    let gapped = count(readers, GAPPED_STREAMS).await?;
    let invalid = count(readers, INVALID_INDEXES).await?;
    Ok(vec![
        HealthLine {
            check: "an acknowledged event is on disk".to_owned(),
            healthy: fsync == "on" && full_page_writes == "on" && synchronous != "off",
            finding: format!(
                "PostgreSQL {version}: fsync is {fsync}, full_page_writes is {full_page_writes}, \
                 synchronous_commit is {synchronous}"
            ),
        },
        HealthLine {
            check: "the head row agrees with the events".to_owned(),
            healthy: head == last,
            finding: format!("the head row says {head}, the last event is at position {last}"),
        },
        HealthLine {
            check: "the indexes are usable".to_owned(),
            healthy: invalid == 0,
            finding: format!("{invalid} indexes of the events are invalid"),
        },
        HealthLine::gapless(head, events),
        HealthLine::gapless_streams(gapped),
    ])
}

async fn count(readers: &PgPool, question: &'static str) -> Result<i64, Trouble> {
    sqlx::query_scalar(question)
        .fetch_one(readers)
        .await
        .map_err(explain)
}
