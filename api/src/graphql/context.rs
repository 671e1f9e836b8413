//! What every resolver may reach.

use std::sync::Arc;

use async_graphql::{Context, Error, ErrorExtensions};
use uuid::Uuid;

use super::loaders::Loaders;
use crate::auth::Identity;
use crate::state::App;

/// Who asks, and under which request.
#[derive(Debug, Clone)]
pub(crate) struct Asker {
    pub(crate) identity: Identity,
    /// The correlation id of everything the request causes.
    pub(crate) correlation: Uuid,
}

pub(crate) fn app<'a>(ctx: &Context<'a>) -> &'a App {
    ctx.data_unchecked::<crate::state::AppState>()
}

pub(crate) fn loaders<'a>(ctx: &Context<'a>) -> &'a Loaders {
    ctx.data_unchecked::<Arc<Loaders>>()
}

pub(crate) fn asker<'a>(ctx: &Context<'a>) -> Result<&'a Asker, Error> {
    ctx.data::<Asker>().map_err(|_| {
        Error::new("Log in first").extend_with(|_, error| error.set("code", "UNAUTHENTICATED"))
    })
}
