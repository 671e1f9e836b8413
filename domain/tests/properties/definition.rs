//! Any sequence of commands to one definition.

use std::collections::BTreeSet;

use domain::definition::{
    CreateDefinition, Definition, DefinitionChanges, DefinitionCommand, DefinitionEvent,
    DefinitionVersion, DisableDefinition, EnableDefinition, ImportDefinition, PublishDefinition,
    RemoveDefinition, SEED_AUTHOR, SeedDefinition, UpdateDefinition,
};
use domain::ids::{DefinitionKey, ExecutorType};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Live, config};
use crate::examples::{at, catalogue, content, definition_id, object};

fn some_json() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!({})),
        Just(json!({"type": "object", "required": ["pair"]})),
        Just(json!({"type": "array"})),
        Just(json!({"$ref": "#"})),
        Just(json!([1])),
        Just(json!(null)),
        Just(json!({"pair": "A/B", "constructor": 1})),
        Just(json!({"bidSpread": 0.25})),
    ]
}

fn changes() -> impl Strategy<Value = DefinitionChanges> {
    (
        proptest::option::of("[a-c\0]{0,2}"),
        proptest::option::of(proptest::option::of("[a-c]{0,2}")),
        proptest::option::of(prop_oneof![
            Just("volume"),
            Just("arbitrage"),
            Just(""),
            Just("none")
        ]),
        proptest::option::of(some_json()),
        proptest::option::of(some_json()),
    )
        .prop_map(
            |(name, description, executor_type, config_schema, default_config)| DefinitionChanges {
                name,
                description,
                executor_type: executor_type.map(ExecutorType::new),
                config_schema,
                default_config,
                visibility: None,
            },
        )
}

fn create(number: u8, schema: Value, second: u32) -> CreateDefinition {
    let mut content = content();
    content.config_schema = schema;
    CreateDefinition {
        definition_id: definition_id(number),
        key: DefinitionKey::new("mm"),
        content,
        created_by: None,
        created_at: at(second),
    }
}

fn import(number: u8, version: String, second: u32) -> ImportDefinition {
    let mut content = content();
    content.default_config = object(json!({"imported": second}));
    ImportDefinition {
        definition_id: definition_id(number),
        key: DefinitionKey::new("mm"),
        content,
        enabled: second.is_multiple_of(2),
        current_version: DefinitionVersion::imported(version),
        versions: vec![],
        created_by: None,
        created_at: at(second),
        updated_at: at(second),
    }
}

fn command() -> impl Strategy<Value = DefinitionCommand> {
    let id = || (1..4_u8).prop_map(definition_id);
    let version = || {
        prop_oneof![
            r"[0-2]\.[0-2]\.[0-2]",
            Just(String::new()),
            Just("v1".to_owned())
        ]
    };
    prop_oneof![
        2 => (1..4_u8, some_json(), 0..9_u32)
            .prop_map(|(id, schema, at)| DefinitionCommand::Create(create(id, schema, at))),
        1 => (1..4_u8, some_json(), proptest::collection::vec(r"[0-2]\.[0-2]\.[0-2]", 0..3)).prop_map(
            |(id, schema, later)| {
                let create = CreateDefinition {
                    created_by: Some(SEED_AUTHOR.to_owned()),
                    ..create(id, schema, 1)
                };
                let later = later.into_iter().map(DefinitionVersion::imported);
                DefinitionCommand::Seed(SeedDefinition {
                    later_versions: later.map(|version| (version, create.content.clone())).collect(),
                    create,
                    seeded_at: at(1),
                })
            }
        ),
        1 => (1..4_u8, version(), 0..9_u32)
            .prop_map(|(id, version, at)| DefinitionCommand::Import(import(id, version, at))),
        4 => (id(), changes()).prop_map(|(definition_id, changes)| {
            DefinitionCommand::Update(UpdateDefinition { definition_id, changes, updated_at: at(1) })
        }),
        6 => (id(), changes(), proptest::option::of(version())).prop_map(
            |(definition_id, changes, version)| DefinitionCommand::Publish(PublishDefinition {
                definition_id,
                changes,
                version,
                published_at: at(2),
            })
        ),
        2 => id().prop_map(|definition_id| {
            DefinitionCommand::Enable(EnableDefinition { definition_id, enabled_at: at(3) })
        }),
        2 => id().prop_map(|definition_id| {
            DefinitionCommand::Disable(DisableDefinition { definition_id, disabled_at: at(3) })
        }),
        1 => (id(), 0..2_u64).prop_map(|(definition_id, linked_instances)| {
            DefinitionCommand::Remove(RemoveDefinition {
                definition_id,
                linked_instances,
                removed_at: at(4),
            })
        }),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn versions_are_unique_while_a_definition_lives(
        commands in proptest::collection::vec(command(), 1..30),
    ) {
        let mut live = Live::<Definition>::new(catalogue());
        let mut versions = BTreeSet::new();
        for command in commands {
            for event in live.take(command).unwrap_or_default() {
                match event {
                    DefinitionEvent::DefinitionPublished { version, .. }
                    | DefinitionEvent::DefinitionVersionAdded { version, .. }
                    | DefinitionEvent::DefinitionCreated { version, .. } => {
                        prop_assert!(versions.insert(version), "published twice");
                    }
                    DefinitionEvent::DefinitionRemoved { .. } => versions.clear(),
                    DefinitionEvent::DefinitionUpdated { .. }
                    | DefinitionEvent::DefinitionEnabled { .. }
                    | DefinitionEvent::DefinitionDisabled { .. }
                    | DefinitionEvent::DefinitionImported { .. } => {}
                }
            }
            if let Some(definition) = live.aggregate.live() {
                prop_assert!(versions.is_subset(&definition.versions));
            }
        }
        live.assert_rebuilt_is_live();
    }
}
