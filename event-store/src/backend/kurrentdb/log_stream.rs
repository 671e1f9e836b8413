//! The stream that a log is in.

use async_trait::async_trait;
use eventstore::{EventData, RecordedEvent};

use super::address::Address;
use super::cluster::{Cluster, NotAppended};
use super::restored;
use crate::backend::sqlite::Original;
use crate::backend::trouble::Trouble;
use crate::log::HealthLine;

#[derive(Debug)]
pub(super) struct LogStream {
    pub(super) cluster: Cluster,
    pub(super) name: String,
}

impl LogStream {
    pub(super) async fn find(address: &Address) -> Result<Self, Trouble> {
        let cluster = Cluster::new(address);
        let name = restored::stream_of(&cluster, &address.stream).await?;
        Ok(Self { cluster, name })
    }

    pub(super) async fn append(&self, held: u64, events: &[EventData]) -> Result<(), NotAppended> {
        self.cluster.append(&self.name, held, events).await
    }

    pub(super) async fn read(
        &self,
        held: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, Trouble> {
        self.cluster.read(&self.name, held, limit).await
    }
}

#[async_trait]
impl Original for LogStream {
    /// The leader's answer shows that there is one.
    async fn health(&self) -> HealthLine {
        let length = self.cluster.length(&self.name).await;
        HealthLine {
            check: "KurrentDB answers".to_owned(),
            healthy: length.is_ok(),
            finding: match length {
                Ok(length) => format!("{length} events in the stream {}", self.name),
                Err(trouble) => domain::ErrorChain(&trouble).to_string(),
            },
        }
    }
}
