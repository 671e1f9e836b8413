//! The log that a command is about: a database, or an export.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, ensure};
use event_store::{StoredRows, Upcasters};
use tokio::sync::OnceCell;

use crate::exported::Exported;
use crate::log_file;
use crate::note::VerifyingKey;

#[derive(Debug)]
pub(crate) struct Database {
    /// As it was named, where it was.
    named: Option<String>,
    export_keys: Vec<VerifyingKey>,
    exported: OnceCell<Exported>,
}

impl Database {
    pub(crate) fn new(named: Option<String>, export_keys: Vec<VerifyingKey>) -> Self {
        Self {
            named,
            export_keys,
            exported: OnceCell::new(),
        }
    }

    /// Another one, of which the same is believed.
    pub(crate) fn named(&self, name: &str) -> Self {
        Self::new(Some(name.to_owned()), self.export_keys.clone())
    }

    /// With the events as they were stored.
    pub(crate) async fn as_stored(&self) -> anyhow::Result<Arc<dyn StoredRows>> {
        Ok(event_store::open_to_read(self.url_to_read().await?, Upcasters::none()).await?)
    }

    /// With the events as this release reads them.
    pub(crate) async fn as_read(&self) -> anyhow::Result<Arc<dyn StoredRows>> {
        Ok(event_store::open_to_read(self.url_to_read().await?, Upcasters::released()).await?)
    }

    /// Of a database: an export can be neither written to nor asked for tables.
    pub(crate) fn url(&self) -> anyhow::Result<&str> {
        ensure!(
            self.folder()?.is_none(),
            "an export is not written to and has no tables: name a database"
        );
        self.name()
    }

    /// The URL of the tables: as named, or the log's own database.
    pub(crate) fn tables(&self, named: Option<&str>) -> anyhow::Result<String> {
        match named {
            Some(named) => Ok(named.to_owned()),
            None => event_store::database_of(self.url()?)
                .context("say where the tables are: --tables or STRATEGOS_TABLES_URL"),
        }
    }

    pub(crate) fn is_export(&self) -> anyhow::Result<bool> {
        Ok(self.folder()?.is_some())
    }

    /// What a command writes anew must not be what it reads.
    pub(crate) fn require_outside(&self, folder: &Path) -> anyhow::Result<()> {
        let lies_in = match self.folder()? {
            Some(export) => log_file::lies_in(export, folder),
            None => log_file::of(self.name()?).is_some_and(|file| log_file::lies_in(&file, folder)),
        };
        ensure!(
            !lies_in,
            "the log that is to be read lies in {}: name another folder to write into",
            folder.display()
        );
        Ok(())
    }

    async fn url_to_read(&self) -> anyhow::Result<&str> {
        let Some(folder) = self.folder()? else {
            return self.name();
        };
        let unpack = || Exported::unpack(folder, &self.export_keys);
        Ok(&self.exported.get_or_try_init(unpack).await?.url)
    }

    fn folder(&self) -> anyhow::Result<Option<&Path>> {
        let path = Path::new(self.name()?);
        Ok(path.is_dir().then_some(path))
    }

    fn name(&self) -> anyhow::Result<&str> {
        let named = self.named.as_deref();
        named.context("say which log to read: --database or STRATEGOS_DATABASE")
    }
}
