//! What readers may ask.

use domain::ids::{ExecutorType, UserId};
use projections::instances::{InstanceFilter, Observed};
use projections::{definitions, instances, versions};

use crate::support::{at, definition_id, on_both_databases, strategy_key};

on_both_databases! {
    async fn definitions_are_listed_by_key_and_found_by_either_name(world) {
        for (key, id) in [("b", 1), ("a", 2), ("B", 3)] {
            world.create_definition(key, id, 0).await;
        }
        world.projector.catch_up_all().await.unwrap();
        let listed = definitions::query::list(&world.tables).await.unwrap();
        let keys: Vec<&str> = listed.iter().map(|row| row.key.as_str()).collect();
        // By bytes, as the original's database sorted them
        assert_eq!(keys, ["B", "a", "b"]);
        let by_id = definitions::query::find(&world.tables, definition_id(2)).await.unwrap();
        let by_key = definitions::query::find_by_key(&world.tables, &listed[1].key).await.unwrap();
        assert_eq!(by_id.as_ref(), Some(&listed[1]));
        assert_eq!(by_key, by_id);
        assert_eq!(definitions::query::find(&world.tables, definition_id(9)).await.unwrap(), None);
        assert_eq!(listed[1].revision, 1);
        assert_eq!(listed[1].last_changed_by, "alice");
    }

    async fn the_oldest_enabled_definition_of_an_executor_is_found(world) {
        // The same second twice: then the earlier event
        for (key, id, seconds) in [("young", 1, 9), ("first", 2, 5), ("second", 3, 5)] {
            world.create_definition(key, id, seconds).await;
        }
        world.projector.catch_up_all().await.unwrap();
        let volume = ExecutorType::new("volume");
        let oldest = definitions::query::oldest_enabled(&world.tables, &volume).await.unwrap();
        assert_eq!(oldest.unwrap().key.as_str(), "first");
        let other = ExecutorType::new("arbitrage");
        let none = definitions::query::oldest_enabled(&world.tables, &other).await.unwrap();
        assert_eq!(none, None);
    }

    async fn versions_are_listed_with_the_latest_first(world) {
        world.create_definition("key", 1, 0).await;
        world.publish("key", 1, 10).await;
        world.publish("key", 1, 10).await;
        world.projector.catch_up_all().await.unwrap();
        let listed = versions::query::list(&world.tables, definition_id(1)).await.unwrap();
        let versions: Vec<&str> = listed.iter().map(|row| row.version.as_str()).collect();
        assert_eq!(versions, ["1.0.2", "1.0.1", "1.0.0"]);
        assert_eq!(listed[0].created_at, at(10));
        assert_eq!(listed[0].reason.as_deref(), Some("a test"));
    }

    async fn instances_are_filtered_and_paged(world) {
        for user in ["one", "two", "three", "four"] {
            world.start(user, 0).await;
        }
        world.stop("two", 1).await;
        world.projector.catch_up_all().await.unwrap();
        let users = async |filter: InstanceFilter| {
            let listed = instances::query::list(&world.tables, &filter).await.unwrap();
            let users = listed.into_iter().map(|row| row.user_id.to_string());
            users.collect::<Vec<_>>()
        };
        let all = InstanceFilter::default();
        assert_eq!(users(all.clone()).await, ["one", "two", "three", "four"]);
        let running = InstanceFilter { running_only: true, ..all.clone() };
        assert_eq!(users(running.clone()).await, ["one", "three", "four"]);
        let page = InstanceFilter { after_id: Some(1), limit: Some(1), ..running };
        assert_eq!(users(page).await, ["three"]);
        let of_user = InstanceFilter { user_id: Some(UserId::new("four")), ..all };
        assert_eq!(users(of_user).await, ["four"]);
    }

    async fn an_instance_is_found_by_key(world) {
        world.import("user", 41).await;
        world.open_execution("user", 1).await;
        world.projector.catch_up_all().await.unwrap();
        let found = instances::query::find(&world.tables, &strategy_key("user")).await.unwrap();
        let found = found.unwrap();
        assert_eq!((found.id, found.observed), (41, Observed::Running));
        assert_eq!(found.start_price.to_string(), "0.00001234");
        let unlinked = instances::query::unlinked(&world.tables).await.unwrap();
        assert_eq!(unlinked.len(), 1);
        let linked = instances::query::linked_to(&world.tables, definition_id(1)).await.unwrap();
        assert_eq!(linked, 0);
    }
}
