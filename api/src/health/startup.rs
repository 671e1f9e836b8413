//! `GET /health/startup`: log and tables can be read. However far the tables are behind: catching
//! up after an upgrade may take long and is no reason to restart.

use axum::extract::State;
use axum::response::IntoResponse;
use axum::response::Response;

use super::report::Report;
use crate::state::AppState;

pub(crate) async fn startup(State(app): State<AppState>) -> Response {
    let mut report = Report::default();
    report.add_projections(&app, None).await;
    report.into_response()
}
