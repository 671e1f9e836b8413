//! What this process appended last: whoever follows the log need not ask the database for what it was
//! handed a moment ago.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

use super::appender::Outcome;
use super::feed_window::FeedWindow;
use super::prepared::Prepared;
use crate::error::AppendError;
use crate::log::{Appended, FeedFilter, FeedPage};
use crate::recorded::{Position, Recorded};

/// Followers who are farther behind read pages of the database.
const KEPT: usize = 2_048;
const KEPT_BYTES: usize = 4 << 20;

/// Events without a gap between them, as the database has them.
#[derive(Debug, Default)]
pub(crate) struct RecentEvents(Mutex<Run>);

#[derive(Debug, Default)]
struct Run {
    events: VecDeque<Arc<Recorded>>,
    bytes: usize,
}

impl RecentEvents {
    /// What became of a batch, in order.
    pub(crate) fn take(&self, batch: Vec<Prepared>, outcomes: &[Outcome]) {
        let mut run = self.lock();
        for (prepared, outcome) in batch.into_iter().zip(outcomes) {
            match (&outcome.verdict, outcome.recorded_at) {
                (Ok(appended), _) if appended.repeated => {}
                (Ok(appended), Some(at)) => run.push_all(prepared, *appended, at),
                // Something is stored, or may be, that only the database knows
                (Ok(_), None) | (Err(AppendError::OutcomeUnknown(_)), _) => run.clear(),
                (Err(_), _) => {}
            }
        }
    }

    /// A page of the feed that ends at the `head` that is known of. `None` where the database has to be
    /// asked: also for what comes next, as others may have appended it.
    pub(crate) fn feed(
        &self,
        after: Position,
        limit: usize,
        filter: &FeedFilter,
        head: Position,
    ) -> Option<FeedPage> {
        let (window, events) = {
            let run = self.lock();
            let (first, last) = (run.events.front()?.position, run.events.back()?.position);
            if last < head || after >= last {
                return None;
            }
            let known = (after.0 + 1).checked_sub(first.0)?;
            let window = FeedWindow::new(after, last, limit, filter);
            let types = &filter.aggregate_types;
            let events = run.events.range(usize::try_from(known).ok()?..);
            let events = events
                .take_while(|event| event.position.0 <= window.up_to)
                .filter(|event| types.is_empty() || types.contains(&event.stream.aggregate_type))
                .take(limit);
            let events: Vec<Arc<Recorded>> = events.cloned().collect();
            (window, events)
        };
        let events = events.iter().map(|event| (**event).clone());
        Some(window.page(events.collect()))
    }

    fn lock(&self) -> MutexGuard<'_, Run> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Run {
    fn push_all(&mut self, prepared: Prepared, appended: Appended, recorded_at: DateTime<Utc>) {
        let Prepared { append, metadata } = prepared;
        let before = append.events.len() as u64;
        let first = (appended.position.0 + 1).saturating_sub(before);
        let begins = (appended.version + 1).saturating_sub(before);
        let goes_on = self.events.back().map(|last| last.position.0 + 1);
        if goes_on != Some(first) {
            self.clear();
        }
        for (number, event) in (0..).zip(append.events) {
            self.push(Recorded {
                position: Position(first + number),
                stream: append.stream.clone(),
                version: begins + number,
                event_id: event.event_id,
                event_type: event.event_type,
                event_version: event.event_version,
                payload: event.payload,
                metadata: metadata.clone(),
                recorded_at,
            });
        }
    }

    fn push(&mut self, event: Recorded) {
        self.bytes += weight(&event);
        self.events.push_back(Arc::new(event));
        while self.events.len() > KEPT || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.events.pop_front() else {
                return;
            };
            self.bytes -= weight(&oldest);
        }
    }

    fn clear(&mut self) {
        self.events.clear();
        self.bytes = 0;
    }
}

