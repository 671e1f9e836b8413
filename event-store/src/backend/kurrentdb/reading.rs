//! The log opened to be read only: copied from KurrentDB into a file of its own, so that nobody else's
//! mirror is believed.

use std::sync::Arc;

use super::address::Address;
use super::follow;
use super::log_stream::LogStream;
use super::mirroring::Mirroring;
use crate::backend::sqlite::{self, SqliteReading};
use crate::error::StoreError;
use crate::upcasters::Upcasters;

pub(crate) async fn open_to_read(
    url: &str,
    upcasters: Upcasters,
) -> Result<SqliteReading, StoreError> {
    let stream = Arc::new(LogStream::find(&Address::of(url)?).await?);
    let folder = tempfile::tempdir().map_err(|error| StoreError::Failed(Box::new(error)))?;
    let mirror_url = format!("sqlite:{}", folder.path().join("log.sqlite").display());
    sqlite::migrate(&mirror_url).await?;
    let (mirror, reading) = sqlite::open_mirror(&mirror_url, stream.clone()).await?;
    let mirroring = Mirroring::start(stream.clone(), mirror, &reading).await?;
    let following = follow::follow(Arc::new(mirroring));
    let beside = async move {
        // Removed with the reader
        let _folder = folder;
        following.await;
    };
    let opened = sqlite::open_mirror_to_read(&mirror_url, upcasters, stream, beside);
    Box::pin(opened).await
}
