//! Adds a guard, or gives it another rule.

use async_graphql::{Context, InputObject, Object, Result};
use domain::guard::{GuardCommand, GuardRule, GuardScope, SetGuard as Command};
use domain::ids::{DefinitionKey, GuardName, StrategyKey};

use super::change::{GuardsPayload, change};
use super::guard::{GuardAction, GuardScopeKind};
use crate::graphql::command::{Terms, Trouble};
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::scalars::Exact;
use crate::graphql::user_error::{UserError, UserErrorCode};
use crate::state::App;

#[derive(Debug, Default)]
pub(crate) struct SetGuard;

#[derive(Debug, Clone, InputObject)]
pub(crate) struct SetGuardInput {
    /// Lower-case letters, digits and dashes: `desk-daily`.
    name: String,
    scope: GuardScopeKind,
    /// An exchange, a definition's key or an instance's key; none for the whole system.
    target: Option<String>,
    /// A quote currency, such as USDT.
    currency: String,
    /// At least one of the two.
    loss: Option<Exact>,
    drawdown: Option<Exact>,
    action: GuardAction,
    /// As `Guards.revision` was when it was decided.
    expected_revision: Option<i32>,
    idempotency_key: Option<String>,
    /// Required.
    reason: Option<String>,
}

#[Object]
impl SetGuard {
    /// Adds a guard, or gives it another rule. It is armed at once: what is earned or lost from here
    /// on counts. Where a new rule watches the same profit, what was lost so far goes on counting.
    async fn set_guard(&self, ctx: &Context<'_>, input: SetGuardInput) -> Result<GuardsPayload> {
        let terms = Terms {
            expected_revision: input.expected_revision,
            idempotency_key: input.idempotency_key.clone(),
            reason: input.reason.clone(),
        };
        let mut options = terms.options(ctx, "setGuard", &input);
        let target = input.target.unwrap_or_default().trim().to_owned();
        if let Err(trouble) = require_known(app(ctx), input.scope, &target).await {
            options = options.and(Err(trouble));
        }
        let scope = match input.scope {
            GuardScopeKind::System => GuardScope::System,
            GuardScopeKind::Account => GuardScope::Account(target),
            GuardScopeKind::Definition => GuardScope::Definition(DefinitionKey::new(target)),
            GuardScopeKind::Instance => GuardScope::Instance(StrategyKey::new(target)),
        };
        let command = GuardCommand::Set(Command {
            name: GuardName::new(input.name),
            rule: GuardRule {
                scope,
                currency: input.currency.trim().to_owned(),
                loss: input.loss.map(|loss| loss.0),
                drawdown: input.drawdown.map(|drawdown| drawdown.0),
                action: input.action.into(),
            },
            set_at: app(ctx).clock.now(),
        });
        change(ctx, options, command).await
    }
}

/// A guard on what nobody has heard of would never trip. An exchange may be unknown here: it is the
/// executors' to name.
async fn require_known(app: &App, scope: GuardScopeKind, target: &str) -> Result<(), Trouble> {
    let (what, known) = match scope {
        GuardScopeKind::System if target.is_empty() => return Ok(()),
        GuardScopeKind::System => {
            let message = "The whole system has no target: leave it out";
            let error = UserError::new(UserErrorCode::InvalidInput, message);
            return Err(error.at("/target").into());
        }
        GuardScopeKind::Account => return Ok(()),
        GuardScopeKind::Definition => {
            let loaded = app.definitions.load(target).await.map_err(internal)?;
            ("definition", loaded.version > 0)
        }
        GuardScopeKind::Instance => {
            let loaded = app.instances.load(target).await.map_err(internal)?;
            ("instance", loaded.version > 0)
        }
    };
    if known || target.is_empty() {
        return Ok(());
    }
    let message = format!("There is no {what} {target}");
    let error = UserError::new(UserErrorCode::NotFound, message);
    Err(error.at("/target").into())
}
