//! Batches small enough that one is on its way while its groups are folded again.

use std::sync::Arc;

use domain::clock::FixedClock;
use event_store::{Actor, Append, Expected, Metadata, NewEvent, Role, Source, StreamName};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use uuid::Uuid;

use super::*;
use crate::audit::{StoredTableRow, rows_of};
use crate::instance_moments::InstanceMoments;
use crate::instances::Instances;
use crate::tables::Tables;

const INSTANCES: usize = 6;

struct World {
    projector: Projector,
    _folder: tempfile::TempDir,
}

impl World {
    async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("all.sqlite").display());
        event_store::migrate(&url).await.unwrap();
        let tables = Tables::connect(&url).await.unwrap();
        tables.migrate().await.unwrap();
        let clock = Arc::new(FixedClock(chrono::DateTime::UNIX_EPOCH));
        let log = event_store::open(&url, clock.clone()).await.unwrap();
        Self {
            projector: Projector::new(tables, log, clock),
            _folder: folder,
        }
    }

    /// One more run of an instance.
    async fn starts(&self, instance: usize, run: u64) {
        let event = if run == 1 {
            "InstanceStarted"
        } else {
            "InstanceRestarted"
        };
        let payload = format!(
            r#"{{"{event}":{{"number":{run},"user_id":"user","client_id":"client",
            "strategy_type":"volume","executor_type":"volume","definition":null,"config":{{}},
            "market_making_order_id":null,"start_price":"1","started_at":"2026-11-22T00:00:00Z"}}}}"#
        );
        let event = NewEvent {
            event_id: Uuid::new_v4(),
            event_type: event.to_owned(),
            event_version: "1.0".to_owned(),
            payload,
        };
        let actor = Actor::new("alice", Role::Admin);
        let append = Append {
            stream: StreamName::new("strategy_instance", format!("key-{instance}")),
            expected: Expected::Version(run - 1),
            events: vec![event],
            metadata: Metadata::new(actor, Source::Rest, Uuid::nil()),
            unchanged: vec![],
            idempotency: None,
        };
        self.projector.log.append(append).await.unwrap();
    }

    async fn rows<P: Projection>(&self) -> Vec<StoredTableRow> {
        let mut rows = vec![];
        rows_of(&self.projector.tables, P::NAME, |row| rows.push(row))
            .await
            .unwrap();
        rows
    }

    /// The rows as they are folded live, and as batches of this size make them.
    async fn followed_and_rebuilt<P: Projection>(
        &self,
        strides: Strides,
    ) -> (Vec<StoredTableRow>, Vec<StoredTableRow>) {
        self.projector.catch_up(P::NAME).await.unwrap();
        let followed = self.rows::<P>().await;
        let rebuilt = rebuild_in::<P>(&self.projector, strides, &|_| ());
        rebuilt.await.unwrap();
        (followed, self.rows::<P>().await)
    }
}

/// Which instance starts next, how much is read and written at once, and how many groups are kept.
fn histories() -> impl Strategy<Value = (Vec<usize>, Strides)> {
    let strides =
        (1_usize..4, 1_u64..4, 0_usize..4).prop_map(|(page, saved_every, kept)| Strides {
            page,
            saved_every,
            kept,
        });
    (prop::collection::vec(0..INSTANCES, 1..40), strides)
}

#[test]
fn however_it_is_cut_into_batches_a_rebuild_gives_the_rows_that_were_followed() {
    let mut runner = TestRunner::new(Config::with_cases(16));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runner
        .run(&histories(), |(starts, strides)| {
            runtime.block_on(async {
                let world = World::empty().await;
                let mut runs = [0; INSTANCES];
                for instance in starts {
                    runs[instance] += 1;
                    world.starts(instance, runs[instance]).await;
                }
                let (followed, rebuilt) = world.followed_and_rebuilt::<Instances>(strides).await;
                prop_assert_eq!(followed, rebuilt);
                let moments = world.followed_and_rebuilt::<InstanceMoments>(strides);
                let (followed, rebuilt) = moments.await;
                prop_assert_eq!(followed, rebuilt);
                Ok(())
            })
        })
        .unwrap();
}
