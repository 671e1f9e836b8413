//! An event that cannot be folded stops its own projection, loudly, and no other.

use std::sync::Arc;
use std::time::Duration;

use event_store::{
    Append, EventLog, Expected, NewEvent, Position, StreamName, Upcaster, Upcasters,
};
use projections::{Projector, ProjectorError, StillBehind, projector};
use serde_json::Value;
use uuid::Uuid;

use crate::support::{Following, World, clock, metadata, on_both_databases, strategy_key};

const LONG: Duration = Duration::from_mins(1);

/// An event of a release to come.
async fn append_poison(world: &World) -> Position {
    let poison = Append {
        stream: StreamName::new("strategy_instance", strategy_key("user").as_str()),
        expected: Expected::Any,
        events: vec![NewEvent {
            event_id: Uuid::from_u128(7),
            event_type: "InstancePaused".to_owned(),
            event_version: "1.0".to_owned(),
            payload: r#"{"InstancePaused":{"run":1}}"#.to_owned(),
        }],
        metadata: metadata(),
        unchanged: vec![],
        idempotency: None,
    };
    world.log.append(poison).await.unwrap().position
}

async fn poisoned(world: &World) -> Position {
    world.start("user", 0).await;
    let poison = append_poison(world).await;
    world.start("other", 1).await;
    world.create_definition("key", 1, 2).await;
    world.count_usage("caller", 3).await;
    world.projector.catch_up_all().await.unwrap();
    poison
}

/// What the release to come would read.
#[derive(Debug)]
struct PauseIsStop;

impl Upcaster for PauseIsStop {
    fn from(&self) -> (&'static str, &'static str, &'static str) {
        ("strategy_instance", "InstancePaused", "1.0")
    }

    fn to_version(&self) -> &'static str {
        "1.0"
    }

    fn upcast(&self, _: Value) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        let stopped = serde_json::json!({
            "run": 1, "reason": null, "stopped_at": "2026-11-22T09:00:00Z"
        });
        Ok(serde_json::json!({"InstanceStopped": stopped}))
    }
}

/// What a release with a faulty upcaster does.
#[derive(Debug)]
struct Broken;

impl Upcaster for Broken {
    fn from(&self) -> (&'static str, &'static str, &'static str) {
        PauseIsStop.from()
    }

    fn to_version(&self) -> &'static str {
        "2.0"
    }

    fn upcast(&self, _: Value) -> Result<Value, Box<dyn std::error::Error + Send + Sync>> {
        Err("no such shape".into())
    }
}

