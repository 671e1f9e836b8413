//! A rebuilt table equals the live one, and nobody notices the exchange.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use event_store::Position;
use futures::FutureExt;
use projections::ProjectorError;
use projections::projector::{self, RebuildProgress};
use sqlx::{AnyConnection, Connection, Executor};

use crate::support::{Everything, Following, World, of_any_history, on_both_databases};

const LONG: Duration = Duration::from_mins(1);

async fn rebuild_all(world: &World) -> Result<(), ProjectorError> {
    for name in projector::names() {
        world.projector.rebuild(name, &|_| {}).await?;
    }
    Ok(())
}

/// Ends once everything is in the new table and before it takes the old one's place, as a killed
/// process leaves it.
async fn interrupt(world: &World, name: &str) {
    let tell = |at: RebuildProgress| {
        if at.position == at.head {
            resume_unwind(Box::new("interrupted"));
        }
    };
    let rebuild = AssertUnwindSafe(world.projector.rebuild(name, &tell));
    rebuild.catch_unwind().await.unwrap_err();
}

/// How many indexes the read tables have that are not unique.
async fn lookups(world: &World) -> i64 {
    let url = world.database.url();
    let definitions = if url.starts_with("sqlite") {
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name LIKE 'strategy_%'"
    } else {
        "SELECT indexdef AS sql FROM pg_indexes WHERE tablename LIKE 'strategy_%'"
    };
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let count =
        format!("SELECT count(*) FROM ({definitions}) AS all_of WHERE sql NOT LIKE '%UNIQUE%'");
    sqlx::query_scalar(&count)
        .fetch_one(&mut connection)
        .await
        .unwrap()
}

/// Rebuilds, and answers where it began.
async fn first_told(world: &World, name: &str) -> RebuildProgress {
    let told = Mutex::new(vec![]);
    let tell = |progress: RebuildProgress| told.lock().unwrap().push(progress);
    world.projector.rebuild(name, &tell).await.unwrap();
    let told = told.into_inner().unwrap();
    told[0]
}

/// Folded live in pieces, rebuilt, and folded at once elsewhere: always the same rows.
fn any_history_rebuilds_to_the_same_rows(cases: u32, world: impl AsyncFn() -> World) {
    of_any_history(cases, async |steps| {
        let live = world().await;
        for (number, step) in (1..).zip(&steps) {
            live.take(number, step).await;
        }
        live.projector.catch_up_all().await.unwrap();
        let followed = live.everything().await;
        rebuild_all(&live).await.unwrap();
        assert_eq!(live.everything().await, followed);
        // The next event finds the rebuilt table as it would have found the live one
        live.start("user-0", 1_000).await;
        live.projector.catch_up_all().await.unwrap();
        let followed = live.everything().await;
        rebuild_all(&live).await.unwrap();
        assert_eq!(live.everything().await, followed);
    });
}

#[test]
fn any_history_rebuilds_to_the_same_rows_on_sqlite() {
    any_history_rebuilds_to_the_same_rows(12, World::on_sqlite);
}

#[test]
fn any_history_rebuilds_to_the_same_rows_on_postgres() {
    any_history_rebuilds_to_the_same_rows(6, World::on_postgres);
}

#[test]
fn any_history_rebuilds_to_the_same_rows_with_the_log_elsewhere() {
    any_history_rebuilds_to_the_same_rows(3, World::apart);
}

#[tokio::test]
async fn a_rebuilt_table_is_vacuumed_so_that_its_indexes_can_count_it_on_postgres() {
    let world = World::on_postgres().await;
    for user in 0..200 {
        world.start(&format!("user-{user}"), user).await;
    }
    world.projector.catch_up_all().await.unwrap();
    rebuild_all(&world).await.unwrap();
    let mut connection = AnyConnection::connect(&world.database.url()).await.unwrap();
    // How much of it is visible to all depends on who else is just then reading
    let vacuumed =
        "SELECT vacuum_count FROM pg_stat_user_tables WHERE relname = 'strategy_instances'";
    let times: i64 = sqlx::query_scalar(vacuumed)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(times, 1);
}

