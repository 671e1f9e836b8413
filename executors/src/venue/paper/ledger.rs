//! The pretend exchanges' own file.

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::money::{DecimalError, NotPositive};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

/// One file for all pretend exchanges of an installation.
#[derive(Debug, Clone)]
pub struct PaperLedger {
    pool: SqlitePool,
}

/// The pretend exchanges' file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("the paper venue's file could not be read or written")]
    File(#[from] sqlx::Error),
    #[error("the paper venue's file holds an amount that is none")]
    Amount(#[from] DecimalError),
    #[error("the paper venue's file holds an amount that is not positive")]
    NotPositive(#[from] NotPositive),
}

impl PaperLedger {
    /// Creates the file if it is missing. It outlives a killed process, not a power cut: losing
    /// pretend orders costs nothing.
    pub async fn open(path: &Path) -> Result<Self, PaperError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Off)
            .disable_statement_logging();
        // One connection: what one exchange decides on, no other may change meanwhile
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .after_release(|connection, _| Box::pin(is_reusable(connection)))
            .connect_with(options)
            .await?;
        sqlx::raw_sql(include_str!("schema.sql"))
            .execute(&pool)
            .await?;
        let version: i64 = sqlx::query_scalar("PRAGMA user_version")
            .fetch_one(&pool)
            .await?;
        let upgrades = [
            include_str!("schema_accounts.sql"),
            include_str!("schema_looks.sql"),
        ];
        for upgrade in upgrades
            .into_iter()
            .skip(usize::try_from(version).unwrap_or(0))
        {
            sqlx::raw_sql(upgrade).execute(&pool).await?;
        }
        Ok(Self { pool })
    }

    pub(super) fn pool(&self) -> &SqlitePool {
        &self.pool
    }
}

/// SQLite ends a transaction by itself when the disk is full. The driver is not told, and what is
/// done on the connection from then on would never be committed.
async fn is_reusable(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // A rollback of the transaction before comes first
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

pub(super) fn time(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_from_before_there_were_balances_is_upgraded_once() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("paper.sqlite");
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true);
        let pool = SqlitePool::connect_with(options).await.unwrap();
        let order = "INSERT INTO paper_orders (client_order_id, exchange, pair, side, price, \
                     price_key, quantity, filled, queue_ahead, state, placed_at, live_from) \
                     VALUES ('a', 'mexc', 'A/B', 'buy', '1', '1', '1', '0', '0', 'open', 0, 0)";
        sqlx::raw_sql(include_str!("schema.sql"))
            .execute(&pool)
            .await
            .unwrap();
        sqlx::raw_sql(order).execute(&pool).await.unwrap();
        pool.close().await;
        for _ in 0..2 {
            let ledger = PaperLedger::open(&path).await.unwrap();
            let sql = "SELECT account, reserved FROM paper_orders";
            let row: (String, String) = sqlx::query_as(sql).fetch_one(ledger.pool()).await.unwrap();
            assert_eq!(row, ("main".to_owned(), "0".to_owned()));
            ledger.pool().close().await;
        }
    }
}
