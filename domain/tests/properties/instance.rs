//! Any sequence of commands to one instance.

use domain::definition::DefinitionVersion;
use domain::ids::{ClientId, DefinitionKey, ExecutorType, UserId};
use domain::instance::{
    BackfillLink, FaultInstance, FaultStage, ImportLegacyInstance, Instance, InstanceCommand,
    InstanceEvent, InstanceStatus, LaunchPlan, LegacyInstanceRow, RestartInstance, SkipLink,
    StartInstance, StopInstance, StopMode,
};
use proptest::prelude::*;

use super::{Live, config};
use crate::examples::{at, catalogue, definition_id, plan};

/// `u-c`,`x` and `u`,`c-x` are different people with the same key.
fn start(collides: bool, with_price: bool, second: u32) -> InstanceCommand {
    let (user, client) = if collides { ("u-c", "x") } else { ("u", "c-x") };
    InstanceCommand::Start(Box::new(StartInstance {
        plan: LaunchPlan {
            user_id: UserId::new(user),
            client_id: ClientId::new(client),
            ..plan()
        },
        start_price: with_price.then(|| i64::from(second).into()),
        started_at: at(second),
    }))
}

fn import(legacy_id: i64, supported: bool, running: bool) -> InstanceCommand {
    let plan = plan();
    let executor_type = plan.executor_type.clone();
    InstanceCommand::ImportLegacy(Box::new(ImportLegacyInstance {
        strategy_key: plan.strategy_key,
        row: LegacyInstanceRow {
            legacy_id,
            user_id: UserId::new("u"),
            client_id: ClientId::new("c-x"),
            strategy_type: plan.strategy_type,
            executor_type: supported.then_some(executor_type),
            start_price: "0.00001234".parse().unwrap(),
            parameters: plan.config.clone(),
            config: plan.config,
            executed_trades: 0,
            status: if running {
                InstanceStatus::Running
            } else {
                InstanceStatus::Stopped
            },
            note: None,
            definition: None,
            market_making_order_id: None,
            created_at: at(0),
            updated_at: at(0),
        },
    }))
}

fn command() -> impl Strategy<Value = InstanceCommand> {
    let strategy_key = || plan().strategy_key;
    prop_oneof![
        4 => (prop::bool::weighted(0.2), any::<bool>(), 0..9_u32)
            .prop_map(|(collides, with_price, second)| start(collides, with_price, second)),
        3 => (0..9_u32).prop_map(move |second| InstanceCommand::Restart(RestartInstance {
            strategy_key: strategy_key(),
            restarted_at: at(second),
        })),
        4 => proptest::option::of(0..6_u32).prop_map(|only_run| {
            InstanceCommand::Stop(StopInstance {
                reason: None,
                only_run,
                mode: StopMode::Cancel,
                stopped_at: at(1),
            })
        }),
        2 => (0..6_u32).prop_map(|run| InstanceCommand::Fault(FaultInstance {
            run,
            stage: FaultStage::Executor,
            reason: "no market".to_owned(),
            faulted_at: at(2),
        })),
        1 => (1..3_i64, any::<bool>(), any::<bool>())
            .prop_map(|(legacy_id, supported, running)| import(legacy_id, supported, running)),
        1 => (1..3_u8).prop_map(move |id| InstanceCommand::BackfillLink(BackfillLink {
            strategy_key: strategy_key(),
            definition_id: definition_id(id),
            definition_key: DefinitionKey::new("arb"),
            definition_version: DefinitionVersion::first(),
            executor_type: ExecutorType::new("arbitrage"),
            backfilled_at: at(3),
        })),
        1 => "[ab]".prop_map(move |reason| InstanceCommand::SkipLink(SkipLink {
            strategy_key: strategy_key(),
            reason,
            skipped_at: at(3),
        })),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn runs_increase_and_belong_to_one_user(
        commands in proptest::collection::vec(command(), 1..30),
    ) {
        let mut live = Live::<Instance>::new(catalogue());
        for command in commands {
            let before = live.aggregate.known().cloned();
            let Ok(events) = live.take(command) else { continue };
            for event in events {
                match event {
                    InstanceEvent::InstanceStarted(run) => {
                        prop_assert!(before.is_none());
                        prop_assert_eq!(run.number, 1);
                    }
                    InstanceEvent::InstanceRestarted(run) => {
                        let before = before.as_ref().unwrap();
                        prop_assert_eq!(run.number, before.runs + 1);
                        prop_assert_eq!(&run.start_price, &before.start_price);
                        prop_assert_eq!(&run.user_id, &before.user_id);
                        prop_assert_eq!(&run.client_id, &before.client_id);
                    }
                    InstanceEvent::InstanceReconfigured { run, .. }
                    | InstanceEvent::InstanceStopped { run, .. }
                    | InstanceEvent::InstanceFaulted { run, .. } => {
                        let before = before.as_ref().unwrap();
                        prop_assert_eq!(before.status, InstanceStatus::Running);
                        prop_assert_eq!(run, before.runs);
                    }
                    InstanceEvent::LegacyInstanceImported(_) => prop_assert!(before.is_none()),
                    InstanceEvent::LegacyLinkBackfilled { .. }
                    | InstanceEvent::LegacyLinkSkipped { .. } => {
                        prop_assert_eq!(before.as_ref().unwrap().definition_id, None);
                    }
                }
            }
        }
        live.assert_rebuilt_is_live();
    }
}
