//! The promise of unique keys: a definition's stream is named by its key, so two creates of one
//! key meet at version 0 of one stream.

use std::sync::Arc;

use domain::ExecutorCatalogue;
use domain::config::Violation;
use domain::definition::{
    CreateDefinition, Definition, DefinitionCommand, DefinitionContent, DefinitionError,
};
use domain::ids::{DefinitionId, DefinitionKey, ExecutorType};
use event_store::{CommandError, CommandGateway};
use futures::future::join_all;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::database::{Database, noon};
use crate::events::metadata;

/// One executor, which runs anything.
#[derive(Debug)]
struct VolumeOnly;

impl ExecutorCatalogue for VolumeOnly {
    fn executor_types(&self) -> Vec<ExecutorType> {
        vec![ExecutorType::new("volume")]
    }

    fn validate_config(&self, _: &ExecutorType, _: &Map<String, Value>) -> Vec<Violation> {
        vec![]
    }
}

fn create(key: &str) -> DefinitionCommand {
    DefinitionCommand::Create(CreateDefinition {
        definition_id: DefinitionId(Uuid::new_v4()),
        key: DefinitionKey::new(key),
        content: DefinitionContent {
            name: "Volume".to_owned(),
            description: None,
            executor_type: ExecutorType::new("volume"),
            config_schema: json!({"type": "object"}),
            default_config: Map::new(),
            visibility: "system".to_owned(),
        },
        created_by: None,
        created_at: noon(),
    })
}

pub(crate) async fn of_two_creates_of_one_key_exactly_one_wins(db: Database) {
    let catalogue: Arc<dyn ExecutorCatalogue> = Arc::new(VolumeOnly);
    let logs = [db.open().await, db.open().await];
    let gateways = logs.map(|log| CommandGateway::<Definition>::new(log, catalogue.clone()));

    for round in 0..10 {
        let key = format!("key-{round}");
        let sent = (0..8).map(|n| gateways[n % 2].execute(&key, create(&key), metadata()));
        let answers = join_all(sent).await;

        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 7));
        for refused in lost {
            let error = refused.unwrap_err();
            assert!(
                matches!(&error, CommandError::Refused(DefinitionError::KeyTaken(taken)) if taken.as_str() == key),
                "{error:?}"
            );
        }
        let loaded = gateways[0].load(&key).await.unwrap();
        assert_eq!(loaded.version, 1);
    }
}
