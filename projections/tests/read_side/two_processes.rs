//! Any number of processes may follow: each event is folded once.

use std::time::Duration;

use crate::support::{Everything, Following, on_both_databases};

const LONG: Duration = Duration::from_mins(1);

on_both_databases! {
    async fn two_followers_count_each_call_once(world) {
        let (other_tables, other_projector) = world.other_process().await;
        let followers = [Following::begin(&world.projector), Following::begin(&other_projector)];
        for number in 0..40_u32 {
            world.count_usage("caller", 1).await;
            let position = world.start(&format!("user-{}", number % 7), i64::from(number)).await;
            for tables in [&world.tables, &other_tables] {
                tables.wait_for(position, LONG).await.unwrap();
            }
        }
        for follower in followers {
            follower.stop().await;
        }
        world.projector.catch_up_all().await.unwrap();
        let shown = world.everything().await;
        assert_eq!(shown, Everything::of(&other_tables).await);
        assert_eq!(shown.usage[0].calls, 40);
        assert_eq!(shown.instances.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(shown.instances.iter().map(|row| row.run).sum::<u32>(), 40);
    }

    async fn a_follower_takes_over_from_one_that_stopped(world) {
        let (other_tables, other_projector) = world.other_process().await;
        let first = Following::begin(&world.projector);
        let second = Following::begin(&other_projector);
        let position = world.start("user", 0).await;
        other_tables.wait_for(position, LONG).await.unwrap();
        first.stop().await;
        let position = world.stop("user", 1).await;
        other_tables.wait_for(position, LONG).await.unwrap();
        second.stop().await;
        let shown = Everything::of(&other_tables).await;
        assert_eq!(shown.instances[0].status.as_str(), "stopped");
    }

    async fn a_follower_with_old_memories_folds_nothing_twice(world) {
        // It has folded up to here, and keeps rows and checkpoint in memory
        let following = Following::begin(&world.projector);
        let position = world.start("user", 0).await;
        world.tables.wait_for(position, LONG).await.unwrap();
        // Then somebody else puts another table in the place of the one it knows
        let (_, other_projector) = world.other_process().await;
        for name in projections::projector::names() {
            other_projector.rebuild(name, &|_| {}).await.unwrap();
        }
        world.count_usage("caller", 2).await;
        let position = world.start("user", 1).await;
        world.tables.wait_for(position, LONG).await.unwrap();
        following.stop().await;
        world.projector.catch_up_all().await.unwrap();
        let shown = world.everything().await;
        assert_eq!((shown.instances[0].run, shown.usage[0].calls), (2, 2));
    }
}