on_both_databases! {
    async fn a_poison_event_parks_its_projection_alone(world) {
        let poison = poisoned(&world).await;
        let status = world.status("strategy_instances").await;
        let parked = status.parked.unwrap();
        assert_eq!(parked.position, poison);
        assert!(parked.error.contains("InstancePaused"), "{}", parked.error);
        assert_eq!(status.position, Position(poison.0 - 1));
        for name in ["strategy_definitions", "strategy_definition_versions", "legacy_usage"] {
            let status = world.status(name).await;
            assert_eq!((status.lag, status.parked), (0, None), "{name}");
        }
        let shown = world.everything().await;
        // What stands before the poison is there
        assert_eq!(shown.instances.len(), 1);
        assert_eq!((shown.definitions.len(), shown.versions.len()), (1, 1));
        assert_eq!(shown.usage[0].calls, 3);
    }

    async fn the_others_follow_on_beside_a_parked_one(world) {
        let following = Following::begin(&world.projector);
        world.start("user", 0).await;
        let poison = append_poison(&world).await;
        let waited = world.tables.wait_for(poison, LONG).await;
        assert!(matches!(waited, Err(StillBehind::Parked { .. })), "{waited:?}");
        for number in 1..=3 {
            world.create_definition(&format!("key-{number}"), number, 2).await;
            world.count_usage("caller", 1).await;
            for name in ["strategy_definitions", "strategy_definition_versions", "legacy_usage"] {
                let caught_up = async {
                    while world.status(name).await.lag > 0 {}
                };
                tokio::time::timeout(LONG, caught_up).await.unwrap();
            }
        }
        following.stop().await;
        let shown = world.everything().await;
        assert_eq!((shown.definitions.len(), shown.usage[0].calls), (3, 3));
        assert_eq!(world.status("strategy_instances").await.parked.unwrap().position, poison);
    }

    async fn waiting_behind_a_poison_event_is_told_at_once(world) {
        let poison = poisoned(&world).await;
        let waited = world.tables.wait_for(poison, Duration::from_hours(1)).await;
        let Err(StillBehind::Parked { projection, position, .. }) = waited else {
            panic!("{waited:?}");
        };
        assert_eq!((projection, position), ("strategy_instances", poison));
        // What stands before it is shown
        let before = Position(poison.0 - 1);
        world.tables.wait_for(before, Duration::ZERO).await.unwrap();
    }

    async fn resuming_without_a_remedy_parks_again(world) {
        let poison = poisoned(&world).await;
        projector::resume(&world.tables, "strategy_instances").await.unwrap();
        assert_eq!(world.status("strategy_instances").await.parked, None);
        world.projector.catch_up_all().await.unwrap();
        let parked = world.status("strategy_instances").await.parked.unwrap();
        assert_eq!(parked.position, poison);
    }

    async fn resuming_with_a_release_that_can_read_it_goes_on(world) {
        poisoned(&world).await;
        let upcasters = Upcasters::new([Box::new(PauseIsStop) as Box<dyn Upcaster>]);
        let log = event_store::open_with(&world.log_url, clock(), upcasters).await.unwrap();
        let upgraded = Projector::new(world.tables.clone(), log, clock());
        projector::resume(&world.tables, "strategy_instances").await.unwrap();
        upgraded.catch_up_all().await.unwrap();
        let status = world.status("strategy_instances").await;
        assert_eq!((status.lag, status.parked), (0, None));
        let statuses = world.everything().await.instances.into_iter().map(|i| i.status.as_str());
        assert_eq!(statuses.collect::<Vec<_>>(), ["stopped", "running"]);
    }

    async fn a_rebuild_frees_a_parked_projection(world) {
        poisoned(&world).await;
        let upcasters = Upcasters::new([Box::new(PauseIsStop) as Box<dyn Upcaster>]);
        let log = event_store::open_with(&world.log_url, clock(), upcasters).await.unwrap();
        let upgraded = Projector::new(world.tables.clone(), log, clock());
        upgraded.rebuild("strategy_instances", &|_| {}).await.unwrap();
        let status = world.status("strategy_instances").await;
        assert_eq!((status.lag, status.parked), (0, None));
        assert_eq!(world.everything().await.instances.len(), 2);
    }

    async fn a_rebuild_that_meets_poison_leaves_the_live_table(world) {
        let poison = poisoned(&world).await;
        let shown = world.everything().await;
        let outcome = world.projector.rebuild("strategy_instances", &|_| {}).await;
        let Err(ProjectorError::Poison { projection, position, .. }) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!((projection, position), ("strategy_instances", poison));
        assert_eq!(world.everything().await, shown);
        assert_eq!(world.status("strategy_instances").await.rebuilding, None);
    }

    async fn an_event_the_log_cannot_lift_is_poison_too(world) {
        world.start("user", 0).await;
        let poison = append_poison(&world).await;
        let upcasters = Upcasters::new([Box::new(Broken) as Box<dyn Upcaster>]);
        let log: Arc<dyn EventLog> =
            event_store::open_with(&world.log_url, clock(), upcasters).await.unwrap();
        let projector = Projector::new(world.tables.clone(), log, clock());
        projector.catch_up_all().await.unwrap();
        let parked = world.status("strategy_instances").await.parked.unwrap();
        assert_eq!(parked.position, poison);
        assert_eq!(parked.error, "the log cannot read it: no such shape");
        assert_eq!(world.everything().await.instances.len(), 1);
    }
}
