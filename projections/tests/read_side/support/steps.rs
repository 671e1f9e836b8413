//! Random histories, made through the real gateways.

use domain::definition::{
    DefinitionChanges, DefinitionCommand, DefinitionVersion, DisableDefinition, EnableDefinition,
    ImportDefinition, ImportedVersion, RemoveDefinition, UpdateDefinition,
};
use domain::execution::{
    CloseExecution, DecisionBasis, ExecutionCommand, ExecutionId, IntendOrders, OrderIntent, Side,
    SkipTick,
};
use domain::ids::{ClientOrderId, DefinitionId, DefinitionKey, ExecutorType};
use domain::instance::{
    BackfillLink, DefinitionPin, FaultInstance, FaultStage, InstanceCommand, RestartInstance,
    SkipLink, StartInstance,
};
use domain::money::{Decimal, Price, Quantity};
use event_store::CommandError;
use proptest::prelude::*;

use super::commands::{at, content, definition_id, legacy_row, object, plan, strategy_key};
use super::world::{World, metadata};

/// One thing somebody does. Many are refused where they make no sense, and then change nothing.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Definition(u8, DefinitionStep),
    Instance(u8, InstanceStep),
    Execution(u8, ExecutionStep),
    CountUsage {
        caller: u8,
        calls: u8,
    },
    /// The tables follow, as far as there is something.
    CatchUp,
}

#[derive(Debug, Clone)]
pub(crate) enum DefinitionStep {
    Create,
    Import,
    Update,
    Publish,
    Enable,
    Disable,
    Remove,
}

#[derive(Debug, Clone)]
pub(crate) enum InstanceStep {
    Start { linked: bool },
    Restart,
    Stop,
    Fault,
    Import { legacy_id: i64 },
    Link,
    SkipLink,
}

#[derive(Debug, Clone)]
pub(crate) enum ExecutionStep {
    Open,
    Intend,
    SkipTick,
    Close,
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    use DefinitionStep::{Create, Disable, Enable, Import, Publish, Remove, Update};
    use InstanceStep::{Fault, Link, Restart, SkipLink, Start, Stop};
    let definition = prop::sample::select(vec![
        Create, Create, Import, Update, Update, Publish, Publish, Enable, Disable, Remove,
    ]);
    let instance = prop_oneof![
        prop::sample::select(vec![
            Start { linked: true },
            Start { linked: false },
            Restart,
            Stop,
            Fault,
            Link,
            SkipLink,
        ]),
        (1..6_i64).prop_map(|legacy_id| InstanceStep::Import { legacy_id }),
    ];
    let execution = prop::sample::select(vec![
        ExecutionStep::Open,
        ExecutionStep::Intend,
        ExecutionStep::SkipTick,
        ExecutionStep::Close,
    ]);
    let step = prop_oneof![
        3 => (0..3_u8, definition).prop_map(|(key, step)| Step::Definition(key, step)),
        4 => (0..5_u8, instance).prop_map(|(user, step)| Step::Instance(user, step)),
        4 => (0..5_u8, execution).prop_map(|(user, step)| Step::Execution(user, step)),
        1 => (0..2_u8, any::<u8>())
            .prop_map(|(caller, calls)| Step::CountUsage { caller, calls }),
        2 => Just(Step::CatchUp),
    ];
    prop::collection::vec(step, 1..60)
}

/// A refusal is an answer too; anything else is a failure.
fn accept<T, E: std::error::Error + 'static>(answer: Result<T, CommandError<E>>) {
    match answer {
        Ok(_) | Err(CommandError::Refused(_)) => {}
        Err(error) => panic!("{error:?}"),
    }
}

impl World {
    pub(crate) async fn take(&self, number: i64, step: &Step) {
        match step {
            Step::Definition(key, step) => self.definition_step(number, *key, step).await,
            Step::Instance(user, step) => {
                self.instance_step(number, &format!("user-{user}"), step)
                    .await;
            }
            Step::Execution(user, step) => {
                self.execution_step(number, &format!("user-{user}"), step)
                    .await;
            }
            Step::CountUsage { caller, calls } => {
                let caller = format!("caller-{caller}");
                self.count_usage(&caller, u32::from(*calls)).await;
            }
            Step::CatchUp => self.projector.catch_up_all().await.unwrap(),
        }
    }

    async fn definition_step(&self, number: i64, key: u8, step: &DefinitionStep) {
        let id = definition_id(u128::from(key) + 1);
        let key = format!("definition-{key}");
        let at = at(number);
        let command = match step {
            DefinitionStep::Create => {
                DefinitionCommand::Create(domain::definition::CreateDefinition {
                    definition_id: id,
                    key: DefinitionKey::new(&key),
                    content: content("created"),
                    created_by: None,
                    created_at: at,
                })
            }
            DefinitionStep::Import => DefinitionCommand::Import(import(id, &key, number)),
            DefinitionStep::Update => DefinitionCommand::Update(UpdateDefinition {
                definition_id: id,
                changes: DefinitionChanges {
                    default_config: Some(serde_json::json!({"amount": number % 3})),
                    ..DefinitionChanges::default()
                },
                updated_at: at,
            }),
            DefinitionStep::Publish => {
                DefinitionCommand::Publish(domain::definition::PublishDefinition {
                    definition_id: id,
                    changes: DefinitionChanges::default(),
                    version: None,
                    published_at: at,
                })
            }
            DefinitionStep::Enable => DefinitionCommand::Enable(EnableDefinition {
                definition_id: id,
                enabled_at: at,
            }),
            DefinitionStep::Disable => DefinitionCommand::Disable(DisableDefinition {
                definition_id: id,
                disabled_at: at,
            }),
            DefinitionStep::Remove => DefinitionCommand::Remove(RemoveDefinition {
                definition_id: id,
                linked_instances: 0,
                removed_at: at,
            }),
        };
        accept(self.definitions.execute(&key, command, metadata()).await);
    }

