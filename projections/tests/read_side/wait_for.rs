//! Reading one's own writes: what waiting for a position promises.

use std::time::Duration;

use event_store::Position;
use projections::StillBehind;
use projections::definitions::query;

use crate::support::{Following, definition_id, on_both_databases};

const LONG: Duration = Duration::from_mins(1);

on_both_databases! {
    async fn a_command_is_visible_once_waited_for(world) {
        let following = Following::begin(&world.projector);
        for number in 1..=20 {
            let key = format!("key-{number}");
            let position = world.create_definition(&key, number, 0).await;
            world.tables.wait_for(position, LONG).await.unwrap();
            let found = query::find(&world.tables, definition_id(number)).await.unwrap();
            assert_eq!(found.unwrap().key.as_str(), key);
        }
        following.stop().await;
    }

    async fn events_of_others_do_not_hold_a_waiter_up(world) {
        let following = Following::begin(&world.projector);
        let position = world.count_usage("caller", 1).await;
        world.tables.wait_for(position, LONG).await.unwrap();
        following.stop().await;
    }

    async fn another_process_sees_what_this_one_folds(world) {
        let (tables, _) = world.other_process().await;
        let following = Following::begin(&world.projector);
        let position = world.start("user", 0).await;
        tables.wait_for(position, LONG).await.unwrap();
        following.stop().await;
    }

    async fn nobody_folding_is_told_after_the_timeout(world) {
        let position = world.start("user", 0).await;
        let waited = world.tables.wait_for(position, Duration::from_millis(20)).await;
        let Err(StillBehind::Late { reached, wanted, .. }) = waited else {
            panic!("{waited:?}");
        };
        assert_eq!((reached, wanted), (Position(0), position));
    }

    async fn what_is_there_needs_no_waiting(world) {
        world.tables.wait_for(Position(0), Duration::ZERO).await.unwrap();
        world.start("user", 0).await;
        world.projector.catch_up_all().await.unwrap();
        world.tables.wait_for(world.head().await, Duration::ZERO).await.unwrap();
    }
}
