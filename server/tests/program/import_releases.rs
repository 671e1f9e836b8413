//! Databases of later releases of the original: other columns, definitions, links.

use domain::definition::DefinitionEvent;
use domain::event::Event;
use domain::instance::{InstanceEvent, InstanceStatus, LegacyInstanceRow};

use crate::support::{AFTER_A, AFTER_B, AFTER_C, Installation, sqlite_original};

async fn imported(sql: &str) -> (Installation, String) {
    let installation = Installation::new();
    let report = import_into(&installation, sql).await;
    (installation, report)
}

async fn import_into(installation: &Installation, sql: &str) -> String {
    let file = installation.beside("original.sqlite");
    sqlite_original(&file, sql).await;
    installation.import(&file)
}

fn rows(events: &[Event]) -> Vec<&LegacyInstanceRow> {
    let rows = events.iter().filter_map(|event| match event {
        Event::Instance(InstanceEvent::LegacyInstanceImported(row)) => Some(row),
        _ => None,
    });
    rows.collect()
}

fn definitions(events: &[Event]) -> Vec<&DefinitionEvent> {
    let definitions = events.iter().filter_map(|event| match event {
        Event::Definition(event) => Some(event),
        _ => None,
    });
    definitions.collect()
}

#[tokio::test]
async fn definitions_come_with_all_their_versions() {
    let (installation, report) = imported(AFTER_A).await;
    let events = installation.events().await;
    let [grid, twap] = &definitions(&events)[..] else {
        panic!("two definitions, not {events:?}");
    };
    let DefinitionEvent::DefinitionImported {
        key,
        content,
        versions,
        current_version,
        created_by,
        updated_at,
        ..
    } = grid
    else {
        panic!("an import, not {grid:?}");
    };
    assert_eq!(key.as_str(), "grid");
    assert_eq!(content.default_config["bidSpread"].to_string(), "0.10");
    assert_eq!(current_version.as_str(), "1.0.1");
    assert_eq!(created_by.as_deref(), Some("ana"));
    assert_eq!(updated_at.to_rfc3339(), "2026-02-02T00:00:00+00:00");
    let told: Vec<_> = versions.iter().map(|v| v.version.as_str()).collect();
    assert_eq!(told, ["1.0.0", "1.0.1"]);
    assert_eq!(versions[0].content.default_config["pair"], "ETH/USDT");
    assert_eq!(versions[0].content.name, "Grid");
    let DefinitionEvent::DefinitionImported {
        enabled, versions, ..
    } = twap
    else {
        panic!("an import, not {twap:?}");
    };
    assert!(!enabled);
    assert_eq!(versions.len(), 1, "its live content became a version");
    for decision in [
        "twap: no executor runs timeWeighted",
        "its configSchema is not a valid JSON Schema",
        "version 1.0.0 had no snapshot",
    ] {
        assert!(report.contains(decision), "{decision} in {report}");
    }
}

#[tokio::test]
async fn links_lead_to_the_imported_definitions() {
    let (installation, report) = imported(AFTER_A).await;
    let events = installation.events().await;
    let rows = rows(&events);
    let (id, version) = rows[0].definition.as_ref().unwrap();
    assert_eq!(id.to_string(), "11111111-1111-4111-8111-111111111111");
    assert_eq!(version.as_str(), "1.0.0");
    assert_eq!(rows[0].start_price.to_string(), "0.1");
    assert_eq!(
        rows[1].definition, None,
        "version 1.0.0 of nothing is no link"
    );
    assert_eq!(rows[2].definition, None);
    assert_eq!(rows[2].executed_trades, 3);
    let dangling = "its definition 33333333-3333-4333-8333-333333333333 is not there any more";
    assert!(report.contains(dangling), "{report}");
}

