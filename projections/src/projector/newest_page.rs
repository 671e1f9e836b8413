//! The newest events, read from the log once for all projections that follow it.

use event_store::{EventLog, Position, StoreError};
use tokio::sync::Mutex;

use super::catalogue;
use super::page::Page;
use crate::projection::Projection;

/// The last page that a follower read at the head of the log. Those who stand where it begins, or
/// on it, get their part; the one that stands at its end reads the next.
#[derive(Debug, Default)]
pub(super) struct NewestPage(Mutex<Option<Page>>);

impl NewestPage {
    pub(super) async fn read<P: Projection>(
        &self,
        log: &dyn EventLog,
        after: Position,
        limit: usize,
    ) -> Result<Page, StoreError> {
        // Whoever comes meanwhile waits for this read instead of doing the same
        let mut newest = self.0.lock().await;
        if let Some(page) = newest.as_ref().filter(|page| after < page.up_to) {
            if after < page.after {
                drop(newest);
                return Page::read::<P>(log, after, limit).await;
            }
            return Ok(Page {
                outdated: page.up_to < *log.wake_ups().borrow(),
                ..page.part::<P>(after)
            });
        }
        let page = Page::read_types(log, after, limit, &catalogue::reads()).await?;
        if page.poison.is_some() {
            drop(newest);
            // Whom it concerns finds out alone, the others read past it
            return Page::read::<P>(log, after, limit).await;
        }
        let part = page.part::<P>(after);
        if after < page.up_to {
            *newest = Some(page);
        }
        Ok(part)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::clock::FixedClock;
    use event_store::{
        Actor, Append, Expected, Metadata, NewEvent, Role, Source, StreamName, Upcaster, Upcasters,
    };
    use serde_json::Value;
    use tempfile::TempDir;
    use uuid::Uuid;

    use super::*;
    use crate::instances::Instances;
    use crate::legacy_usage::LegacyUsage;

    const LIMIT: usize = 100;
    const COUNTED: &str = r#"{"LegacyUsageCounted":{"counts":[],"from":"2026-11-22T08:00:00Z",
        "until":"2026-11-22T09:00:00Z"}}"#;
    const TODAY: &str = "1.0";
    /// The version of an event that nothing lifts to today's shape.
    const DAMAGED: &str = "0.9";

    #[derive(Debug)]
    struct CannotLift;

    impl Upcaster for CannotLift {
        fn from(&self) -> (&'static str, &'static str, &'static str) {
            ("legacy_usage", "LegacyUsageCounted", DAMAGED)
        }

        fn to_version(&self) -> &'static str {
            "1.0"
        }

        fn upcast(&self, _: Value) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
            Err("damaged".into())
        }
    }

    struct Followed {
        log: Arc<dyn EventLog>,
        newest: NewestPage,
        _directory: TempDir,
    }

    impl Followed {
        async fn open() -> Self {
            let directory = tempfile::tempdir().unwrap();
            let url = format!("sqlite:{}", directory.path().join("log").display());
            let clock = Arc::new(FixedClock(chrono::DateTime::UNIX_EPOCH));
            let upcasters = Upcasters::new([Box::new(CannotLift) as Box<dyn Upcaster>]);
            Self {
                log: event_store::open_with(&url, clock, upcasters)
                    .await
                    .unwrap(),
                newest: NewestPage::default(),
                _directory: directory,
            }
        }

        async fn append(&self, event_version: &str) {
            let actor = Actor::new("alice", Role::Admin);
            let event = NewEvent {
                event_id: Uuid::new_v4(),
                event_type: "LegacyUsageCounted".to_owned(),
                event_version: event_version.to_owned(),
                payload: COUNTED.to_owned(),
            };
            let append = Append {
                stream: StreamName::new("legacy_usage", "2026-11-22"),
                expected: Expected::Any,
                events: vec![event],
                metadata: Metadata::new(actor, Source::Rest, Uuid::nil()),
                unchanged: vec![],
                idempotency: None,
            };
            self.log.append(append).await.unwrap();
        }

        async fn read<P: Projection>(&self, after: u64) -> Page {
            let read = self
                .newest
                .read::<P>(self.log.as_ref(), Position(after), LIMIT);
            read.await.unwrap()
        }
    }

    fn positions(page: &Page) -> Vec<u64> {
        let events = page.events.iter();
        events.map(|event| event.position.0).collect()
    }

    #[tokio::test]
    async fn followers_at_one_place_share_a_page() {
        let log = Followed::open().await;
        log.append(TODAY).await;
        log.append(TODAY).await;
        let counted = log.read::<LegacyUsage>(0).await;
        assert_eq!((positions(&counted), counted.outdated), (vec![1, 2], false));
        log.append(TODAY).await;
        // Not read anew, and known to be no longer all there is
        let others = log.read::<Instances>(0).await;
        assert_eq!((positions(&others), others.up_to.0), (vec![], 2));
        assert!(others.outdated);
        assert_eq!(positions(&log.read::<LegacyUsage>(1).await), [2]);
        assert_eq!(positions(&log.read::<LegacyUsage>(2).await), [3]);
    }

    #[tokio::test]
    async fn a_slow_follower_reads_what_the_others_are_past() {
        let log = Followed::open().await;
        for position in 0..4 {
            log.append(TODAY).await;
            log.read::<Instances>(position).await;
        }
        let slow = log.read::<LegacyUsage>(1).await;
        assert_eq!((positions(&slow), slow.up_to.0), (vec![2, 3, 4], 4));
        assert!(slow.at_head && !slow.outdated);
        // The others' page is still there
        assert_eq!(positions(&log.read::<LegacyUsage>(3).await), [4]);
    }

    #[tokio::test]
    async fn what_cannot_be_read_concerns_those_who_read_it() {
        let log = Followed::open().await;
        for version in [TODAY, DAMAGED, TODAY] {
            log.append(version).await;
        }
        let readable = log.read::<LegacyUsage>(0).await;
        assert_eq!((positions(&readable), readable.at_head), (vec![1], false));
        let others = log.read::<Instances>(1).await;
        assert!(others.poison.is_none());
        assert_eq!((others.up_to.0, others.at_head), (3, true));
        let concerned = log.read::<LegacyUsage>(1).await;
        assert!(concerned.events.is_empty());
        assert_eq!(concerned.poison.unwrap().position.0, 2);
    }
}