on_both_databases! {
    async fn readers_and_writers_go_on_during_a_rebuild(world) {
        for user in 0..20 {
            world.start(&format!("early-{user}"), user).await;
        }
        let following = Following::begin(&world.projector);
        world.tables.wait_for(world.head().await, LONG).await.unwrap();
        let done = AtomicBool::new(false);
        let write = async {
            let mut user = 0;
            while !done.load(Ordering::SeqCst) {
                world.start(&format!("late-{user}"), user).await;
                user += 1;
            }
            user
        };
        let read = async {
            let mut seen = 20;
            while !done.load(Ordering::SeqCst) {
                let now = world.everything().await.instances.len();
                assert!(now >= seen, "{now} instances after {seen}");
                seen = now;
                tokio::task::yield_now().await;
            }
        };
        let rebuild = async {
            for _ in 0..3 {
                world.projector.rebuild("strategy_instances", &|_| {}).await.unwrap();
            }
            done.store(true, Ordering::SeqCst);
        };
        let (written, (), ()) = tokio::join!(write, read, rebuild);
        world.tables.wait_for(world.head().await, LONG).await.unwrap();
        following.stop().await;
        let followed = world.everything().await;
        assert_eq!(followed.instances.len(), 20 + usize::try_from(written).unwrap());
        rebuild_all(&world).await.unwrap();
        assert_eq!(world.everything().await, followed);
    }

    async fn exchanges_and_followers_do_not_wait_for_each_other(world) {
        let following = Following::begin(&world.projector);
        let starting = async {
            for number in 0..200 {
                world.start(&format!("user-{number}"), number).await;
            }
        };
        let rebuilding = async {
            for _ in 0..10 {
                let rebuilt = world.projector.rebuild("strategy_instances", &|_| {}).await;
                rebuilt.unwrap();
            }
        };
        tokio::join!(starting, rebuilding);
        world.tables.wait_for(world.head().await, LONG).await.unwrap();
        following.stop().await;
        let ids = world.everything().await.instances.into_iter().map(|row| row.id);
        assert_eq!(ids.collect::<Vec<_>>(), (1..=200).collect::<Vec<_>>());
    }

    async fn any_text_survives_a_rebuild(world) {
        for caller in ["tab\tline\nreturn\rend", "\\N", "\\.", "back\\slash\\", "\"Zoë\"", "nul\0"] {
            world.count_usage(caller, 1).await;
        }
        world.projector.catch_up_all().await.unwrap();
        let followed = world.everything().await;
        assert_eq!(followed.usage.len(), 6);
        rebuild_all(&world).await.unwrap();
        assert_eq!(world.everything().await, followed);
    }

    async fn a_rebuild_tells_how_far_it_is(world) {
        for user in 0..3 {
            world.start(&format!("user-{user}"), user).await;
        }
        let head = world.head().await;
        let told = Mutex::new(vec![]);
        let tell = |progress: RebuildProgress| told.lock().unwrap().push(progress);
        world.projector.rebuild("strategy_instances", &tell).await.unwrap();
        let told = told.into_inner().unwrap();
        assert_eq!(told.last(), Some(&RebuildProgress { position: head, head }));
        let status = world.status("strategy_instances").await;
        assert_eq!((status.position, status.lag, status.rebuilding), (head, 0, None));
    }

    async fn an_interrupted_rebuild_is_gone_on_with(world) {
        for user in 0..30 {
            world.start(&format!("user-{user}"), user).await;
        }
        for user in 0..30 {
            world.start(&format!("user-{user}"), user).await;
        }
        world.projector.catch_up_all().await.unwrap();
        let followed = world.everything().await;
        let head = world.head().await;
        let name = "strategy_instances";
        interrupt(&world, name).await;
        assert_eq!(world.everything().await, followed);
        world.start("user-0", 100).await;
        let first = first_told(&world, name).await;
        assert_eq!(first.position, head, "nothing is read twice");
        assert_eq!(world.everything().await.instances.len(), 30);
        world.projector.catch_up_all().await.unwrap();
        let rebuilt = world.everything().await;
        assert_eq!(first_told(&world, name).await.position, Position(0), "that one was whole");
        assert_eq!(world.everything().await, rebuilt);
    }

    async fn a_rebuild_of_moments_is_gone_on_with(world) {
        for user in 0..10 {
            world.start(&format!("user-{user}"), user).await;
        }
        world.projector.catch_up_all().await.unwrap();
        let head = world.head().await;
        let name = "strategy_instance_moments";
        interrupt(&world, name).await;
        assert_eq!(first_told(&world, name).await.position, head, "nothing is read twice");
        assert_eq!(first_told(&world, name).await.position, Position(0), "that one was whole");
    }

    async fn a_table_that_is_ahead_of_the_log_is_made_anew(world) {
        world.start("user", 0).await;
        world.projector.catch_up_all().await.unwrap();
        let followed = world.everything().await;
        let mut connection = AnyConnection::connect(&world.database.url()).await.unwrap();
        for edit in [
            "UPDATE projection_state SET position = 100000",
            "UPDATE strategy_instances SET status = 'stopped'",
        ] {
            connection.execute(edit).await.unwrap();
        }
        let (tables, projector) = world.other_process().await;
        projector.catch_up_all().await.unwrap();
        assert_eq!(Everything::of(&tables).await, followed);
        let status = world.status("strategy_instances").await;
        assert_eq!(status.position, world.head().await);
    }

    async fn rows_stored_ahead_of_an_interrupted_checkpoint_are_folded_again(world) {
        for user in 0..10 {
            world.start(&format!("user-{user}"), user).await;
        }
        world.projector.catch_up_all().await.unwrap();
        let followed = world.everything().await;
        interrupt(&world, "strategy_instances").await;
        // As if the process had been killed after its rows and before their checkpoint
        let mut connection = AnyConnection::connect(&world.database.url()).await.unwrap();
        let back = "UPDATE projection_state SET position = 4 \
                    WHERE name = 'strategy_instances__rebuild'";
        connection.execute(back).await.unwrap();
        assert_eq!(first_told(&world, "strategy_instances").await.position, Position(4));
        assert_eq!(world.everything().await, followed);
    }

    async fn what_another_program_began_is_begun_anew(world) {
        world.start("user", 0).await;
        world.projector.catch_up_all().await.unwrap();
        let followed = world.everything().await;
        interrupt(&world, "strategy_instances").await;
        let mut connection = AnyConnection::connect(&world.database.url()).await.unwrap();
        let other = "UPDATE projection_state SET folded_by = 'another' \
                     WHERE name = 'strategy_instances__rebuild'";
        connection.execute(other).await.unwrap();
        assert_eq!(first_told(&world, "strategy_instances").await.position, Position(0));
        assert_eq!(world.everything().await, followed);
    }

    async fn tables_without_lookups_stay_without_and_show_the_same(world) {
        for user in 0..3 {
            world.start(&format!("user-{user}"), user).await;
        }
        world.projector.catch_up_all().await.unwrap();
        let followed = world.everything().await;
        assert!(lookups(&world).await > 10);
        world.tables.drop_lookups().await.unwrap();
        assert_eq!(lookups(&world).await, 0);
        rebuild_all(&world).await.unwrap();
        assert_eq!(lookups(&world).await, 0);
        assert_eq!(world.everything().await, followed);
    }

    async fn a_name_that_is_no_projection_is_refused(world) {
        let outcome = world.projector.rebuild("events", &|_| {}).await;
        assert_eq!(outcome.unwrap_err().to_string(), "there is no projection called events");
    }

    async fn tables_that_begin_late_show_the_same(world) {
        for user in 0..3 {
            world.import(&format!("user-{user}"), 3 - user).await;
        }
        world.projector.catch_up_all().await.unwrap();
        world.tables.close().await;
        // A restart goes on from where the tables are
        let (tables, projector) = world.other_process().await;
        world.start("user-9", 5).await;
        projector.catch_up_all().await.unwrap();
        let ids: Vec<i64> = Everything::of(&tables).await.instances.iter().map(|i| i.id).collect();
        assert_eq!(ids, [1, 2, 3, 4]);
    }
}

