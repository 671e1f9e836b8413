//! Checks and what they found; one that failed makes the answer 503.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ErrorChain;
use event_store::{HealthLine, Position, StoreError};
use projections::projector::{self, ProjectionStatus};
use serde_json::{Value, json};

use crate::state::App;

#[derive(Debug, Default)]
pub(super) struct Report {
    checks: Vec<HealthLine>,
}

impl Report {
    /// That the log can be read. Whether all of it is in order takes too long to ask every few
    /// seconds; `strategos doctor` does.
    pub(super) fn add_log(&mut self, head: Result<Position, StoreError>) {
        match head {
            Ok(head) => self.add("event log", true, format!("readable, at position {head}")),
            Err(error) => self.add("event log", false, failure(&error)),
        }
    }

    /// That every projection follows the log, at most `lag_budget` events behind.
    pub(super) async fn add_projections(&mut self, app: &App, lag_budget: u64) {
        match projector::status(&app.tables, app.log.as_ref()).await {
            Err(error) => self.add("tables", false, failure(&error)),
            Ok(all) => {
                for status in &all {
                    let (healthy, finding) = judge(status, lag_budget);
                    self.add(&format!("projection {}", status.name), healthy, finding);
                }
            }
        }
    }

    fn add(&mut self, check: &str, healthy: bool, finding: String) {
        self.checks.push(HealthLine {
            check: check.to_owned(),
            healthy,
            finding,
        });
    }
}

/// The cause stays in the log: this answer is public.
fn failure(error: &(dyn std::error::Error + 'static)) -> String {
    tracing::warn!(error = %ErrorChain(error), "a health check failed");
    error.to_string()
}

fn judge(status: &ProjectionStatus, lag_budget: u64) -> (bool, String) {
    match &status.parked {
        Some(parked) => (false, format!("parked at position {}", parked.position)),
        None => (
            status.lag <= lag_budget,
            format!(
                "at position {}, {} events behind",
                status.position, status.lag
            ),
        ),
    }
}

impl IntoResponse for Report {
    fn into_response(self) -> Response {
        let healthy = self.checks.iter().all(|line| line.healthy);
        let (code, status) = if healthy {
            (StatusCode::OK, "ready")
        } else {
            (StatusCode::SERVICE_UNAVAILABLE, "not ready")
        };
        let checks: Vec<Value> = self
            .checks
            .iter()
            .map(|line| {
                json!({ "check": line.check, "healthy": line.healthy, "finding": line.finding })
            })
            .collect();
        (code, Json(json!({ "status": status, "checks": checks }))).into_response()
    }
}
