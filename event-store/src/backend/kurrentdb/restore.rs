//! A history that comes from elsewhere, into a log that has none.

use async_trait::async_trait;
use eventstore::EventData;
use uuid::Uuid;

use super::address::Address;
use super::cluster::{Cluster, NotAppended};
use super::envelope::{self, no_json};
use super::restored::{Answers, Restored, answers_of, told_in};
use crate::backend::trouble::{Kind, Trouble};
use crate::error::StoreError;
use crate::recorded::Recorded;
use crate::restore::{NotEmpty, Restoring, StoredAnswer};

/// KurrentDB takes 1 MiB at once unless it is told otherwise.
const BYTES_AT_ONCE: usize = 512 << 10;
const EVENTS_AT_ONCE: usize = 500;
const ANSWERS_AT_ONCE: usize = 500;

/// Dropped before [`Restoring::finish`], it leaves a stream behind that no log speaks of.
#[derive(Debug)]
pub(crate) struct KurrentRestoring {
    cluster: Cluster,
    name: String,
    /// Where the events are gathered.
    stream: String,
    events: u64,
    answers: u64,
}

pub(crate) async fn restore(url: &str) -> Result<KurrentRestoring, StoreError> {
    let address = Address::of(url)?;
    let cluster = Cluster::new(&address);
    require_empty(&cluster, &address.stream).await?;
    // A name that nobody used before
    let apart = Uuid::new_v4();
    Ok(KurrentRestoring {
        cluster,
        stream: format!("{}-{}", address.stream, apart.simple()),
        name: address.stream,
        events: 0,
        answers: 0,
    })
}

async fn require_empty(cluster: &Cluster, name: &str) -> Result<(), Trouble> {
    let there = cluster.length(name).await? + cluster.length(&told_in(name)).await?;
    if there > 0 {
        return Err(not_empty());
    }
    Ok(())
}

#[async_trait]
impl Restoring for KurrentRestoring {
    async fn events(&mut self, events: &[Recorded]) -> Result<(), StoreError> {
        let mut some = Vec::with_capacity(EVENTS_AT_ONCE);
        let mut bytes = 0;
        for event in events {
            let names = event.stream.aggregate_type.len() + event.stream.aggregate_id.len();
            let texts = event.payload.len() + event.metadata.len();
            let weight = texts + 2 * names + envelope::OVERHEAD;
            if some.len() == EVENTS_AT_ONCE || bytes + weight > BYTES_AT_ONCE {
                self.append(&some).await?;
                some.clear();
                bytes = 0;
            }
            some.push(envelope::wrap(event, None).map_err(no_json)?);
            bytes += weight;
        }
        Ok(self.append(&some).await?)
    }

    async fn answers(&mut self, answers: &[StoredAnswer]) -> Result<(), StoreError> {
        let stream = answers_of(&self.stream);
        for some in answers.chunks(ANSWERS_AT_ONCE) {
            let some = [Answers::from(some).wrap().map_err(no_json)?];
            let appended = self.cluster.append(&stream, self.answers, &some).await;
            appended.map_err(trouble)?;
            self.answers += 1;
        }
        Ok(())
    }

    async fn finish(self: Box<Self>) -> Result<(), StoreError> {
        require_empty(&self.cluster, &self.name).await?;
        let told_in = told_in(&self.name);
        let restored = Restored {
            stream: self.stream,
        };
        let told = [restored.wrap().map_err(no_json)?];
        let appended = self.cluster.append(&told_in, 0, &told).await;
        Ok(appended.map_err(trouble)?)
    }
}

impl KurrentRestoring {
    async fn append(&mut self, events: &[EventData]) -> Result<(), Trouble> {
        if events.is_empty() {
            return Ok(());
        }
        let appended = self.cluster.append(&self.stream, self.events, events).await;
        appended.map_err(trouble)?;
        self.events += events.len() as u64;
        Ok(())
    }
}

fn not_empty() -> Trouble {
    let sentence = "there are events in it already: name a log that has none (stream=)";
    Trouble::new(Kind::Refused, sentence, NotEmpty)
}

fn trouble(why: NotAppended) -> Trouble {
    match why {
        // Somebody else copies into it
        NotAppended::Moved => not_empty(),
        NotAppended::Trouble(trouble) => trouble,
    }
}
