//! A page that cannot be folded to its end.

use std::sync::Arc;

use event_store::Recorded;

use super::*;
use crate::instances::Instances;
use crate::recorded_events::{at, recorded};

fn page(after: u64, up_to: u64, events: Vec<Recorded>) -> Page {
    Page {
        after: Position(after),
        events: events.into_iter().map(Arc::new).collect(),
        outdated: false,
        up_to: Position(up_to),
        at_head: true,
        poison: None,
    }
}

async fn empty_tables(folder: &tempfile::TempDir) -> Tables {
    let url = format!("sqlite:{}", folder.path().join("tables").display());
    let tables = Tables::connect(&url).await.unwrap();
    tables.migrate().await.unwrap();
    tables
}

#[tokio::test]
async fn a_cursor_parks_before_poison_behind_what_it_looked_past() {
    let folder = tempfile::tempdir().unwrap();
    let tables = empty_tables(&folder).await;
    let mut cursor = Cursor::<Instances>::open(&tables).await.unwrap();
    cursor.look_past(&page(0, 5, vec![]));

    let unknown = recorded("strategy_instance", "key", 1);
    let mut poisoned = page(5, 10, vec![unknown]);
    let Err(AdvanceError::Poison(poison)) = cursor.fold(&tables, &poisoned).await else {
        panic!("an empty payload was folded");
    };
    let parked = poison.park(at(0));
    poisoned.stop_at(poison.position, poison.error);
    cursor.rewind(&tables, &poisoned).await.unwrap();
    cursor.fold(&tables, &poisoned).await.unwrap();
    cursor.save(&tables, Some(parked.clone())).await.unwrap();

    let stored = Checkpoint::read(&tables, "strategy_instances").await;
    let stored = stored.unwrap();
    assert_eq!(
        (stored.position, stored.parked),
        (Position(9), Some(parked))
    );
}

#[tokio::test]
async fn a_cursor_that_was_overtaken_does_not_skip_anything() {
    let folder = tempfile::tempdir().unwrap();
    let tables = empty_tables(&folder).await;
    let mut cursor = Cursor::<Instances>::open(&tables).await.unwrap();
    cursor.look_past(&page(0, 5, vec![]));
    let mut other = Cursor::<Instances>::open(&tables).await.unwrap();
    other.look_past(&page(0, 3, vec![]));
    other.save(&tables, None).await.unwrap();

    let next = page(5, 10, vec![]);
    cursor.rewind(&tables, &next).await.unwrap();
    let outcome = cursor.fold(&tables, &next).await;
    assert!(matches!(outcome, Err(AdvanceError::Overtaken)));
}
