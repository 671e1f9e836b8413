//! Storing a batch: decide on what the mirror holds, append behind exactly that, and take it over.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::clock::Clock;
use eventstore::EventData;

use super::cluster::NotAppended;
use super::envelope;
use super::mirroring::{Mirroring, News, PAGE};
use crate::backend::appender::{BatchWriter, Care, Verdict, Written};
use crate::backend::plan::{EarlierAnswer, Found, Plan, StoredAt};
use crate::backend::prepared::Prepared;
use crate::backend::settle::by_weight;
use crate::backend::trouble::{Kind, Trouble};
use crate::error::{AppendError, StoreError};
use crate::recorded::{Position, Recorded};
use crate::restore::StoredAnswer;

/// KurrentDB takes 1 MiB at once unless it is told otherwise.
const MOST_AT_ONCE: usize = 1000 << 10;
/// How often other servers may be quicker.
const TURNS: usize = 64;

#[derive(Debug)]
pub(super) struct Writer {
    mirroring: Arc<Mirroring>,
    clock: Arc<dyn Clock>,
}

impl Writer {
    pub(super) fn new(mirroring: Arc<Mirroring>, clock: Arc<dyn Clock>) -> Self {
        Self { mirroring, clock }
    }
}

#[async_trait]
impl BatchWriter for Writer {
    async fn write(&mut self, batch: &[Prepared], care: Care) -> Result<Written, Trouble> {
        let mut verdicts = Vec::with_capacity(batch.len());
        for part in by_weight(batch, MOST_AT_ONCE, weight) {
            if part.iter().any(is_too_large) {
                verdicts.extend(part.iter().map(|_| Err(too_large())));
                continue;
            }
            match self.mirroring.write(part, care, self.clock.now()).await {
                Ok(more) => verdicts.extend(more),
                // Nothing was stored, or nobody knows: the batch is tried again as a whole
                Err(trouble) if verdicts.is_empty() || trouble.kind == Kind::Lost => {
                    return Err(trouble);
                }
                Err(trouble) => {
                    verdicts.extend(part.iter().map(|_| Err(trouble.clone().into())));
                }
            }
        }
        Ok(verdicts.into())
    }
}

/// Such an append is a part by itself.
fn is_too_large(prepared: &Prepared) -> bool {
    weight(prepared) > MOST_AT_ONCE
}

/// With what stands around payloads and metadata.
fn weight(prepared: &Prepared) -> usize {
    let append = &prepared.append;
    let request = append.idempotency.as_ref();
    let request = request.map_or(0, |request| request.key.len() + request.fingerprint.len());
    // Names may take two characters for one once they are JSON
    let names = append.stream.aggregate_type.len() + append.stream.aggregate_id.len();
    prepared.weight() + append.events.len() * (envelope::OVERHEAD + 2 * names) + 2 * request
}

fn too_large() -> AppendError {
    AppendError::Store(StoreError::Failed(
        "the events of one command are larger than what KurrentDB takes at once (1 MiB)".into(),
    ))
}

impl Mirroring {
    async fn write(
        &self,
        batch: &[Prepared],
        care: Care,
        now: DateTime<Utc>,
    ) -> Result<Vec<Verdict>, Trouble> {
        let mut caught_up = care == Care::Repeating;
        if caught_up {
            self.catch_up().await?;
        }
        let mut known = Known::of(self, batch).await?;
        for _ in 0..TURNS {
            let plan = Plan::new(batch, known.found.clone());
            let refused = plan.verdicts.iter().any(Result::is_err);
            if plan.rows.is_empty() && (caught_up || !refused) {
                self.take_over(&known.news).await?;
                return Ok(plan.verdicts);
            }
            // What another server appended may make a refusal another answer
            if caught_up || !refused {
                // A clock that was set back must not make a later event look earlier
                let stored = recorded(&plan, now.max(known.last_time));
                let wrapped = wrap(&stored)?;
                match self.stream.append(known.found.head, &wrapped).await {
                    Ok(()) => {
                        known.news.extend(stored);
                        self.taken(known.news, care).await?;
                        return Ok(plan.verdicts);
                    }
                    Err(NotAppended::Moved) => {}
                    Err(NotAppended::Trouble(trouble)) => return Err(trouble),
                }
            }
            known.read_on(self, batch).await?;
            caught_up = true;
        }
        let sentence = "other servers append without a pause: try again";
        Err(Trouble::new(Kind::Unavailable, sentence, NoTurn))
    }

