//! Checks and what they found; one that failed makes the answer 503.

use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ErrorChain;
use event_store::{EventLog, FeedFilter, HealthLine, Position, Snapshot, StoreError, StreamName};
use projections::projector::{self, ProjectionStatus};
use serde_json::{Value, json};

use crate::state::App;

/// So long a failed append is taken for one that would fail again.
const FAILURE_COUNTS: Duration = Duration::from_secs(30);

/// How far a projection may be behind.
#[derive(Debug, Clone, Copy)]
pub(super) struct LagBudget {
    pub(super) events: u64,
    /// Of the oldest event it has not looked at.
    pub(super) age: Duration,
}

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

    /// That what is recorded is stored. A failure counts for a while; after it, something that may
    /// be lost is written as a test, or a node without callers would never be ready again.
    pub(super) async fn add_appends(&mut self, log: &dyn EventLog) {
        let Some(trouble) = log.append_trouble() else {
            return self.add("appends", true, "none failed lately".to_owned());
        };
        if trouble.ago < FAILURE_COUNTS {
            return self.add("appends", false, trouble.error);
        }
        match log.save_snapshot(&test_name(), test_state()).await {
            Ok(()) => self.add("appends", true, "the store takes writes again".to_owned()),
            Err(error) => self.add("appends", false, failure(&error)),
        }
    }

    /// That every projection follows the log, within the budget if there is one.
    pub(super) async fn add_projections(&mut self, app: &App, budget: Option<LagBudget>) {
        let all = match projector::status(&app.tables, app.log.as_ref()).await {
            Ok(all) => all,
            Err(error) => return self.add("tables", false, failure(&error)),
        };
        for status in &all {
            let (healthy, finding) = judge(app, status, budget).await;
            self.add(&format!("projection {}", status.name), healthy, finding);
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

async fn judge(app: &App, status: &ProjectionStatus, budget: Option<LagBudget>) -> (bool, String) {
    if let Some(parked) = &status.parked {
        return (false, format!("parked at position {}", parked.position));
    }
    let behind = format!(
        "at position {}, {} events behind",
        status.position, status.lag
    );
    let Some(budget) = budget.filter(|_| status.lag > 0) else {
        return (true, behind);
    };
    match waiting_for(app, status.position).await {
        Ok(age) if age > budget.age => (false, format!("{behind}, for {} seconds", age.as_secs())),
        Ok(_) => (status.lag <= budget.events, behind),
        Err(error) => (false, failure(&error)),
    }
}

/// How long ago the first event behind `position` was recorded.
async fn waiting_for(app: &App, position: Position) -> Result<Duration, StoreError> {
    let next = app.log.feed(position, 1, &FeedFilter::default()).await?;
    let next = next.events.first();
    let age = next.and_then(|next| (app.clock.now() - next.recorded_at).to_std().ok());
    Ok(age.unwrap_or_default())
}

fn test_name() -> StreamName {
    StreamName::new("health", "write-test")
}

fn test_state() -> Snapshot {
    Snapshot {
        shape: "write-test".to_owned(),
        version: 0,
        state: "{}".to_owned(),
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
