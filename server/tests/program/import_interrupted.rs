//! An import that is killed in the middle and run again.

use std::collections::BTreeSet;
use std::process::Stdio;

use domain::event::Event;
use domain::legacy_record::LegacyRecordEvent;

use crate::support::{AFTER_A, Installation, sqlite_original};

const HISTORY: usize = 5_000;

/// Every fact, without the time at which it was taken over.
async fn facts(installation: &Installation) -> Vec<String> {
    let recorded = installation.recorded().await;
    let facts = recorded.iter().map(|event| match event.decode().unwrap() {
        Event::LegacyRecord(LegacyRecordEvent::LegacyRecordImported { row, note, .. }) => {
            format!("{} {row:?} {note:?}", event.stream)
        }
        _ => format!("{} {}", event.stream, event.payload),
    });
    facts.collect()
}

#[tokio::test]
async fn a_killed_import_continues_where_it_stopped() {
    let killed = Installation::new();
    let source = killed.beside("original.sqlite");
    let sql = format!(
        "{AFTER_A} WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {HISTORY})
         INSERT INTO market_making_history SELECT i, 'u', 'binance', '1', i, NULL FROM n;"
    );
    sqlite_original(&source, &sql).await;
    let from = source.to_str().unwrap();

    let mut import = killed
        .command(&["import-legacy", "--from", from])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    std::fs::create_dir_all(killed.data_folder()).unwrap();
    let log = killed.log().await;
    let mut wake_ups = log.wake_ups();
    while log.head().await.unwrap().0 < 100 {
        wake_ups.changed().await.unwrap();
    }
    import.kill().unwrap();
    import.wait().unwrap();
    let before = facts(&killed).await;
    assert!(before.len() < HISTORY, "it was killed in the middle");

    killed.import(&source);
    let after = facts(&killed).await;
    assert_eq!(after[..before.len()], before, "what was recorded stays");
    let whole = Installation::new();
    whole.import(&source);
    let whole = facts(&whole).await;
    assert_eq!(after.len(), whole.len(), "no row twice");
    let distinct = |facts: Vec<String>| facts.into_iter().collect::<BTreeSet<_>>();
    assert_eq!(distinct(after), distinct(whole), "no row missing");
}
