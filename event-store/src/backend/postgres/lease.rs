//! A lease as an advisory lock of a session of its own.

use std::time::Duration;

use async_trait::async_trait;
use sqlx::{Connection, Executor, PgConnection};

use super::connect;
use super::trouble::explain;
use crate::backend::trouble::{Kind, Trouble};
use crate::error::StoreError;
use crate::lease::Lease;

/// So that the server notices a holder whose machine is gone, and lets the next one in.
const NOTICE_A_DEAD_HOLDER: &str = "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; \
    SET tcp_keepalives_count = 3";

/// Tables of several installations may live in one database, each in a schema of its own.
const TRY: &str =
    "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || ' lease ' || $1, 0))";

const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug)]
struct SessionLock(PgConnection);

pub(crate) async fn take_lease(
    url: &str,
    name: &str,
) -> Result<Option<Box<dyn Lease>>, StoreError> {
    let mut session = connect::writer(&connect::options(url)?).await?;
    session
        .execute(NOTICE_A_DEAD_HOLDER)
        .await
        .map_err(explain)?;
    let taken: bool = sqlx::query_scalar(TRY)
        .bind(name)
        .fetch_one(&mut session)
        .await
        .map_err(explain)?;
    Ok(taken.then(|| -> Box<dyn Lease> { Box::new(SessionLock(session)) }))
}

#[async_trait]
impl Lease for SessionLock {
    async fn confirm(&mut self) -> Result<(), StoreError> {
        let asked = tokio::time::timeout(PATIENCE, self.0.ping()).await;
        let answered = asked.map_err(|elapsed| {
            let sentence = "PostgreSQL did not answer in time";
            Trouble::new(Kind::Unavailable, sentence, elapsed)
        })?;
        Ok(answered.map_err(explain)?)
    }
}
