//! Which tables a reader looks at: those of the log, and not what somebody has put in front of them.

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::trouble::{explain, explain_connecting};
use crate::backend::trouble::{Kind, Trouble};

/// Schemas that hold the log, as tables: a view, or a table of the same name in a schema that is
/// searched earlier, shows whatever its maker likes.
const SCHEMAS: &str = "SELECT n.nspname::text FROM pg_catalog.pg_namespace n \
    WHERE (SELECT count(*) FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid \
           AND c.relname IN ('events', 'log_head') AND c.relkind IN ('r', 'p')) = 2 \
    ORDER BY 1";

/// A table that only looks like the log's is one too many.
#[derive(Debug, thiserror::Error)]
enum WhichLog {
    #[error("no schema has both events and log_head as tables")]
    None,
    #[error("the schemas {0} each have one")]
    Several(String),
}

/// Only reads, only where the log is, and rather not at all than without the rows that somebody hides.
pub(super) async fn pinned(
    url: &str,
    options: PgConnectOptions,
) -> Result<PgConnectOptions, Trouble> {
    let options = options.options([
        ("default_transaction_read_only", "on"),
        ("row_security", "off"),
    ]);
    // Whoever names the schema is believed
    if url.contains("search_path") {
        return Ok(options);
    }
    let mut connection = options.connect().await.map_err(explain_connecting)?;
    let found: Vec<String> = sqlx::query_scalar(SCHEMAS)
        .fetch_all(&mut connection)
        .await
        .map_err(explain)?;
    connection.close().await.map_err(explain)?;
    let schema = one_of(&found)?;
    Ok(options.options([("search_path", quoted(schema))]))
}

fn one_of(found: &[String]) -> Result<&str, Trouble> {
    match found {
        [only] => Ok(only),
        [] => {
            let sentence = "the database holds no log: name the one that the server writes to";
            Err(Trouble::new(Kind::Refused, sentence, WhichLog::None))
        }
        several => {
            let sentence = "the database holds several logs: say which, with \
                            ?options=-c%20search_path%3DNAME at the end of its URL";
            let which = WhichLog::Several(several.join(", "));
            Err(Trouble::new(Kind::Refused, sentence, which))
        }
    }
}

/// As a name that may be of any letters, in an option, where spaces and backslashes end or escape.
fn quoted(schema: &str) -> String {
    let name = format!("\"{}\"", schema.replace('"', "\"\""));
    name.replace('\\', "\\\\").replace(' ', "\\ ")
}
