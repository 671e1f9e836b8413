//! This program.

use async_graphql::{Context, Object, SimpleObject};

use crate::graphql::context::app;
use crate::graphql::scalars::Time;
use crate::graphql::trading::{Trading, Venue};

#[derive(Debug, Default)]
pub(crate) struct AboutQuery;

#[derive(Debug, SimpleObject)]
struct About {
    name: &'static str,
    version: &'static str,
    /// The git commit it was built from; null where that is unknown, as it is outside a repository.
    commit: Option<&'static str>,
    /// The server's clock.
    now: Time,
    /// Whether real money can be traded by this installation.
    trading: Trading,
    /// How each exchange is traded on.
    venues: Vec<Venue>,
}

#[Object]
impl AboutQuery {
    /// This program.
    async fn about(&self, ctx: &Context<'_>) -> About {
        let app = app(ctx);
        About {
            name: "strategos",
            version: env!("CARGO_PKG_VERSION"),
            commit: app.settings.commit,
            now: app.clock.now().into(),
            trading: app.catalogue.trading().into(),
            venues: Venue::all(app.catalogue.as_ref()),
        }
    }
}
