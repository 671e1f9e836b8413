//! Starts an instance, from a definition or the way the type-based endpoints did.

use std::sync::Arc;

use domain::event::aggregate_type;
use domain::ids::{ExecutorType, StrategyKey};
use domain::instance::{
    Instance, InstanceCommand, InstanceEvent, LaunchPlan, LaunchRequest, StartInstance,
    plan_direct_launch, plan_launch,
};
use domain::money::Decimal;
use event_store::{CommandOptions, Loaded, Position, Receipt, StreamName};

use super::OperationError;
use super::locate::locate;
use crate::definition_keys::DefinitionRef;
use crate::start_prices::StartPriceError;
use crate::state::App;

/// Decisions taken anew when the definition or the instance changes meanwhile.
const ATTEMPTS: usize = 8;

/// A plan, and the state of the definition it holds for.
pub(crate) struct Planned {
    pub(crate) plan: LaunchPlan,
    definition: (StreamName, u64),
}

/// What was started.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Started {
    pub(crate) executor_type: ExecutorType,
    pub(crate) strategy_key: StrategyKey,
    pub(crate) position: Position,
}

/// What must hold for a start.
#[derive(Debug, Clone)]
pub(crate) struct StartTerms {
    /// The definition is still as it was when the caller looked at it.
    pub(crate) definition_revision: Option<u64>,
    pub(crate) options: CommandOptions,
}

impl From<CommandOptions> for StartTerms {
    /// Whatever the definition says by now.
    fn from(options: CommandOptions) -> Self {
        Self {
            definition_revision: None,
            options,
        }
    }
}

/// How current the definition must be that a plan is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// As the log says now.
    Latest,
    /// As this process saw it last. Good for a start, which is recorded only if it was the latest.
    Remembered,
}

/// What a start would run. The definition comes from the log: the tables may be behind.
pub(crate) async fn plan(
    app: &App,
    definition: &DefinitionRef,
    request: &LaunchRequest,
    look: Look,
) -> Result<Planned, OperationError> {
    if !app.switches.current().dynamic_flow {
        return Err(OperationError::DynamicFlowOff);
    }
    let key = definition.key.as_str();
    let loaded = match look {
        Look::Latest => Arc::new(app.definitions.load(key).await?),
        Look::Remembered => app.definitions.load_remembered(key).await?,
    };
    let live = loaded
        .aggregate
        .require(definition.id)
        .map_err(OperationError::Definition)?;
    let plan = plan_launch(live, request.clone(), app.catalogue.as_ref())?;
    let stream = StreamName::new(aggregate_type::DEFINITION, key);
    Ok(Planned {
        plan,
        definition: (stream, loaded.version),
    })
}

/// Starts, or starts anew. Recorded only while the definition is as it was when the plan was made:
/// one that was disabled or removed meanwhile cannot be started.
pub(crate) async fn start(
    app: &App,
    definition: &DefinitionRef,
    request: &LaunchRequest,
    terms: impl Into<StartTerms>,
) -> Result<Started, OperationError> {
    let terms = terms.into();
    until_settled(|look| try_start(app, definition, request, terms.clone(), look)).await
}

/// Decides on what is remembered, and again on what the log says while that moves.
async fn until_settled<T, F>(decide: impl Fn(Look) -> F) -> Result<T, OperationError>
where
    F: Future<Output = Result<T, OperationError>>,
{
    let mut attempt = 1;
    let mut look = Look::Remembered;
    loop {
        match decide(look).await {
            // What is remembered may be what another process has changed
            Err(error) if look == Look::Remembered && error.may_be_outdated() => {}
            Err(error) if error.is_conflict() && attempt < ATTEMPTS => attempt += 1,
            answer => return answer,
        }
        look = Look::Latest;
    }
}

async fn try_start(
    app: &App,
    definition: &DefinitionRef,
    request: &LaunchRequest,
    terms: StartTerms,
    look: Look,
) -> Result<Started, OperationError> {
    let planned = plan(app, definition, request, look).await?;
    let actual = planned.definition.1;
    if let Some(expected) = terms.definition_revision
        && expected != actual
    {
        return Err(OperationError::DefinitionChanged { expected, actual });
    }
    let mut options = terms.options;
    options.unchanged = vec![planned.definition];
    let executor_type = planned.plan.executor_type.clone();
    let (strategy_key, receipt) = begin(app, planned.plan, options, look).await?;
    app.tables_show(receipt.position).await;
    Ok(Started {
        executor_type,
        strategy_key,
        position: receipt.position,
    })
}

/// Starts, or starts anew, without a definition.
pub(crate) async fn start_directly(
    app: &App,
    executor_type: &ExecutorType,
    request: LaunchRequest,
    options: CommandOptions,
) -> Result<(), OperationError> {
    let plan = plan_direct_launch(executor_type, request, app.catalogue.as_ref())?;
    let begun = until_settled(|look| begin(app, plan.clone(), options.clone(), look));
    let (_, receipt) = begun.await?;
    app.tables_show(receipt.position).await;
    Ok(())
}

/// Answers with the key that the instance has.
async fn begin(
    app: &App,
    mut plan: LaunchPlan,
    mut options: CommandOptions,
    look: Look,
) -> Result<(StrategyKey, Receipt<InstanceEvent>), OperationError> {
    let mut located = locate(app, &plan, look).await?;
    let mut start_price = first_price(app, &plan, &located.instance).await;
    if start_price.is_err() && look == Look::Remembered {
        located = locate(app, &plan, Look::Latest).await?;
        start_price = first_price(app, &plan, &located.instance).await;
    }
    let key = located.key;
    plan.strategy_key = key.clone();
    options.unchanged.extend(located.unchanged);
    let command = InstanceCommand::Start(Box::new(StartInstance {
        plan,
        start_price: start_price?,
        started_at: app.clock.now(),
    }));
    let executed = app
        .instances
        .execute_on(located.instance, key.as_str(), command, options);
    let receipt = executed.await?;
    Ok((key, receipt))
}

/// Asks the market only for an instance that never ran.
async fn first_price(
    app: &App,
    plan: &LaunchPlan,
    instance: &Loaded<Instance>,
) -> Result<Option<Decimal>, StartPriceError> {
    if instance.aggregate.known().is_some() {
        return Ok(None);
    }
    let price = app
        .start_prices
        .start_price(&plan.executor_type, &plan.config);
    price.await.map(Some)
}