fn weight(event: &Recorded) -> usize {
    event.payload.len() + event.metadata.len()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::error::StoreError;
    use crate::log::{Append, Expected, NewEvent};
    use crate::metadata::{Actor, Metadata, Role, Source};
    use crate::recorded::StreamName;

    fn prepared(payload: &str, events: usize) -> Prepared {
        let event = || NewEvent {
            event_id: Uuid::new_v4(),
            event_type: "Counted".to_owned(),
            event_version: "1.0".to_owned(),
            payload: payload.to_owned(),
        };
        let actor = Actor::new("alice", Role::Admin);
        let append = Append {
            stream: StreamName::new("counter", "one"),
            expected: Expected::Any,
            events: (0..events).map(|_| event()).collect(),
            metadata: Metadata::new(actor, Source::Rest, Uuid::nil()),
            unchanged: vec![],
            idempotency: None,
        };
        Prepared::try_new(append).unwrap()
    }

    /// Stored up to a position, which is the stream's version as well.
    fn stored(position: u64) -> Outcome {
        Outcome {
            verdict: Ok(Appended {
                position: Position(position),
                version: position,
                repeated: false,
            }),
            recorded_at: Some(DateTime::UNIX_EPOCH),
        }
    }

    fn because(error: AppendError) -> Outcome {
        Outcome {
            verdict: Err(error),
            recorded_at: None,
        }
    }

    fn take(recent: &RecentEvents, events: usize, outcome: Outcome) {
        recent.take(vec![prepared("{}", events)], &[outcome]);
    }

    /// Positions of a page and where it ends.
    fn fed(recent: &RecentEvents, after: u64, limit: usize) -> Option<(Vec<u64>, u64, bool)> {
        let all = FeedFilter::default();
        let page = recent.feed(Position(after), limit, &all, Position(0))?;
        let versions = page.events.iter().map(|event| event.version);
        let positions: Vec<u64> = page.events.iter().map(|event| event.position.0).collect();
        assert!(versions.eq(positions.iter().copied()));
        Some((positions, page.up_to.0, page.at_head))
    }

    #[test]
    fn what_was_stored_is_fed_and_what_comes_next_is_not_known() {
        let recent = RecentEvents::default();
        assert_eq!(fed(&recent, 0, 9), None);
        take(&recent, 2, stored(5));
        take(&recent, 1, stored(6));
        assert_eq!(fed(&recent, 3, 9), Some((vec![4, 5, 6], 6, true)));
        assert_eq!(fed(&recent, 3, 2), Some((vec![4, 5], 5, false)));
        assert_eq!(fed(&recent, 5, 9), Some((vec![6], 6, true)));
        assert_eq!(fed(&recent, 2, 9), None);
        assert_eq!(fed(&recent, 6, 9), None);
    }

    #[test]
    fn what_others_are_known_to_have_appended_is_the_database_s_to_say() {
        let recent = RecentEvents::default();
        take(&recent, 1, stored(1));
        let all = FeedFilter::default();
        let known = |head| recent.feed(Position(0), 9, &all, Position(head)).is_some();
        assert!(known(1) && !known(2));
        // Theirs was the second
        take(&recent, 1, stored(3));
        assert_eq!(fed(&recent, 0, 9), None);
        assert_eq!(fed(&recent, 2, 9), Some((vec![3], 3, true)));
    }

    #[test]
    fn what_may_be_stored_without_our_knowing_ends_the_run() {
        let unknown: AppendError = AppendError::OutcomeUnknown("the connection broke".into());
        let untold = Outcome {
            recorded_at: None,
            ..stored(2)
        };
        for doubtful in [because(unknown), untold] {
            let recent = RecentEvents::default();
            take(&recent, 1, stored(1));
            take(&recent, 1, doubtful);
            assert_eq!(fed(&recent, 0, 9), None);
        }
    }

    #[test]
    fn what_stored_nothing_changes_nothing() {
        let refused = AppendError::Store(StoreError::Failed("no".into()));
        let mut repeated = stored(1);
        if let Ok(appended) = &mut repeated.verdict {
            appended.repeated = true;
        }
        let recent = RecentEvents::default();
        take(&recent, 1, stored(1));
        take(&recent, 1, because(refused));
        take(&recent, 1, repeated);
        assert_eq!(fed(&recent, 0, 9), Some((vec![1], 1, true)));
    }

    #[test]
    fn few_are_kept() {
        let recent = RecentEvents::default();
        let many = KEPT as u64 + 5;
        for position in 1..=many {
            take(&recent, 1, stored(position));
        }
        assert_eq!(fed(&recent, 4, 9), None);
        assert!(fed(&recent, 5, 9).is_some());

        let large = format!("\"{}\"", "x".repeat(KEPT_BYTES / 2));
        for position in many + 1..many + 4 {
            recent.take(vec![prepared(&large, 1)], &[stored(position)]);
        }
        assert_eq!(fed(&recent, many + 1, 9), None);
        assert!(fed(&recent, many + 2, 9).is_some());
    }
}
