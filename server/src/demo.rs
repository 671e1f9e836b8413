//! `--demo`: one market-making instance on recorded data, so that there is something to watch.

use anyhow::{Context, bail};
use api::App;
use domain::Trading;
use domain::event::aggregate_type;
use domain::ids::{ClientId, StrategyKey, UserId};
use domain::instance::{
    InstanceCommand, InstanceStatus, LaunchPlan, LaunchRequest, StartInstance, plan_launch,
};
use event_store::{Actor, CommandOptions, Metadata, Role, Source, StreamName};
use serde_json::json;
use uuid::Uuid;

const DEFINITION: &str = "pure-market-making";
const DEMO: &str = "demo";

/// Nobody means a demo to cost money.
fn require_paper(app: &App, plan: &LaunchPlan) -> anyhow::Result<()> {
    let trading = app
        .catalogue
        .trading_with(&plan.executor_type, &plan.config);
    if trading != Trading::Paper {
        bail!(
            "--demo would trade on an exchange that is {} here: start without --demo",
            trading.as_str()
        );
    }
    Ok(())
}

/// Starts the demo instance unless it is running already.
pub(crate) async fn start_demo(app: &App) -> anyhow::Result<StrategyKey> {
    let definition = app.definitions.load(DEFINITION).await?;
    let Some(live) = definition.aggregate.live() else {
        bail!("--demo needs the definition {DEFINITION}, which was removed");
    };
    let request = LaunchRequest {
        user_id: Some(UserId::new(DEMO)),
        client_id: Some(ClientId::new(DEMO)),
        market_making_order_id: None,
        overrides: json!({
            "pair": "WLD/USDT",
            "exchangeName": "binance",
            "bidSpread": 0.001,
            "askSpread": 0.001,
            "orderAmount": 10,
            "orderRefreshTime": 2000,
            "numberOfLayers": 2,
            "priceSourceType": "mid_price",
        }),
    };
    let plan = plan_launch(live, request, app.catalogue.as_ref())
        .context("the demo instance cannot be started")?;
    require_paper(app, &plan)?;
    let key = plan.strategy_key.clone();
    let instance = app.instances.load(key.as_str()).await?;
    let known = instance.aggregate.known();
    if known.is_some_and(|known| known.status == InstanceStatus::Running) {
        return Ok(key);
    }
    let start_price = if known.is_some() {
        None
    } else {
        let prices = app
            .start_prices
            .start_price(&plan.executor_type, &plan.config);
        Some(
            prices
                .await
                .context("the demo instance has no start price")?,
        )
    };
    let start = InstanceCommand::Start(Box::new(StartInstance {
        plan,
        start_price,
        started_at: app.clock.now(),
    }));
    let actor = Actor::new(DEMO, Role::System);
    let metadata = Metadata::new(actor, Source::CommandLine, Uuid::new_v4());
    let options = CommandOptions {
        unchanged: vec![(
            StreamName::new(aggregate_type::DEFINITION, DEFINITION),
            definition.version,
        )],
        ..CommandOptions::from(metadata.because("started with --demo"))
    };
    app.instances.execute(key.as_str(), start, options).await?;
    Ok(key)
}