    async fn instance_step(&self, number: i64, user: &str, step: &InstanceStep) {
        let key = strategy_key(user);
        let at = at(number);
        let command = match step {
            InstanceStep::Start { linked } => {
                let mut plan = plan(user);
                plan.definition = linked.then(|| pin(number));
                plan.config = object(serde_json::json!({"amount": number}));
                InstanceCommand::Start(Box::new(StartInstance {
                    plan,
                    start_price: Some(Decimal::from(number)),
                    started_at: at,
                }))
            }
            InstanceStep::Restart => InstanceCommand::Restart(RestartInstance {
                strategy_key: key.clone(),
                restarted_at: at,
            }),
            InstanceStep::Stop => {
                self.stop(user, number).await;
                return;
            }
            InstanceStep::Fault => InstanceCommand::Fault(FaultInstance {
                run: self.run_of(user).await,
                stage: FaultStage::Trading,
                reason: "the venue is gone".to_owned(),
                faulted_at: at,
            }),
            InstanceStep::Import { legacy_id } => {
                InstanceCommand::ImportLegacy(Box::new(domain::instance::ImportLegacyInstance {
                    strategy_key: key.clone(),
                    row: legacy_row(user, *legacy_id),
                }))
            }
            InstanceStep::Link => InstanceCommand::BackfillLink(BackfillLink {
                strategy_key: key.clone(),
                definition_id: definition_id(1),
                definition_key: DefinitionKey::new("definition-0"),
                definition_version: DefinitionVersion::first(),
                executor_type: ExecutorType::new("volume"),
                backfilled_at: at,
            }),
            InstanceStep::SkipLink => InstanceCommand::SkipLink(SkipLink {
                strategy_key: key.clone(),
                reason: "no definition for it".to_owned(),
                skipped_at: at,
            }),
        };
        accept(
            self.instances
                .execute(key.as_str(), command, metadata())
                .await,
        );
    }

    async fn execution_step(&self, number: i64, user: &str, step: &ExecutionStep) {
        let run = self.run_of(user).await;
        // The runtime only takes up what was started
        if run == 0 {
            return;
        }
        let id = ExecutionId::of(&strategy_key(user), run);
        let at = at(number);
        let command = match step {
            ExecutionStep::Open => ExecutionCommand::Open(domain::execution::OpenExecution {
                strategy_key: strategy_key(user),
                run,
                executor_type: ExecutorType::new("volume"),
                executed_trades: 2,
                trading: std::collections::BTreeMap::new(),
                opened_at: at,
            }),
            ExecutionStep::Intend => {
                ExecutionCommand::IntendOrders(IntendOrders(vec![intent(number)]))
            }
            ExecutionStep::SkipTick => ExecutionCommand::SkipTick(SkipTick {
                reason: format!("no price {}", number % 2),
                tick_at: at,
            }),
            ExecutionStep::Close => ExecutionCommand::Close(CloseExecution {
                reason: "stopped".to_owned(),
                closed_at: at,
            }),
        };
        accept(
            self.executions
                .execute(id.as_str(), command, metadata())
                .await,
        );
    }

    async fn run_of(&self, user: &str) -> u32 {
        let loaded = self.instances.load(strategy_key(user).as_str()).await;
        let instance = loaded.unwrap().aggregate;
        instance.known().map_or(0, |known| known.runs)
    }
}

fn import(id: DefinitionId, key: &str, number: i64) -> ImportDefinition {
    let at = at(number);
    ImportDefinition {
        definition_id: id,
        key: DefinitionKey::new(key),
        content: content("imported"),
        enabled: number % 2 == 0,
        current_version: DefinitionVersion::imported("1.0.1"),
        versions: ["1.0.0", "1.0.0", "1.0.1"]
            .map(|version| ImportedVersion {
                version: DefinitionVersion::imported(version),
                content: content(version),
                created_at: at,
            })
            .into(),
        created_by: Some("seed".to_owned()),
        created_at: at,
        updated_at: at,
    }
}

fn pin(number: i64) -> DefinitionPin {
    DefinitionPin {
        definition_id: definition_id(1),
        key: DefinitionKey::new("definition-0"),
        name: format!("name {number}"),
        version: DefinitionVersion::first(),
        schema_digest: String::new(),
        edited_since_publish: false,
    }
}

fn intent(number: i64) -> OrderIntent {
    OrderIntent {
        client_order_id: ClientOrderId::new(format!("order-{number}")),
        slot: "volume".to_owned(),
        exchange: "binance".to_owned(),
        pair: "BTC/USDT".to_owned(),
        side: Side::Buy,
        price: Price::try_new(Decimal::one()).unwrap(),
        quantity: Quantity::try_new(Decimal::one()).unwrap(),
        post_only: true,
        executed_trades: u32::try_from(number).ok(),
        basis: DecisionBasis {
            reference_price: Decimal::one(),
            inputs: std::collections::BTreeMap::new(),
        },
        tick_at: at(number),
        seen: None,
    }
}
