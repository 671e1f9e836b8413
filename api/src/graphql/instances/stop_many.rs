//! Stops many instances at once.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use domain::ids::StrategyKey;
use event_store::{CommandOptions, Position};

use super::Instance;
use super::payload::all_shown;
use super::stop::{StopMode, stop};
use crate::graphql::command::{Terms, Trouble};
use crate::graphql::context::app;
use crate::graphql::scalars::Place;
use crate::graphql::user_error::{UserError, UserErrorCode};

const MOST: usize = 200;

#[derive(Debug, Default)]
pub(crate) struct StopInstances;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct StopInstancesInput {
    /// At most 200.
    keys: Vec<String>,
    #[graphql(default)]
    mode: StopMode,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[derive(Debug, SimpleObject)]
struct StopInstancesPayload {
    /// In the order asked for.
    results: Vec<StopResult>,
    position: Option<Place>,
    /// About the request as a whole; then nothing was stopped.
    user_errors: Vec<UserError>,
}

#[derive(Debug, SimpleObject)]
struct StopResult {
    key: String,
    /// False when it did not run.
    stopped: bool,
    instance: Option<Instance>,
    user_errors: Vec<UserError>,
}

#[Object]
impl StopInstances {
    /// Stops each on its own: one that cannot be stopped does not keep the others from it.
    #[graphql(complexity = "20 + child_complexity")]
    async fn stop_instances(
        &self,
        ctx: &Context<'_>,
        input: StopInstancesInput,
    ) -> Result<StopInstancesPayload> {
        let refused = |errors| StopInstancesPayload {
            results: vec![],
            position: None,
            user_errors: errors,
        };
        if input.keys.len() > MOST {
            let message = format!("No more than {MOST} at once");
            let error = UserError::new(UserErrorCode::InvalidInput, message);
            return Ok(refused(vec![error.at("/keys")]));
        }
        let terms = Terms {
            expected_revision: None,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let options = match terms.options(ctx, "stopInstances", &input) {
            Ok(options) => options,
            Err(Trouble::Told(errors)) => return Ok(refused(errors)),
            Err(Trouble::Failed(error)) => return Err(error),
        };
        let outcomes = stop_each(ctx, &input.keys, input.mode, &options).await?;
        let stopped = outcomes.iter().filter_map(|outcome| outcome.position);
        let position = stopped.max();
        let keys: Vec<StrategyKey> = input.keys.iter().map(StrategyKey::new).collect();
        let instances = all_shown(app(ctx), &keys, position).await?;
        let results = keys.iter().zip(outcomes).map(|(key, outcome)| StopResult {
            key: key.to_string(),
            stopped: outcome.stopped,
            instance: instances.get(key).cloned(),
            user_errors: outcome.errors,
        });
        Ok(StopInstancesPayload {
            results: results.collect(),
            position: position.map(Place),
            user_errors: vec![],
        })
    }
}

struct Outcome {
    position: Option<Position>,
    stopped: bool,
    errors: Vec<UserError>,
}

async fn stop_each(
    ctx: &Context<'_>,
    keys: &[String],
    mode: StopMode,
    options: &CommandOptions,
) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(keys.len());
    for key in keys {
        let mut options = options.clone();
        if let Some(idempotency) = &mut options.idempotency {
            // One key for the request, one for each thing it does
            idempotency.key = format!("{}:{key}", idempotency.key);
        }
        let outcome = match stop(app(ctx), &StrategyKey::new(key), mode, options).await {
            Ok((position, stopped)) => Outcome {
                position: Some(position),
                stopped,
                errors: vec![],
            },
            Err(Trouble::Told(errors)) => Outcome {
                position: None,
                stopped: false,
                errors,
            },
            Err(Trouble::Failed(error)) => return Err(error),
        };
        outcomes.push(outcome);
    }
    Ok(outcomes)
}