#[tokio::test]
async fn the_second_release_names_things_otherwise() {
    let (installation, report) = imported(AFTER_B).await;
    let events = installation.events().await;
    let rows = rows(&events);
    assert_eq!(rows[0].market_making_order_id.as_deref(), Some("order-9"));
    let (id, _) = rows[1].definition.as_ref().unwrap();
    assert_eq!(id.to_string(), "44444444-4444-4444-8444-444444444444");
    let streams: Vec<_> = installation
        .recorded()
        .await
        .into_iter()
        .map(|event| event.stream.to_string())
        .collect();
    assert_eq!(
        streams,
        [
            "strategy_definition/volume",
            "strategy_instance/order-9-pureMarketMaking",
            "strategy_instance/u-c-volume",
            "legacy_record/strategy_execution_history:h-1",
        ]
    );
    assert!(report.contains("consumer_receipt (0 rows)"), "{report}");
}

#[tokio::test]
async fn secrets_never_enter_the_history() {
    let (installation, report) = imported(AFTER_B).await;
    assert!(
        report.contains("h-1: without its secrets: apiKey"),
        "{report}"
    );
    for event in installation.recorded().await {
        assert!(!event.payload.contains("leaked-key"), "{}", event.payload);
    }
}

#[tokio::test]
async fn the_third_release_links_without_a_version() {
    let (installation, report) = imported(AFTER_C).await;
    let events = installation.events().await;
    let rows = rows(&events);
    let (_, version) = rows[0].definition.as_ref().unwrap();
    assert_eq!(version.as_str(), "2.0.0");
    assert_eq!(rows[0].status, InstanceStatus::Faulted);
    assert_eq!(
        rows[0].updated_at.to_rfc3339(),
        "2026-05-01T00:00:00.500+00:00"
    );
    assert_eq!(rows[1].status, InstanceStatus::Stopped);
    assert!(
        report.contains("its status was stopping: imported as stopped"),
        "{report}"
    );
}

#[tokio::test]
async fn a_key_that_is_taken_here_keeps_its_definition_and_gets_the_links() {
    let installation = Installation::new();
    installation.succeed(&["seed"]);
    let report = import_into(&installation, AFTER_B).await;
    let decision = "kept as a record only: volume exists here already; its instances link to that";
    assert!(report.contains(decision), "{report}");
    let events = installation.events().await;
    let seeded = definitions(&events)
        .into_iter()
        .find_map(|event| match event {
            DefinitionEvent::DefinitionCreated {
                key, definition_id, ..
            } => (key.as_str() == "volume").then_some(*definition_id),
            _ => None,
        })
        .unwrap();
    let (linked, _) = rows(&events)[1].definition.clone().unwrap();
    assert_eq!(linked, seeded);
    let recorded = installation.recorded().await;
    let kept = recorded.iter().any(|event| {
        event.stream.aggregate_id == "strategy_definitions:44444444-4444-4444-8444-444444444444"
    });
    assert!(kept, "what the original's definition said is not lost");
}

#[tokio::test]
async fn of_two_rows_with_one_key_the_newest_counts() {
    let sql = format!(
        "{AFTER_C} INSERT INTO strategy_instances VALUES
         (3, 'u-c-arbitrage', 'u', 'c', NULL, 'arbitrage', 9, '{{}}', 'running', NULL, NULL,
          '2026-05-01T00:00:00.000Z', '2026-05-02T00:00:00.000Z'),
         (4, 'u-c-arbitrage', 'u', 'c', NULL, 'arbitrage', 5, '{{}}', 'running', NULL, NULL,
          '2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z');"
    );
    let (installation, report) = imported(&sql).await;
    let events = installation.events().await;
    let ids: Vec<_> = rows(&events).iter().map(|row| row.legacy_id).collect();
    assert_eq!(ids, [2, 3]);
    for loser in [1, 4] {
        let decision =
            format!("strategy_instances {loser}: kept as a record only: a newer row has the key");
        assert!(report.contains(&decision), "{report}");
    }
    let count = installation.recorded().await.len();
    installation.import(&installation.beside("original.sqlite"));
    assert_eq!(installation.recorded().await.len(), count);
}
