//! `strategos seed` and `strategos switch`.

use std::sync::Arc;

use domain::ExecutorCatalogue;
use domain::config::Violation;
use domain::definition::{
    Definition, DefinitionChanges, DefinitionCommand, DisableDefinition, RemoveDefinition,
    UpdateDefinition,
};
use domain::ids::ExecutorType;
use domain::installation::{INSTALLATION_ID, Installation as Switches, MigrationMode};
use event_store::{Actor, CommandGateway, Metadata, Role, Source};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::support::Installation;

#[derive(Debug)]
struct AnyExecutor;

impl ExecutorCatalogue for AnyExecutor {
    fn executor_types(&self) -> Vec<ExecutorType> {
        ["arbitrage", "pureMarketMaking", "volume"]
            .map(ExecutorType::new)
            .to_vec()
    }

    fn validate_config(&self, _: &ExecutorType, _: &Map<String, Value>) -> Vec<Violation> {
        vec![]
    }
}

fn definitions(log: Arc<dyn event_store::EventLog>) -> CommandGateway<Definition> {
    let catalogue: Arc<dyn ExecutorCatalogue> = Arc::new(AnyExecutor);
    CommandGateway::new(log, catalogue)
}

fn by_an_operator() -> Metadata {
    let actor = Actor::new("ana", Role::Admin);
    Metadata::new(actor, Source::Rest, Uuid::new_v4()).because("a test")
}

#[tokio::test]
async fn seeding_adds_the_built_in_definitions_once() {
    let installation = Installation::new();
    let said = installation.succeed(&["seed"]);
    for key in ["pure-market-making", "arbitrage", "volume"] {
        assert!(said.contains(&format!("Added {key}.")), "{said}");
    }
    let first = installation.recorded().await;
    // Each with the version that explains every field beside the original's
    assert_eq!(first.len(), 6);
    for event in &first {
        let metadata = event.metadata().unwrap();
        assert_eq!(metadata.actor.name, "seed");
        assert_eq!(metadata.source, Source::Seed);
    }
    let said = installation.succeed(&["seed"]);
    assert!(said.contains("Nothing to add"), "{said}");
    assert_eq!(installation.recorded().await, first);
}

#[tokio::test]
async fn what_operators_edited_or_removed_is_left_alone() {
    let installation = Installation::new();
    installation.succeed(&["seed"]);
    let gateway = definitions(installation.log().await);
    let at = chrono::DateTime::UNIX_EPOCH;
    let live = async |key: &str| gateway.load(key).await.unwrap().aggregate.live().cloned();
    let definition_id = live("volume").await.unwrap().id;
    let edit = DefinitionCommand::Update(UpdateDefinition {
        definition_id,
        changes: DefinitionChanges {
            name: Some("Ours".to_owned()),
            ..DefinitionChanges::default()
        },
        updated_at: at,
    });
    gateway
        .execute("volume", edit, by_an_operator())
        .await
        .unwrap();
    let definition_id = live("arbitrage").await.unwrap().id;
    for command in [
        DefinitionCommand::Disable(DisableDefinition {
            definition_id,
            disabled_at: at,
        }),
        DefinitionCommand::Remove(RemoveDefinition {
            definition_id,
            linked_instances: 0,
            removed_at: at,
        }),
    ] {
        gateway
            .execute("arbitrage", command, by_an_operator())
            .await
            .unwrap();
    }
    installation.succeed(&["seed"]);
    assert_eq!(live("volume").await.unwrap().content.name, "Ours");
    assert_eq!(live("arbitrage").await, None);
}

#[tokio::test]
async fn switches_change_with_their_reason() {
    let installation = Installation::new();
    let mode = [
        "switch",
        "mode",
        "definitions-only",
        "--reason",
        "nobody calls them",
    ];
    let said = installation.succeed(&mode);
    assert_eq!(
        said,
        "changed: mode definitions-only, dynamic flow on, trading on\n"
    );
    assert!(installation.succeed(&mode).starts_with("nothing changed"));
    let said = installation.succeed(&["switch", "dynamic-flow", "off", "--reason", "an incident"]);
    assert_eq!(
        said,
        "changed: mode definitions-only, dynamic flow off, trading on\n"
    );
    let log = installation.log().await;
    let loaded = CommandGateway::<Switches>::new(log, ())
        .load(INSTALLATION_ID)
        .await
        .unwrap();
    assert_eq!(loaded.aggregate.mode, MigrationMode::DefinitionsOnly);
    assert!(!loaded.aggregate.dynamic_flow);
    let recorded = installation.recorded().await;
    let reasons: Vec<_> = recorded
        .iter()
        .map(|event| event.metadata().unwrap().reason.unwrap())
        .collect();
    assert_eq!(reasons, ["nobody calls them", "an incident"]);
}

#[tokio::test]
async fn trading_is_stopped_for_everybody_and_resumed() {
    let installation = Installation::new();
    let stop = [
        "switch",
        "trading",
        "off",
        "--reason",
        "prices of yesterday",
    ];
    let said = installation.succeed(&stop);
    assert!(said.starts_with("changed: "), "{said}");
    assert!(said.ends_with(": prices of yesterday\n"), "{said}");
    assert!(installation.succeed(&stop).starts_with("nothing changed"));
    let said = installation.succeed(&["switch", "trading", "on", "--reason", "mended"]);
    assert!(said.ends_with("trading on\n"), "{said}");
    assert_eq!(installation.recorded().await.len(), 2);
}

#[tokio::test]
async fn a_reason_that_says_nothing_or_misleads_is_refused() {
    let installation = Installation::new();
    let said = installation.fail(&["switch", "dynamic-flow", "off", "--reason", " "]);
    assert!(said.contains("--reason must say why"), "{said}");
    let said = installation.fail(&[
        "switch",
        "trading",
        "off",
        "--reason",
        "\u{1b}[2J\u{202e}txet",
    ]);
    assert!(said.contains("A reason is one line"), "{said}");
    assert_eq!(installation.recorded().await, []);
}
