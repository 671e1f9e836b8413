//! Tries a configuration.

use async_graphql::{Context, InputObject, Object, Result};
use chrono::TimeDelta;
use domain::definition::LiveDefinition;
use domain::ids::{ClientId, DefinitionKey, UserId};
use domain::instance::{LaunchPlan, LaunchRequest, plan_launch, preview_launch};

use super::backtest::{Backtest, BacktestPayload};
use super::period::{Period, wrong_period};
use crate::backtests::{BacktestData, BacktestQuestion, Backtests};
use crate::graphql::command::Trouble;
use crate::graphql::context::asker;
use crate::graphql::definitions::{content_of, not_found, version_in_log};
use crate::graphql::failure::internal;
use crate::graphql::scalars::Json;
use crate::graphql::user_error::{UserError, UserErrorCode, of_instance};
use crate::state::{App, AppState};

/// Whose instance it is. The command says the same, or their orders would have other ids.
const TRIED_BY: &str = "backtest";

#[derive(Debug, Default)]
pub(crate) struct StartBacktest;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct StartBacktestInput {
    definition_key: String,
    /// A published version; without one, the draft, as a start would run it. A disabled definition may
    /// be tried, too.
    version: Option<String>,
    /// Overrides of the defaults.
    #[graphql(default_with = "Json::nothing()")]
    config: Json,
    #[graphql(default)]
    data: BacktestData,
    /// Decides what generated prices look like, and the way of prices inside a candle.
    #[graphql(default = 1)]
    seed: u64,
    /// Where in the data it begins.
    #[graphql(default = 0)]
    from_seconds: i64,
    /// How much of the data it lives through.
    #[graphql(default = 21_600)]
    length_seconds: i64,
    /// How often the runtime looks; a server looks every second.
    #[graphql(default = 1)]
    step_seconds: i64,
}

#[Object]
impl StartBacktest {
    /// Tries a configuration on market data, checked as a start would check it. Answers at once;
    /// `backtest` shows how far it is and what it found. No instance is started, the running ones are
    /// not touched, and nothing is recorded in the log. One runs at a time, and a few may wait.
    async fn start_backtest(
        &self,
        ctx: &Context<'_>,
        input: StartBacktestInput,
    ) -> Result<BacktestPayload> {
        match start(ctx, input).await {
            Ok(backtest) => Ok(BacktestPayload {
                backtest: Some(backtest),
                user_errors: vec![],
            }),
            Err(Trouble::Told(user_errors)) => Ok(BacktestPayload {
                backtest: None,
                user_errors,
            }),
            Err(Trouble::Failed(error)) => Err(error),
        }
    }
}

async fn start(ctx: &Context<'_>, input: StartBacktestInput) -> Result<Backtest, Trouble> {
    let app = ctx.data_unchecked::<AppState>();
    asker(ctx)?;
    let definition = tried(app, &input).await?;
    let period = Period {
        from: input.from_seconds,
        length: input.length_seconds,
        step: input.step_seconds,
    };
    let recording = app.backtester.recording();
    let mut wrong = wrong_period(&period, input.data, &recording);
    let plan = plan(app, &definition, &input.config);
    let plan = plan.map_err(|errors| wrong.extend(errors));
    let (Ok(plan), true) = (plan, wrong.is_empty()) else {
        return Err(Trouble::Told(wrong));
    };
    let question = BacktestQuestion {
        plan,
        data: input.data,
        seed: input.seed,
        from: TimeDelta::seconds(input.from_seconds),
        length: TimeDelta::seconds(input.length_seconds),
        step: TimeDelta::seconds(input.step_seconds),
    };
    let asked = Backtests::ask(app, definition, question);
    let full = |full: crate::backtests::Full| UserError::new(UserErrorCode::Busy, full.to_string());
    Ok(Backtest(asked.map_err(full)?))
}

/// The definition on the version that is asked for.
async fn tried(app: &App, input: &StartBacktestInput) -> Result<LiveDefinition, Trouble> {
    let key = &input.definition_key;
    let loaded = app.definitions.load(key).await.map_err(internal)?;
    let Some(live) = loaded.aggregate.live() else {
        return Err(not_found(key, "/definitionKey").into());
    };
    let mut definition = match &input.version {
        None => live.clone(),
        Some(version) => {
            let row = version_in_log(app, &DefinitionKey::new(key), version).await?;
            let Some(row) = row else {
                let message = format!("Version {version} of {key} does not exist");
                let error = UserError::new(UserErrorCode::NotFound, message);
                return Err(error.at("/version").into());
            };
            live.on_version(row.version.clone(), content_of(&row))
        }
    };
    definition.enabled = true;
    Ok(definition)
}

/// What a start would run, or everything that speaks against it.
fn plan(
    app: &App,
    definition: &LiveDefinition,
    config: &Json,
) -> Result<LaunchPlan, Vec<UserError>> {
    let request = LaunchRequest {
        user_id: Some(UserId::new(TRIED_BY)),
        client_id: Some(ClientId::new(TRIED_BY)),
        market_making_order_id: None,
        overrides: config.0.clone(),
    };
    let catalogue = app.catalogue.as_ref();
    plan_launch(definition, request.clone(), catalogue).map_err(|first| {
        let mut refusals = preview_launch(definition, request, catalogue).refusals;
        if refusals.is_empty() {
            refusals.push(first);
        }
        let mut errors: Vec<UserError> = vec![];
        for error in refusals.into_iter().flat_map(of_instance) {
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
        errors
    })
}
