//! The pretend exchanges' own file.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::money::{DecimalError, NotPositive};
use rusqlite::{Transaction, TransactionBehavior};
use tokio_rusqlite::Connection;

/// How long to wait for a process that is being replaced.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// More than there are statements.
const STATEMENTS: usize = 64;

/// One file for all pretend exchanges of an installation.
#[derive(Debug, Clone)]
pub struct PaperLedger {
    // One connection: what one exchange decides on, no other may change meanwhile
    connection: Connection,
}

/// The pretend exchanges' file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("the paper venue's file could not be read or written")]
    File(#[from] rusqlite::Error),
    #[error("the paper venue's file could not be used")]
    Connection(#[from] tokio_rusqlite::Error),
    #[error("the paper venue's file holds an amount that is none")]
    Amount(#[from] DecimalError),
    #[error("the paper venue's file holds an amount that is not positive")]
    NotPositive(#[from] NotPositive),
}

impl PaperLedger {
    /// Creates the file if it is missing. It outlives a killed process, not a power cut: losing
    /// pretend orders costs nothing.
    pub async fn open(path: &Path) -> Result<Self, PaperError> {
        let connection = Connection::open(path).await?;
        connection.call(|file| Ok(prepare(file)?)).await?;
        Ok(Self { connection })
    }

    /// Nothing stays of work that fails.
    pub(super) async fn transact<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, PaperError> + Send + 'static,
    ) -> Result<T, PaperError> {
        let in_transaction = |file: &mut rusqlite::Connection| {
            let transaction = file.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        self.connection
            .call(|file| Ok(in_transaction(file)))
            .await?
    }
}

fn prepare(file: &mut rusqlite::Connection) -> rusqlite::Result<()> {
    file.busy_timeout(BUSY_TIMEOUT)?;
    file.set_prepared_statement_cache_capacity(STATEMENTS);
    file.pragma_update(None, "journal_mode", "WAL")?;
    file.pragma_update(None, "synchronous", "OFF")?;
    file.execute_batch(include_str!("schema.sql"))?;
    let version: usize = file.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let upgrades = [
        include_str!("schema_accounts.sql"),
        include_str!("schema_looks.sql"),
    ];
    for upgrade in upgrades.into_iter().skip(version) {
        file.execute_batch(upgrade)?;
    }
    Ok(())
}

pub(super) fn time(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use domain::money::Decimal;

    use super::*;

    #[tokio::test]
    async fn a_file_from_before_there_were_balances_is_upgraded_once() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("paper.sqlite");
        let file = rusqlite::Connection::open(&path).unwrap();
        let order = "INSERT INTO paper_orders (client_order_id, exchange, pair, side, price, \
                     price_key, quantity, filled, queue_ahead, state, placed_at, live_from) \
                     VALUES ('a', 'mexc', 'A/B', 'buy', '1', '1', '1', '0', '0', 'open', 0, 0)";
        file.execute_batch(include_str!("schema.sql")).unwrap();
        file.execute_batch(order).unwrap();
        drop(file);
        for _ in 0..2 {
            let ledger = PaperLedger::open(&path).await.unwrap();
            let row = ledger.transact(|file| {
                let sql = "SELECT account, reserved FROM paper_orders";
                Ok(file.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
            });
            let row: (String, String) = row.await.unwrap();
            assert_eq!(row, ("main".to_owned(), "0".to_owned()));
        }
    }

    #[tokio::test]
    async fn nothing_stays_of_work_that_fails() {
        let dir = tempfile::TempDir::new().unwrap();
        let path = dir.path().join("paper.sqlite");
        let ledger = PaperLedger::open(&path).await.unwrap();
        let begun = ledger.transact(|file| {
            let sql = "INSERT INTO paper_looks (exchange, looked_until) VALUES ('mexc', 1)";
            file.execute(sql, [])?;
            let broken: Result<Decimal, _> = "no number".parse();
            Ok(broken.map(drop)?)
        });
        begun.await.unwrap_err();
        let looks = ledger.transact(|file| {
            let sql = "SELECT COUNT(*) FROM paper_looks";
            Ok(file.query_row(sql, [], |row| row.get::<_, i64>(0))?)
        });
        assert_eq!(looks.await.unwrap(), 0);
    }
}
