//! Rows and checkpoint move together or not at all.

use event_store::Position;
use sqlx::{AnyConnection, Connection, Executor};

use crate::support::{World, on_both_databases};

/// Makes the database refuse the bad user's row, in the middle of writing a page.
async fn refuse_the_bad_user(world: &World) -> AnyConnection {
    let url = world.database.url();
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    let statements: &[&str] = if url.starts_with("sqlite") {
        &["CREATE TRIGGER refuse BEFORE INSERT ON strategy_instances \
           WHEN NEW.user_id = 'bad' BEGIN SELECT RAISE(ABORT, 'refused'); END"]
    } else {
        &[
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'refused'; END $$",
            "CREATE TRIGGER refuse BEFORE INSERT ON strategy_instances \
             FOR EACH ROW WHEN (NEW.user_id = 'bad') EXECUTE FUNCTION refuse()",
        ]
    };
    for &statement in statements {
        connection.execute(statement).await.unwrap();
    }
    connection
}

async fn accept_the_bad_user(world: &World, mut connection: AnyConnection) {
    let table = if world.database.url().starts_with("sqlite") {
        ""
    } else {
        "ON strategy_instances"
    };
    let drop = format!("DROP TRIGGER refuse {table}");
    connection.execute(drop.as_str()).await.unwrap();
}

on_both_databases! {
    async fn a_page_that_fails_leaves_nothing_behind(world) {
        world.start("good", 0).await;
        world.projector.catch_up_all().await.unwrap();
        let before = (world.everything().await, world.status("strategy_instances").await.position);
        let refusing = refuse_the_bad_user(&world).await;
        world.stop("good", 1).await;
        world.start("bad", 2).await;
        world.projector.catch_up_all().await.unwrap_err();
        let position = world.status("strategy_instances").await.position;
        assert_eq!((world.everything().await, position), before);
        // Not the event's fault: nothing is parked, and the next attempt goes on
        assert_eq!(world.status("strategy_instances").await.parked, None);
        accept_the_bad_user(&world, refusing).await;
        world.projector.catch_up_all().await.unwrap();
        let shown = world.everything().await.instances;
        let statuses = shown.iter().map(|row| (row.user_id.as_str(), row.status.as_str()));
        assert_eq!(statuses.collect::<Vec<_>>(), [("good", "stopped"), ("bad", "running")]);
        assert_eq!(world.status("strategy_instances").await.lag, 0);
    }

    async fn migrating_again_changes_nothing(world) {
        world.start("user", 0).await;
        world.projector.catch_up_all().await.unwrap();
        world.tables.migrate().await.unwrap();
        assert_eq!(world.everything().await.instances.len(), 1);
        assert_eq!(world.status("strategy_instances").await.position, Position(1));
    }
}

#[tokio::test]
async fn a_path_may_hold_any_character() {
    let folder = tempfile::TempDir::new().unwrap();
    let url = format!(
        "sqlite:{}",
        folder.path().join("a folder & more.db").display()
    );
    let tables = projections::Tables::connect(&url).await.unwrap();
    tables.migrate().await.unwrap();
    let log = event_store::open(&url, crate::support::clock())
        .await
        .unwrap();
    tables.migrate().await.unwrap();
    assert_eq!(log.head().await.unwrap(), Position(0));
}
