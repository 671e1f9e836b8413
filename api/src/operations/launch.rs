//! Starts an instance, from a definition or the way the type-based endpoints did.

use domain::event::aggregate_type;
use domain::ids::ExecutorType;
use domain::instance::{
    InstanceCommand, InstanceError, InstanceEvent, LaunchPlan, LaunchRequest, StartInstance,
    plan_direct_launch, plan_launch,
};
use domain::money::Decimal;
use event_store::{CommandError, CommandOptions, Receipt, StreamName};
use projections::definitions::DefinitionRow;

use super::OperationError;
use crate::state::App;

/// Decisions taken anew when the definition or the instance changes meanwhile.
const ATTEMPTS: usize = 8;

/// A plan, and the state of the definition it holds for.
pub(crate) struct Planned {
    pub(crate) plan: LaunchPlan,
    definition: (StreamName, u64),
}

/// What a start would run now. The definition is read from the log: the tables may be behind.
pub(crate) async fn plan(
    app: &App,
    row: &DefinitionRow,
    request: &LaunchRequest,
) -> Result<Planned, OperationError> {
    if !app.switches.current().dynamic_flow {
        return Err(OperationError::DynamicFlowOff);
    }
    let loaded = app.definitions.load(row.key.as_str()).await?;
    let live = loaded
        .aggregate
        .require(row.id)
        .map_err(OperationError::Definition)?;
    let plan = plan_launch(live, request.clone(), app.catalogue.as_ref())?;
    let stream = StreamName::new(aggregate_type::DEFINITION, row.key.as_str());
    Ok(Planned {
        plan,
        definition: (stream, loaded.version),
    })
}

/// Starts, or starts anew. Recorded only while the definition is as it was when the plan was made:
/// one that was disabled or removed meanwhile cannot be started.
pub(crate) async fn start(
    app: &App,
    row: &DefinitionRow,
    request: &LaunchRequest,
    options: CommandOptions,
) -> Result<LaunchPlan, OperationError> {
    let mut price = None;
    let mut attempt = 1;
    loop {
        let Planned { plan, definition } = plan(app, row, request).await?;
        let mut options = options.clone();
        options.unchanged = vec![definition];
        match begin(app, &plan, &mut price, options).await {
            Err(error) if error.is_conflict() && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(error),
            Ok(receipt) => {
                app.tables_show(receipt.position).await;
                return Ok(plan);
            }
        }
    }
}

/// Starts, or starts anew, without a definition.
pub(crate) async fn start_directly(
    app: &App,
    executor_type: &ExecutorType,
    request: LaunchRequest,
    options: CommandOptions,
) -> Result<(), OperationError> {
    let plan = plan_direct_launch(executor_type, request, app.catalogue.as_ref())?;
    let receipt = begin(app, &plan, &mut None, options).await?;
    app.tables_show(receipt.position).await;
    Ok(())
}

/// Asks the market for a price only when the domain says that it needs one.
async fn begin(
    app: &App,
    plan: &LaunchPlan,
    price: &mut Option<Decimal>,
    options: CommandOptions,
) -> Result<Receipt<InstanceEvent>, OperationError> {
    let command = |start_price| {
        InstanceCommand::Start(Box::new(StartInstance {
            plan: plan.clone(),
            start_price,
            started_at: app.clock.now(),
        }))
    };
    let key = plan.strategy_key.as_str();
    let first = app
        .instances
        .execute(key, command(price.clone()), options.clone())
        .await;
    if !matches!(
        first,
        Err(CommandError::Refused(InstanceError::StartPriceMissing))
    ) {
        return Ok(first?);
    }
    let read = app
        .start_prices
        .start_price(&plan.executor_type, &plan.config)
        .await?;
    *price = Some(read);
    Ok(app
        .instances
        .execute(key, command(price.clone()), options)
        .await?)
}
