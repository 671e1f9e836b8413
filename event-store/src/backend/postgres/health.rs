//! Whether the server's settings and the log's own promises hold.

use chrono::{DateTime, SecondsFormat, Utc};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgPool};

use super::connect;
use super::stored_time::StoredTime;
use super::trouble::explain;
use crate::backend::trouble::Trouble;
use crate::log::HealthLine;

/// What decides whether a commit is on disk.
const SETTINGS: &str = "SELECT current_setting('fsync'), current_setting('full_page_writes'), \
    current_setting('synchronous_commit'), current_setting('server_version')";

const COUNTS: &str = "SELECT (SELECT position FROM log_head WHERE id = 1), \
    (SELECT coalesce(max(position), 0) FROM events), (SELECT count(*) FROM events)";

const TIMES: &str = "SELECT (SELECT recorded_at FROM log_head WHERE id = 1), \
    (SELECT recorded_at FROM events ORDER BY position DESC LIMIT 1), now()";

const TRIGGER: &str = "events_are_never_changed";

/// As the migration made it, and not switched off.
const TRIGGERS: &str = "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'events'::regclass \
    AND tgname = 'events_are_never_changed' AND tgenabled IN ('O', 'A')";

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
    let (head, last, events): (Option<i64>, i64, i64) = sqlx::query_as(COUNTS)
        .fetch_one(readers)
        .await
        .map_err(explain)?;
    let (head_time, last_time, now): (Option<StoredTime>, Option<StoredTime>, StoredTime) =
        sqlx::query_as(TIMES)
            .fetch_one(readers)
            .await
            .map_err(explain)?;
    let time = |StoredTime(time)| time;
    let triggers = count(readers, TRIGGERS).await?;
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
        head_line(head, last),
        head_time_line(head_time.map(time), last_time.map(time)),
        HealthLine::in_the_past(last_time.map(time), now.0),
        HealthLine::guarded(if triggers == 1 { &[] } else { &[TRIGGER] }),
        HealthLine {
            check: "the indexes are usable".to_owned(),
            healthy: invalid == 0,
            finding: format!("{invalid} indexes of the events are invalid"),
        },
        HealthLine::gapless(last, events),
        HealthLine::gapless_streams(gapped),
    ])
}

fn head_line(head: Option<i64>, last: i64) -> HealthLine {
    HealthLine {
        check: "the head row agrees with the events".to_owned(),
        healthy: head == Some(last),
        finding: match head {
            Some(head) => {
                format!("the head row says {head}, the last event is at position {last}")
            }
            None => format!(
                "the head row is gone, the last event is at position {last}: nothing can be recorded"
            ),
        },
    }
}

/// The next event is recorded no earlier than it says.
fn head_time_line(head: Option<DateTime<Utc>>, last: Option<DateTime<Utc>>) -> HealthLine {
    let last = last.unwrap_or(DateTime::UNIX_EPOCH);
    let text = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Micros, true);
    HealthLine {
        check: "the head row's time is the last event's".to_owned(),
        healthy: head.is_none_or(|head| head == last),
        finding: format!(
            "the head row says {}, the last event was recorded at {}",
            head.map_or_else(|| "nothing".to_owned(), text),
            text(last)
        ),
    }
}

async fn count(readers: &PgPool, question: &'static str) -> Result<i64, Trouble> {
    sqlx::query_scalar(question)
        .fetch_one(readers)
        .await
        .map_err(explain)
}
