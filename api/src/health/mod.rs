//! Whether this node lives, has started and may be sent requests. Open to anybody.

mod live;
mod ping;
mod ready;
mod report;
mod startup;
mod version;

use axum::Router;
use axum::routing::get;

use crate::state::AppState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/health/live", get(live::live))
        .route("/health/ready", get(ready::ready))
        .route("/health/startup", get(startup::startup))
        .route("/health/ping", get(ping::ping))
        .route("/health/version", get(version::version))
}
