//! The original's database from before definitions existed: every row that is hard to take over.

use domain::event::Event;
use domain::instance::{InstanceEvent, InstanceStatus, LegacyInstanceRow};
use domain::legacy_record::LegacyRecordEvent;
use serde_json::json;

use crate::support::{Installation, Server, fixture};

async fn instances(installation: &Installation) -> Vec<(String, LegacyInstanceRow)> {
    let recorded = installation.recorded().await;
    recorded
        .iter()
        .filter_map(|event| match event.decode().unwrap() {
            Event::Instance(InstanceEvent::LegacyInstanceImported(row)) => {
                Some((event.stream.aggregate_id.clone(), row))
            }
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn every_instance_survives_with_its_key_and_exact_price() {
    let installation = Installation::new();
    installation.import(&fixture());
    let rows = instances(&installation).await;
    let told: Vec<_> = rows
        .iter()
        .map(|(key, row)| {
            let price = row.start_price.to_string();
            (
                row.legacy_id,
                key.as_str(),
                price,
                row.status,
                row.resumes(),
            )
        })
        .collect();
    let uuid = "7f0e4c1e-3c0b-4b6e-9d5b-0d1c4d0c9c11";
    let volume = format!("{uuid}-order-1-volume");
    let price = str::to_owned;
    assert_eq!(
        told,
        [
            (
                1,
                "user123-client123-arbitrage",
                price("3021.57"),
                InstanceStatus::Running,
                true
            ),
            (
                2,
                "user123-client123-pureMarketMaking",
                price("43000"),
                InstanceStatus::Stopped,
                false
            ),
            (
                3,
                volume.as_str(),
                price("0"),
                InstanceStatus::Running,
                true
            ),
            (
                4,
                "old-old-marketMaking",
                price("0.00001234"),
                InstanceStatus::Stopped,
                false
            ),
            (
                5,
                "ti-ti-timeIndicator",
                price("1"),
                InstanceStatus::Stopped,
                false
            ),
        ]
    );
}

#[tokio::test]
async fn users_and_parameters_come_from_their_columns() {
    let installation = Installation::new();
    installation.import(&fixture());
    let rows = instances(&installation).await;
    let volume = &rows[2].1;
    assert_eq!(
        volume.user_id.as_str(),
        "7f0e4c1e-3c0b-4b6e-9d5b-0d1c4d0c9c11"
    );
    assert_eq!(volume.client_id.as_str(), "order-1");
    assert_eq!(volume.parameters["baseTradeAmount"], json!(0.5));
    assert_eq!(volume.config["tradeAmount"], json!(0.5));
    assert_eq!(volume.config["intervalTime"], json!(60));
    assert!(!volume.config.contains_key("baseTradeAmount"));
    assert_eq!(volume.executed_trades, 0);
    assert_eq!(
        volume.updated_at.to_rfc3339(),
        "2026-02-20T00:00:05.001+00:00"
    );
    let layers = &rows[1].1.config;
    assert_eq!(layers["priceSourceType"], "mid_price");
    assert_eq!(layers["numberOfLayers"], json!(2));
}

#[tokio::test]
async fn old_types_are_mapped_and_unknown_ones_noted() {
    let installation = Installation::new();
    let report = installation.import(&fixture());
    let rows = instances(&installation).await;
    let old = &rows[3].1;
    assert_eq!(old.strategy_type, "marketMaking");
    assert_eq!(
        old.executor_type.as_ref().unwrap().as_str(),
        "pureMarketMaking"
    );
    let indicator = &rows[4].1;
    assert_eq!(indicator.executor_type, None);
    let note = indicator.note.as_deref().unwrap();
    assert_eq!(
        note,
        "no executor runs timeIndicator: imported as stopped (it was running)"
    );
    assert!(report.contains(note), "{report}");
}

#[tokio::test]
async fn other_rows_are_kept_and_acted_on_by_nothing() {
    let installation = Installation::new();
    let report = installation.import(&fixture());
    let kept: Vec<_> = installation
        .events()
        .await
        .into_iter()
        .filter_map(|event| match event {
            Event::LegacyRecord(LegacyRecordEvent::LegacyRecordImported {
                table,
                row,
                note,
                ..
            }) => Some((table, row, note)),
            _ => None,
        })
        .collect();
    let [
        (contributions, contribution, None),
        (intents, intent, Some(note)),
    ] = &kept[..]
    else {
        panic!("one contribution and one intent with a note, not {kept:?}");
    };
    assert_eq!(contributions, "contribution");
    assert_eq!(contribution["amount"], "100.5");
    assert_eq!(contribution["status"], "pending");
    assert_eq!(intents, "strategy_order_intent");
    assert_eq!(intent["status"], "NEW");
    assert_eq!(note, "not executed: it was still NEW");
    assert!(
        report.contains("mixin_user (1 rows): holds login tokens"),
        "{report}"
    );
}

#[tokio::test]
async fn each_row_is_recorded_once_by_the_importer() {
    let installation = Installation::new();
    installation.import(&fixture());
    let first = installation.recorded().await;
    assert_eq!(first.len(), 7);
    for event in &first {
        let metadata = event.metadata().unwrap();
        assert_eq!(metadata.actor.name, "import");
        assert_eq!(metadata.source, event_store::Source::Import);
        let reason = metadata.reason.unwrap();
        assert_eq!(reason, "imported from legacy-before-definitions.sqlite");
    }
    let again = installation.import(&fixture());
    assert!(again.contains("0 recorded, 5 already there"), "{again}");
    assert_eq!(installation.recorded().await, first);
}

#[tokio::test]
async fn a_dry_run_leaves_nothing_behind() {
    let installation = Installation::new();
    let source = fixture();
    let dry = [
        "import-legacy",
        "--dry-run",
        "--from",
        source.to_str().unwrap(),
    ];
    let report = installation.succeed(&dry);
    assert!(report.contains("5 to record, 0 already there"), "{report}");
    assert!(!installation.data_folder().exists());
    installation.succeed(&["seed"]);
    let seeded = installation.recorded().await;
    installation.succeed(&dry);
    assert_eq!(installation.recorded().await, seeded);
}

#[tokio::test]
async fn the_source_is_only_read() {
    let installation = Installation::new();
    let copy = installation.beside("original.sqlite");
    std::fs::copy(fixture(), &copy).unwrap();
    installation.import(&copy);
    assert_eq!(
        std::fs::read(&copy).unwrap(),
        std::fs::read(fixture()).unwrap()
    );
    let names: Vec<_> = std::fs::read_dir(copy.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(
        names.len(),
        2,
        "the copy and the data folder, not {names:?}"
    );
}

#[tokio::test]
async fn an_id_that_is_taken_is_told_before_and_dealt_as_told() {
    let installation = Installation::new();
    let mut server = Server::start(&installation, &[]);
    server.log_in(&installation.password()).await;
    let started = server.post(
        "/strategy/execute-arbitrage",
        json!({
            "userId": "ana", "clientId": "desk", "pair": "ETH/USDT", "amountToTrade": 1,
            "minProfitability": 0.01, "exchangeAName": "binance", "exchangeBName": "mexc",
        }),
    );
    assert_eq!(started.await.status(), 200);
    server.end();
    let from = fixture();
    let from = from.to_str().unwrap();

    let planned = installation.succeed(&["import-legacy", "--from", from, "--dry-run"]);
    let report = installation.succeed(&["import-legacy", "--from", from]);

    let told = "its id 1 is taken here: it gets 2";
    assert!(planned.contains(told), "{planned}");
    assert!(report.contains(told), "{report}");
    let mut server = Server::start(&installation, &[]);
    server.log_in(&installation.password()).await;
    let rows = server.get("/strategy/all-strategies").await;
    let rows = rows.as_array().unwrap();
    let moved = rows.iter().find(|row| row["id"] == 2).unwrap();
    assert_eq!(moved["strategyKey"], "user123-client123-arbitrage");
    server.end();
}
