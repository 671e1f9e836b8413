//! What is switched how.

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::installation::Installation;
use event_store::Loaded;

use crate::graphql::connection::count;
use crate::graphql::context::app;
use crate::graphql::failure::internal;
use crate::graphql::scalars::{Place, Time};
use crate::graphql::user_error::UserError;
use crate::state::{App, LegacyAuth};

#[derive(Debug, Default)]
pub(crate) struct SettingsQuery;

#[derive(Debug, SimpleObject)]
pub(super) struct Settings {
    mode: MigrationMode,
    /// Off: starts from definitions are refused.
    dynamic_flow: bool,
    /// Set while nothing trades: the emergency stop.
    halt: Option<Halt>,
    /// For `expectedRevision`.
    revision: i64,
    position: Place,
    /// Set in the server's configuration: `/strategy/*` needs a token.
    legacy_token_required: bool,
    /// Set in the server's configuration, as legacy callers are told it.
    legacy_sunset: Option<String>,
}

/// Every run has taken its orders off, or is about to, and places none.
#[derive(Debug, SimpleObject)]
pub(super) struct Halt {
    reason: String,
    since: Time,
}

/// What a change of the installation answers.
#[derive(Debug, SimpleObject)]
pub(super) struct SettingsPayload {
    pub(super) settings: Settings,
    pub(super) position: Option<Place>,
    pub(super) user_errors: Vec<UserError>,
}

/// Which paths are primary. Every step can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::installation::MigrationMode")]
pub(super) enum MigrationMode {
    /// Legacy and definition-based paths are equals.
    Dual,
    /// Legacy answers carry deprecation headers.
    DefinitionsFirst,
    /// Type-based legacy paths answer 410.
    DefinitionsOnly,
}

#[Object]
impl SettingsQuery {
    async fn settings(&self, ctx: &Context<'_>) -> Result<Settings> {
        let app = app(ctx);
        let loaded = app.switches.load().await.map_err(internal)?;
        Ok(shown(app, loaded))
    }
}

pub(super) fn shown(app: &App, loaded: Loaded<Installation>) -> Settings {
    Settings {
        mode: loaded.aggregate.mode.into(),
        dynamic_flow: loaded.aggregate.dynamic_flow,
        halt: loaded.aggregate.halt.map(|halt| Halt {
            reason: halt.reason,
            since: halt.since.into(),
        }),
        revision: count(loaded.version),
        position: loaded.position.into(),
        legacy_token_required: app.settings.legacy_auth == LegacyAuth::Required,
        legacy_sunset: app.settings.legacy_sunset.clone(),
    }
}
