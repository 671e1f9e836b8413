//! A database of the original is imported, linked to definitions, and goes on running.

use std::path::Path;

use domain::event::Event;
use domain::execution::ExecutionEvent;
use domain::instance::InstanceEvent;
use serde_json::{Value, json};
use tests::server_process::program;
use tests::{Client, LogWatch, ServerProcess};

fn original() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    root.join("server/tests/data/legacy-before-definitions.sqlite")
        .display()
        .to_string()
}

fn import(folder: &Path) -> String {
    let output = program()
        .args(["import-legacy", "--from", &original(), "--data-folder"])
        .arg(folder)
        .output()
        .unwrap();
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{text}");
    text
}

#[tokio::test]
async fn the_originals_database_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path());
    let mut log = LogWatch::open(folder.path()).await;
    let once = log.events().await.len();
    import(folder.path());
    assert_eq!(
        log.events().await.len(),
        once,
        "a second import records nothing"
    );

    let server = ServerProcess::start(folder.path());
    let client = Client::log_in(&server.url).await;
    let rows = client.get("/strategy/all-strategies").await;
    assert_eq!(ids(&rows), [1, 2, 3, 4, 5]);
    let running = client.get("/strategy/running").await;
    assert_eq!(ids(&running), [1, 3], "an unsupported type does not run");
    assert_eq!(rows[0]["startPrice"], 3021, "as the original showed it");
    assert_eq!(rows[3]["strategyType"], "marketMaking");

    let backfill = "/admin/strategy/instances/backfill-definition-links";
    assert_eq!(
        client.post(backfill, json!({})).await,
        json!({ "updated": 4, "skipped": 1 })
    );
    assert_eq!(
        client.post(backfill, json!({})).await,
        json!({ "updated": 0, "skipped": 1 })
    );
    let listed = client.get("/admin/strategy/instances").await;
    let linked = listed
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["definitionId"].is_string());
    assert_eq!(linked.count(), 4);

    log.until("the imported volume strategy to trade", |events| {
        events.iter().any(|(_, event)| match event {
            Event::Execution(ExecutionEvent::OrderIntended(intent)) => {
                intent.slot.starts_with("volume") && intent.executed_trades == Some(1)
            }
            _ => false,
        })
    })
    .await;
    let exact = log
        .decoded()
        .await
        .into_iter()
        .find_map(|(_, event)| match event {
            Event::Instance(InstanceEvent::LegacyInstanceImported(row)) if row.legacy_id == 4 => {
                Some(row.start_price.to_string())
            }
            _ => None,
        });
    assert_eq!(exact.as_deref(), Some("0.00001234"));
}

fn ids(rows: &Value) -> Vec<i64> {
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_i64().unwrap())
        .collect()
}
