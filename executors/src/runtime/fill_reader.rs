//! Reads our trades from the venues: one question per venue and tick, whatever the number of runs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::ErrorChain;
use domain::execution::Fill;
use tokio::task::JoinSet;

use super::shared::Shared;
use crate::venue::{FillCursor, FillPage, VenueError};

/// How long after its order has ended a trade may still be told.
pub(crate) const LATE: TimeDelta = TimeDelta::minutes(10);

/// What is missed here (a venue that did not answer, a process that ended) is found when a run
/// asks about all of its orders.
#[derive(Debug, Default)]
pub(crate) struct FillReader {
    cursors: BTreeMap<String, FillCursor>,
    asked: BTreeSet<String>,
    asked_at: BTreeMap<String, DateTime<Utc>>,
    /// When an order of ours was last there.
    traded: BTreeMap<String, DateTime<Utc>>,
    answers: JoinSet<Answer>,
}

type Answer = (String, Result<FillPage, VenueError>);

impl FillReader {
    /// Asks every venue that has something to tell and isn't being asked already.
    pub(crate) fn ask(&mut self, shared: &Shared, now: DateTime<Utc>) {
        for exchange in shared.own_orders.take_exchanges() {
            self.traded.insert(exchange, now);
        }
        for exchange in shared.calls.exchanges() {
            let cursor = self.cursors.get(&exchange).copied();
            // A process that begins does not know when the one before last had an order there
            let traded = *self.traded.entry(exchange.clone()).or_insert(now);
            let silent = cursor.is_some() && now - traded > LATE;
            let pause = shared.calls.pause_between_readings(&exchange);
            let asked_at = self.asked_at.get(&exchange);
            let early = asked_at.is_some_and(|then| now - *then < pause);
            if silent || early || !self.asked.insert(exchange.clone()) {
                continue;
            }
            self.asked_at.insert(exchange.clone(), now);
            let calls = shared.calls.clone();
            self.answers.spawn(async move {
                let answer = calls.fills_since(&exchange, cursor).await;
                (exchange, answer)
            });
        }
    }

    /// The next venue's new trades; `None` when no answer is outstanding.
    pub(crate) async fn next(&mut self, shared: &Shared) -> Option<Vec<Fill>> {
        match self.answers.join_next().await? {
            Ok((exchange, answer)) => Some(self.take_in(shared, exchange, answer)),
            Err(error) => {
                tracing::error!(%error, "reading a venue's trades panicked");
                // Which one is not known: all may be asked again
                self.asked.clear();
                Some(vec![])
            }
        }
    }

    fn take_in(
        &mut self,
        shared: &Shared,
        exchange: String,
        answer: Result<FillPage, VenueError>,
    ) -> Vec<Fill> {
        self.asked.remove(&exchange);
        match answer {
            Ok(page) => {
                shared.listening.begins_at(&exchange);
                self.cursors.insert(exchange, page.cursor);
                page.fills
            }
            Err(error) => {
                tracing::warn!(exchange, error = %ErrorChain(&error), "trades could not be read");
                vec![]
            }
        }
    }
}