    /// What is stored and not in the mirror is in doubt until it is.
    async fn taken(&self, news: News, care: Care) -> Result<(), Trouble> {
        let taken = match care {
            Care::Usual => self.take_over(&news).await,
            // KurrentDB takes ids that it has for the events that it has: those of an attempt before,
            // with another time
            Care::Repeating => self.catch_up().await,
        };
        taken.map_err(|trouble| trouble.of_kind(Kind::Lost))
    }
}

#[derive(Debug, thiserror::Error)]
#[error("another server was quicker {TURNS} times")]
struct NoTurn;

/// What is known of the log while a batch waits for its turn. What others append meanwhile is learnt
/// without a detour through the mirror: who was too late would be too late again.
#[derive(Debug)]
struct Known {
    found: Found,
    last_time: DateTime<Utc>,
    /// What the mirror may not have got yet.
    news: News,
}

impl Known {
    async fn of(mirroring: &Mirroring, batch: &[Prepared]) -> Result<Self, Trouble> {
        let (found, last_time) = mirroring.look_up(batch).await?;
        Ok(Self {
            found,
            last_time: DateTime::from_timestamp_micros(last_time).unwrap_or_default(),
            news: News::default(),
        })
    }

    async fn read_on(&mut self, mirroring: &Mirroring, batch: &[Prepared]) -> Result<(), Trouble> {
        let news = mirroring.read(self.found.head, PAGE).await?;
        if self.news.events.len() + news.events.len() >= PAGE {
            mirroring.catch_up().await?;
            *self = Self::of(mirroring, batch).await?;
        } else {
            self.learn(&news);
            self.news.extend(news);
        }
        Ok(())
    }

    fn learn(&mut self, news: &News) {
        for event in &news.events {
            self.found.head = event.position.0;
            self.last_time = event.recorded_at;
            self.found
                .versions
                .insert(event.stream.clone(), event.version);
            let at = StoredAt {
                stream: event.stream.clone(),
                position: event.position.0,
                version: event.version,
            };
            self.found.events.insert(event.event_id, at);
        }
        for answer in &news.answers {
            let earlier = EarlierAnswer {
                fingerprint: answer.fingerprint.clone(),
                position: answer.position.cast_unsigned(),
                version: answer.version.cast_unsigned(),
            };
            self.found.answers.insert(answer.key.clone(), earlier);
        }
    }
}

impl News {
    fn extend(&mut self, more: Self) {
        self.events.extend(more.events);
        self.answers.extend(more.answers);
    }
}

/// What the plan stores, as it will be read.
fn recorded(plan: &Plan<'_>, recorded_at: DateTime<Utc>) -> News {
    // The log counts microseconds
    let recorded_at =
        DateTime::from_timestamp_micros(recorded_at.timestamp_micros()).unwrap_or(recorded_at);
    let events = plan.rows.iter().map(|row| Recorded {
        position: Position(row.position),
        stream: row.stream.clone(),
        version: row.version,
        event_id: row.event.event_id,
        event_type: row.event.event_type.clone(),
        event_version: row.event.event_version.clone(),
        payload: row.event.payload.clone(),
        metadata: row.metadata.to_owned(),
        recorded_at,
    });
    let answers = plan.answers.iter().map(|answer| StoredAnswer {
        key: answer.idempotency.key.clone(),
        fingerprint: answer.idempotency.fingerprint.clone(),
        position: answer.position.cast_signed(),
        version: answer.version.cast_signed(),
        recorded_at,
    });
    News {
        events: events.collect(),
        answers: answers.collect(),
    }
}

/// Each answer goes with the last event of its append.
fn wrap(stored: &News) -> Result<Vec<EventData>, Trouble> {
    let answers = stored.answers.iter();
    let by_position: HashMap<i64, &StoredAnswer> =
        answers.map(|answer| (answer.position, answer)).collect();
    let wrapped = stored.events.iter().map(|event| {
        let answer = by_position.get(&event.position.0.cast_signed()).copied();
        envelope::wrap(event, answer)
    });
    wrapped.collect::<Result<_, _>>().map_err(envelope::no_json)
}
