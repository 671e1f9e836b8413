//! `GET /health/ready`: the log can be read and appended to, and the tables keep up with it.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;

use super::report::{LagBudget, Report};
use crate::state::AppState;

pub(crate) async fn ready(State(app): State<AppState>) -> Response {
    let mut report = Report::default();
    report.add_log(app.log.head().await);
    report.add_appends(app.log.as_ref()).await;
    let budget = LagBudget {
        events: app.settings.lag_budget,
        age: app.settings.lag_patience,
    };
    report.add_projections(&app, Some(budget)).await;
    report.into_response()
}
