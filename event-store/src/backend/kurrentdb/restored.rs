//! A history that was copied into KurrentDB. It takes many appends, so it goes into a stream with a
//! name of its own, and only once it is complete is that stream made the log's, by one event.

use chrono::{DateTime, Utc};
use eventstore::{EventData, RecordedEvent};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::cluster::Cluster;
use super::trouble::Foreign;
use crate::backend::trouble::Trouble;
use crate::restore::StoredAnswer;

const PAGE: usize = 500;

/// The one event that makes a copied history the log.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Restored {
    /// Where its events are. The answers to requests are in a stream beside it.
    pub(super) stream: String,
}

/// What requests with an idempotency key were answered; some of them in each event.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answers(Vec<Answer>);

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    key: String,
    fingerprint: String,
    position: i64,
    version: i64,
    recorded_at: DateTime<Utc>,
}

impl Restored {
    pub(super) fn wrap(&self) -> serde_json::Result<EventData> {
        EventData::json("HistoryRestored", self)
    }
}

impl Answers {
    pub(super) fn wrap(&self) -> serde_json::Result<EventData> {
        EventData::json("AnswersRestored", self)
    }
}

/// Where it is told that a history was copied into the log called `name`.
pub(super) fn told_in(name: &str) -> String {
    format!("{name}-restored")
}

pub(super) fn answers_of(stream: &str) -> String {
    format!("{stream}-answers")
}

/// The stream that the log called `name` is in.
pub(super) async fn stream_of(cluster: &Cluster, name: &str) -> Result<String, Trouble> {
    let told = cluster.read(&told_in(name), 0, 1).await?.pop();
    match told {
        None => Ok(name.to_owned()),
        Some(told) => Ok(read::<Restored>(&told)?.stream),
    }
}

pub(super) async fn answers(cluster: &Cluster, stream: &str) -> Result<Vec<StoredAnswer>, Trouble> {
    let stream = answers_of(stream);
    let mut answers = Vec::new();
    let mut held = 0;
    loop {
        let page = cluster.read(&stream, held, PAGE).await?;
        for found in &page {
            let some: Answers = read(found)?;
            answers.extend(some.0.into_iter().map(StoredAnswer::from));
        }
        held += page.len() as u64;
        if page.len() < PAGE {
            return Ok(answers);
        }
    }
}

fn read<T: DeserializeOwned>(found: &RecordedEvent) -> Result<T, Foreign> {
    found.as_json().map_err(|source| Foreign::NotOurs {
        stream: found.stream_id().to_owned(),
        revision: found.revision,
        source,
    })
}

impl From<Answer> for StoredAnswer {
    fn from(answer: Answer) -> Self {
        Self {
            key: answer.key,
            fingerprint: answer.fingerprint,
            position: answer.position,
            version: answer.version,
            recorded_at: answer.recorded_at,
        }
    }
}

impl From<&[StoredAnswer]> for Answers {
    fn from(answers: &[StoredAnswer]) -> Self {
        let answers = answers.iter().map(|answer| Answer {
            key: answer.key.clone(),
            fingerprint: answer.fingerprint.clone(),
            position: answer.position,
            version: answer.version,
            recorded_at: answer.recorded_at,
        });
        Self(answers.collect())
    }
}