#[tokio::test]
async fn a_rebuild_that_begins_while_another_takes_over_waits_for_it() {
    let world = World::on_postgres().await;
    world.start("user", 0).await;
    rebuild_all(&world).await.unwrap();
    // As a takeover does: the table is locked, and its new generation is not visible yet
    let url = world.database.url();
    let mut taking_over = AnyConnection::connect(&url).await.unwrap();
    for statement in [
        "BEGIN",
        "LOCK TABLE strategy_instances IN SHARE ROW EXCLUSIVE MODE",
        "UPDATE projection_state SET generation = 7 WHERE name = 'strategy_instances'",
    ] {
        taking_over.execute(statement).await.unwrap();
    }
    let (_, other_projector) = world.other_process().await;
    let rebuild = async { other_projector.rebuild("strategy_instances", &|_| {}).await };
    let take_over = async {
        let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted \
                       AND relation = 'strategy_instances'::regclass";
        let mut looking = AnyConnection::connect(&url).await.unwrap();
        while sqlx::query_scalar::<_, i64>(waiting)
            .fetch_one(&mut looking)
            .await
            .unwrap()
            == 0
        {}
        taking_over.execute("COMMIT").await.unwrap();
    };
    let (outcome, ()) = tokio::join!(rebuild, take_over);
    outcome.unwrap();
    let generations = projections::generations(&world.tables).await.unwrap();
    assert_eq!(generations["strategy_instances"], 8);
}
