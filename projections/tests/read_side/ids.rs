//! Legacy ids: imports keep theirs when they can, others count up, and a rebuild changes none.

use std::collections::BTreeMap;

use crate::support::{World, on_both_databases};

async fn ids(world: &World) -> BTreeMap<String, i64> {
    let instances = world.everything().await.instances;
    let id = |row: &projections::instances::InstanceRow| (row.user_id.to_string(), row.id);
    instances.iter().map(id).collect()
}

on_both_databases! {
    async fn ids_are_dealt_out_in_the_order_of_the_log(world) {
        world.start("first", 0).await;
        world.import("keeps-seven", 7).await;
        world.start("after-seven", 1).await;
        world.projector.catch_up_all().await.unwrap();
        // What follows finds the ids in the table, not in memory
        let (_, projector) = world.other_process().await;
        world.import("wants-seven", 7).await;
        world.import("keeps-three", 3).await;
        world.import("wants-one", 1).await;
        world.start("last", 2).await;
        world.start("first", 3).await;
        projector.catch_up_all().await.unwrap();
        let expected = [
            ("first", 1),
            ("keeps-seven", 7),
            ("after-seven", 8),
            ("wants-seven", 9),
            ("keeps-three", 3),
            ("wants-one", 10),
            ("last", 11),
        ];
        let expected = expected.map(|(user, id)| (user.to_owned(), id)).into();
        assert_eq!(ids(&world).await, expected);
        world.projector.rebuild("strategy_instances", &|_| {}).await.unwrap();
        assert_eq!(ids(&world).await, expected);
    }
}
