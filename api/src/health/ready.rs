//! `GET /health/ready`: the log can be reached and the tables keep up with it.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;

use super::report::Report;
use crate::state::AppState;

pub(crate) async fn ready(State(app): State<AppState>) -> Response {
    let mut report = Report::default();
    report.add_log(app.log.head().await);
    report.add_projections(&app, app.settings.lag_budget).await;
    report.into_response()
}
