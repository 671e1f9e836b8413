//! Streams in KurrentDB. Revisions count from 0: event number n, whose position is n, has the
//! revision n - 1.

use std::sync::Once;
use std::time::Duration;

use eventstore::{
    AppendToStreamOptions, Client, ClientSettings, Error, EventData, ReadStreamOptions,
    RecordedEvent, StreamPosition, StreamState,
};
use tokio::sync::Mutex;

use super::address::Address;
use super::trouble::{Foreign, explain, explain_append, is_the_clients_end};
use crate::backend::trouble::Trouble;

/// No answer for so long is no answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Each time that a node says who leads, the client turns to that one.
const LEADERS: usize = 4;

pub(super) struct Cluster {
    settings: ClientSettings,
    /// None until it is needed, and after the client gave up.
    client: Mutex<Option<Client>>,
}

impl std::fmt::Debug for Cluster {
    /// Without the settings: a password is among them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cluster").finish_non_exhaustive()
    }
}

/// Why an append was not made.
#[derive(Debug)]
pub(super) enum NotAppended {
    /// The stream holds another number of events than was said.
    Moved,
    Trouble(Trouble),
}

impl Cluster {
    pub(super) fn new(address: &Address) -> Self {
        choose_tls();
        Self {
            settings: address.settings.clone(),
            client: Mutex::new(None),
        }
    }

    /// Appends to a stream that holds `held` events so far. Ids that are stored there already, as these
    /// events, are as good as stored now.
    pub(super) async fn append(
        &self,
        stream: &str,
        held: u64,
        events: &[EventData],
    ) -> Result<(), NotAppended> {
        let state = match held.checked_sub(1) {
            None => StreamState::NoStream,
            Some(revision) => StreamState::StreamRevision(revision),
        };
        let options = AppendToStreamOptions::default()
            .stream_state(state)
            .requires_leader(true)
            .deadline(PATIENCE);
        let appended = self
            .ask(|client| {
                let (options, events) = (options.clone(), events.to_vec());
                async move { client.append_to_stream(stream, &options, events).await }
            })
            .await;
        match appended {
            // Anything else is not where these events would have come to stand
            Ok(written) if written.next_expected_version + 1 == held + events.len() as u64 => {
                Ok(())
            }
            Ok(_) | Err(Error::WrongExpectedVersion { .. }) => Err(NotAppended::Moved),
            Err(error) => Err(NotAppended::Trouble(explain_append(error))),
        }
    }

    /// Up to `limit` events behind the first `held` ones, without a gap.
    pub(super) async fn read(
        &self,
        stream: &str,
        held: u64,
        limit: usize,
    ) -> Result<Vec<RecordedEvent>, Trouble> {
        let options = ReadStreamOptions::default()
            .position(StreamPosition::Position(held))
            .forwards()
            .max_count(limit);
        let events = self.events(stream, options).await?;
        for (expected, event) in (held..).zip(&events) {
            if event.revision != expected {
                return Err(Foreign::Gone {
                    stream: stream.to_owned(),
                    expected,
                    found: event.revision,
                }
                .into());
            }
        }
        Ok(events)
    }

    /// How many events the stream has had.
    pub(super) async fn length(&self, stream: &str) -> Result<u64, Trouble> {
        let options = ReadStreamOptions::default()
            .position(StreamPosition::End)
            .max_count(1);
        let last = self.events(stream, options).await?.pop();
        Ok(last.map_or(0, |last| last.revision + 1))
    }

    async fn events(
        &self,
        stream: &str,
        options: ReadStreamOptions,
    ) -> Result<Vec<RecordedEvent>, Trouble> {
        // Another node than the leader may not have heard of the latest events yet
        let options = options.requires_leader(true).deadline(PATIENCE);
        let read = self.ask(|client| {
            let options = options.clone();
            async move {
                let mut reading = client.read_stream(stream, &options).await?;
                let mut events = Vec::new();
                while let Some(resolved) = reading.next().await? {
                    events.extend(resolved.event);
                }
                Ok(events)
            }
        });
        match read.await {
            Err(Error::ResourceNotFound) => Ok(Vec::new()),
            read => read.map_err(explain),
        }
    }

    async fn ask<T, F>(&self, question: impl Fn(Client) -> F) -> eventstore::Result<T>
    where
        F: Future<Output = eventstore::Result<T>>,
    {
        let mut attempts = 0;
        loop {
            attempts += 1;
            let client = self.client().await?;
            match question(client).await {
                Err(Error::NotLeaderException(_)) if attempts < LEADERS => {}
                Err(error) if is_the_clients_end(&error) => {
                    *self.client.lock().await = None;
                    if attempts > 1 {
                        return Err(error);
                    }
                }
                answer => return answer,
            }
        }
    }

    async fn client(&self) -> eventstore::Result<Client> {
        let mut kept = self.client.lock().await;
        if let Some(client) = &*kept {
            return Ok(client.clone());
        }
        let client = Client::new(self.settings.clone())
            .map_err(|report| Error::InitializationError(report.to_string()))?;
        Ok(kept.insert(client).clone())
    }
}

/// Two implementations of TLS are linked, so the client cannot choose by itself.
fn choose_tls() {
    static CHOSEN: Once = Once::new();
    CHOSEN.call_once(|| {
        // An error means that somebody chose before
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
